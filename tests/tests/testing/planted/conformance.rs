//! Faults of stores: what the suite that every store passes says of them.

use flowstone::store::conformance;
use flowstone::testing::LossyDisk;
use flowstone::turn::Write;

use super::stores::{Tamper, Tampered};
use crate::support::told;

/// Runs the suite over files of such stores.
fn suite(tamper: Tamper) {
    conformance::all(|| {
        let disk = LossyDisk::new(1);
        move || Tampered::new(disk.store().expect("it opens"), tamper)
    });
}

#[track_caller]
fn suite_says(tamper: Tamper, words: &str) {
    let text = told(|| suite(tamper));
    assert!(text.contains(words), "{text}");
}

#[test]
fn the_same_store_without_a_fault_passes() {
    suite(|write, _| Some(write));
}

#[test]
fn a_store_that_drops_pieces_of_frames() {
    suite_says(
        |write, _| (!matches!(write, Write::Chunk { .. })).then_some(write),
        "a stored hot row is damaged",
    );
}

#[test]
fn a_store_that_mixes_channels() {
    suite_says(
        |write, _| {
            Some(match write {
                Write::Message {
                    key, seq, payload, ..
                } => {
                    let channel = "one for all".into();
                    Write::Message {
                        key,
                        channel,
                        seq,
                        payload,
                    }
                }
                write => write,
            })
        },
        "right: Some(Payload(b\"a1\"))",
    );
}

#[test]
fn a_store_that_keeps_what_is_removed() {
    suite_says(
        |write, _| (!matches!(write, Write::Remove { .. })).then_some(write),
        "right: None",
    );
}

#[test]
fn a_store_that_never_sweeps() {
    suite_says(
        |write, _| (!matches!(write, Write::Sweep { .. })).then_some(write),
        "ten sweeps take all of five rows",
    );
}

#[test]
fn a_store_that_trims_no_journal() {
    suite_says(
        |write, _| (!matches!(write, Write::TrimJournal { .. })).then_some(write),
        "right: [1, 3, 5, 7, 9, 11, 13, 14,",
    );
}

#[test]
fn a_store_of_which_the_first_of_a_batch_counts() {
    suite_says(
        |write, former| match write {
            Write::Hot { hot, .. } if former.last().is_some_and(|last| last.turn == hot.turn) => {
                None
            }
            write => Some(write),
        },
        "left: Some(Hot {",
    );
}
