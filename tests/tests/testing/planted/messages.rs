//! Faults of an engine with messages, played by its store.

use flowstone::turn::Write;

use super::engine::{changed, run_says};
use super::stores::Tamper;

#[test]
fn a_message_that_is_lost() {
    let lost: Tamper = |write, _| (!matches!(write, Write::Message { .. })).then_some(write);
    run_says(
        lost,
        "the instance of key 0 has a stray message, or lost one",
    );
}

#[test]
fn a_message_that_stays_when_it_was_received() {
    let kept: Tamper = |write, _| (!matches!(write, Write::DropMessage { .. })).then_some(write);
    run_says(
        kept,
        "the instance of key 0 has a stray message, or lost one",
    );
}

#[test]
fn a_message_that_is_consumed_twice() {
    let twice: Tamper = |write, former| {
        Some(match write {
            Write::Hot { key, hot } => {
                let hot = changed(&hot, |hot| {
                    let before = former.last().map(|hot| hot.inbox.clone());
                    if let (Some(queue), Some(before)) = (
                        hot.inbox.first_mut(),
                        before.as_ref().and_then(|inbox| inbox.first()),
                    ) {
                        queue.head = before.head;
                    }
                });
                Write::Hot { key, hot }
            }
            Write::DropMessage { .. } => return None,
            write => write,
        })
    };
    run_says(twice, "left: (6, [5, 6, 6])");
}

#[test]
fn messages_in_the_wrong_order() {
    let swapped: Tamper = |write, _| {
        Some(match write {
            Write::Message {
                key,
                channel,
                seq,
                payload,
            } => Write::Message {
                key,
                channel,
                seq: seq ^ 1,
                payload,
            },
            write => write,
        })
    };
    run_says(swapped, "left: (6, [5, 7, 6])");
}
