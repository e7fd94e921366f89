//! Flows on which every layer is silent: each does a thing that many programs do
//! in its own body, and calls a helper elsewhere that does more of it.

pub mod collections;
pub mod data;
pub mod dates;
pub mod numbers;
pub mod text;
pub mod twins;

use crate::Entry;

/// The table, from the modules' flows.
macro_rules! benign {
    ($($module:ident: $($name:ident)+;)+) => {
        /// All benign flows.
        pub const FLOWS: &[Entry] = &[$($(
            Entry {
                name: stringify!($name),
                groups: &[],
                run: |engine| Box::pin(async {
                    let result = engine.run(stringify!($name), $module::$name()).await;
                    result.map(|result| format!("{result:?}"))
                }),
            },
        )+)+];
    };
}

benign! {
    data: json_text json_struct json_patch csv_rows base64_token hex_digest percent_query
        postcard_bytes crc_of_parts sha_fingerprint bytes_frame http_status semver_range;
    dates: chrono_due_date chrono_parsed chrono_month_ends jiff_span jiff_weekday jiff_rounding
        time_calendar time_formatted humantime_text std_durations epoch_seconds fixed_offset;
    numbers: decimal_total decimal_rounding checked_sums float_mean seeded_rng seeded_fastrand
        seeded_shuffle big_powers uuid_of_name uuid_parsed ulid_of_parts integer_parsing;
    text: regex_match regex_replace split_words formatted_table heck_cases similar_names
        graphemes_cut found_with_memchr found_with_aho numbers_shown escaped_markup anyhow_context
        error_with_thiserror;
    collections: btree_ledger indexed_order itertools_groups unique_items sorted_stably heap_order
        fx_counts small_vectors queue_of_work either_side shared_counter sliding_windows;
    twins: own_instant own_uuid own_random own_hash_map own_env own_file own_local own_spawn
        joined_paths built_in_constants own_elapsed own_command generator_closure io_errors
        cursor_reading;
}
