//! Clocks and time zones.

use std::cell::Cell;

use chrono::{DateTime, Utc};
use flowstone_corpus_helper as helper;
use helper::model::{Aged, FromNow, Order, Scope};
use helper::traits::{Clock as _, SystemClock, span, usual_clock};

use super::offences;
use crate::hidden::clocks::{self, Session, Ticks};

offences! {
    clock_in_another_file: wall_clock => clocks::invoice_number("R");
    clock_in_another_crate: wall_clock => helper::seconds();
    clock_behind_a_generic: wall_clock => span(&SystemClock);
    clock_behind_a_box: wall_clock => usual_clock().seconds();
    clock_in_a_provided_method: wall_clock => SystemClock.minutes();
    clock_in_a_field: wall_clock => Session { clock: SystemClock }.age();
    clock_in_a_table_of_functions: wall_clock => clocks::handlers().iter().map(|f| f()).sum::<u64>();
    clock_in_a_foreign_macro: wall_clock => helper::stamped!(3);
    clock_in_an_iterator: wall_clock => Ticks.take(2).collect::<Vec<_>>();
    clock_in_a_sort_key: wall_clock => clocks::by_age(vec![1, 2]);
    clock_in_a_from: wall_clock => DateTime::<Utc>::from(FromNow(60));
    clock_in_an_operator: wall_clock => FromNow(60) + 1;
    clock_in_an_equality: wall_clock => FromNow(60) == DateTime::<Utc>::UNIX_EPOCH;
    clock_in_a_serialize: wall_clock => serde_json::to_string(&Aged(0)).unwrap_or_default();
    clock_in_a_deserialize: wall_clock | ids => serde_json::from_str::<Order>("{}").map(|order| order.made).ok();
    clock_in_a_drop: wall_clock => {
        let over = Cell::new(0);
        drop(Scope(&over));
        over.get()
    };
    clock_in_a_lazy_static: wall_clock | global_state => clocks::started();
    clock_since_the_epoch: wall_clock => clocks::since_epoch();
    clock_of_jiff: wall_clock => clocks::jiff_stamp();
    clock_of_time: wall_clock => clocks::time_stamp();
    clock_of_rustix: wall_clock | monotonic_clock => clocks::rustix_seconds();
    stopwatch_by_default: monotonic_clock => helper::traits::Stopwatch::default().to_string();
    limit_on_tries: monotonic_clock => clocks::retried(flowstone::prelude::Duration::from_millis(1), || Some(3));
    counter_of_quanta: monotonic_clock => clocks::counter_of_quanta();
    ticks_of_coarsetime: monotonic_clock => clocks::coarse_ticks();
    hour_in_local_time: timezone_locale | wall_clock => clocks::local_hour();
    moment_in_local_time: timezone_locale => clocks::in_local_time(1_772_186_400);
    moment_in_a_named_zone: timezone_locale => clocks::in_zone(1_772_186_400, "Europe/Berlin");
    zone_of_the_system: timezone_locale => clocks::system_zone();
    zone_by_its_name: timezone_locale => clocks::zone_name();
    language_of_the_user: timezone_locale => clocks::language();
    offset_of_the_system: timezone_locale => clocks::local_offset();
}
