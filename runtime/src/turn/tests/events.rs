//! Events one by one: messages that were stored, a message that is skipped, a stop, a delay
//! that is over; and a turn's writes by size.

use super::told::{Ask, act, begun, bring, parked, receive, rows, rules_told, taken, told};
use super::*;
use crate::record::{Ending, Happening, How, ParkReason};

fn send(channel: &str, payload: Payload) -> Event {
    let channel = channel.into();
    let message_id = None;
    Event::Message {
        channel,
        payload,
        message_id,
    }
}

fn next(channel: &str, seq: u64, payload: Payload) -> Event {
    let channel = channel.into();
    Event::NextMessage {
        channel,
        seq,
        payload,
    }
}

fn asked_for(turned: &Turned) -> Option<(&str, u64)> {
    match &turned.wakes[..] {
        [Wake::Message { channel, seq }] => Some((channel, *seq)),
        _ => None,
    }
}

fn dropped(turned: &Turned) -> Vec<(&str, u64)> {
    let dropped = turned.writes.iter().filter_map(|write| match write {
        Write::DropMessage { channel, seq, .. } => Some((&**channel, *seq)),
        _ => None,
    });
    dropped.collect()
}

#[test]
fn stored_messages_come_in_order_and_go_with_the_step() {
    let rules = rules_told();
    let mut state = begun(&rules, &[act()]).state;
    for channel in ["other", "mail", "mail"] {
        state = taken(&state, send(channel, told(&[])), &rules).state;
    }
    let receiving = taken(&state, bring(0, &[receive("mail")]), &rules);
    assert_eq!(asked_for(&receiving), Some(("mail", 0)));
    for strange in [next("mail", 1, told(&[])), next("other", 0, told(&[]))] {
        let turned = turn(&receiving.state, strange, &rules, at(1), JournalSeq(9));
        assert!(turned.is_none());
    }
    let again = next("mail", 0, told(&[receive("mail")]));
    let second = taken(&receiving.state, again, &rules);
    assert_eq!(dropped(&second), [("mail", 0)]);
    assert_eq!(asked_for(&second), Some(("mail", 1)));
    let ended = taken(&second.state, next("mail", 1, told(&[])), &rules);
    assert_eq!(dropped(&ended), [("mail", 1)]);
    assert_eq!(
        (
            ended.state.hot.stored("mail"),
            ended.state.hot.stored("other")
        ),
        (0, 1)
    );
    assert_eq!(ended.state.hot.phase, Phase::Finished(How::Returned));
}

#[test]
fn only_a_message_that_may_be_the_cause_is_skipped() {
    let rules = rules_told();
    let first = begun(&rules, &[receive("mail")]).state;
    let text = Payload::encode(&"no list".to_owned()).unwrap();
    let stopped = taken(&first, send("mail", text), &rules);
    let ParkReason::UnreadableMessage { state, channel, .. } = &parked(&stopped).reason else {
        panic!("{}", parked(&stopped).reason)
    };
    assert_eq!((&**state, &**channel), ("told::told", "mail"));
    let skipped = taken(&stopped.state, Event::SkipMessage, &rules);
    assert_eq!(skipped.state.hot.phase, first.hot.phase);
    assert!(matches!(rows(&skipped)[..], [Happening::Skipped { .. }]));

    let unknown = begun(&rules, &[Ask::Action("gone".into())]).state;
    let turned = turn(&unknown, Event::SkipMessage, &rules, at(1), JournalSeq(9));
    assert!(turned.is_none());
}

#[test]
fn a_stop_counts_the_attempt_and_no_recovery() {
    let rules = rules_told();
    let first = begun(&rules, &[act()]).state;
    let cut_off = Event::CutOff {
        leaf: LeafId(0),
        attempt: 1,
    };
    let turned = taken(&first, cut_off, &rules);
    assert!(matches!(
        turned.wakes[..],
        [Wake::Attempt { attempt: 2, .. }]
    ));
    assert_eq!(turned.state.hot.recoveries, 0);
}

#[test]
fn an_attempt_begins_when_its_delay_is_over() {
    let rules = rules_told();
    let first = begun(&rules, &[act()]).state;
    let failed = Event::ActionFinished {
        leaf: LeafId(0),
        attempt: 1,
        report: Report::Broken(ActionFailure::Interrupted),
    };
    let delayed = taken(&first, failed, &rules);
    let due = delayed.state.hot.dues(InstanceKey(4)).next().unwrap().at;
    let fired = || Event::TimerFired { leaf: LeafId(0) };
    let early = Timestamp::from_micros(due.as_micros() - 1);
    assert!(turn(&delayed.state, fired(), &rules, early, JournalSeq(9)).is_none());
    let second = turn(&delayed.state, fired(), &rules, due, JournalSeq(9)).unwrap();
    assert!(matches!(
        second.wakes[..],
        [Wake::Attempt { attempt: 2, .. }]
    ));
}

#[test]
fn what_is_deleted_has_nothing_that_wakes_it() {
    let rules = rules_told();
    let running = begun(&rules, &[act()]).state;
    assert!(matches!(
        delete(&running)[..],
        [Write::Active { active: false, .. }, Write::Remove { .. }]
    ));
    let sleeping = begun(&rules, &[Ask::Sleep]).state;
    assert!(matches!(
        delete(&sleeping)[..],
        [Write::DropTimer(_), Write::Remove { .. }]
    ));
}

#[test]
fn a_write_is_as_large_as_its_row_and_values() {
    let write = |bytes: &'static [u8]| Write::Message {
        key: InstanceKey(4),
        channel: "mail".into(),
        seq: 0,
        payload: Payload::from_bytes(Bytes::from_static(bytes)),
    };
    assert_eq!(
        (write(b"").size_bytes(), write(b"ten bytes!").size_bytes()),
        (64, 74)
    );
    assert_eq!(Write::Sweep { rows: 9 }.size_bytes(), 64);
}

#[test]
fn a_turn_says_that_it_parks_also_when_a_retry_does_not_help() {
    let rules = rules_told();
    let first = begun(&rules, &[act()]);
    let stopped = taken(&first.state, bring(0, &[Ask::Panic("no".into())]), &rules);
    let sent = taken(&stopped.state, send("mail", told(&[])), &rules);
    let again = turn(&sent.state, Event::Retry, &rules, at(2), JournalSeq(9)).unwrap();
    assert_eq!(parked(&again).at, at(2));
    let turns = [&first, &stopped, &sent, &again];
    assert_eq!(turns.map(|turned| turned.parks), [false, true, false, true]);
    assert!(begun(&rules, &[Ask::Panic("no".into())]).parks);
}

#[test]
fn who_has_ended_or_is_about_to_gets_no_message() {
    let rules = rules_told();
    let first = begun(&rules, &[act()]).state;
    let is_taken = |state: &State| {
        let sent = send("mail", told(&[]));
        turn(state, sent, &rules, at(1), JournalSeq(9)).is_some()
    };
    let mut undoing = first.clone();
    Arc::make_mut(&mut undoing.hot).ending = Some(Box::new(Ending::Cancelled {
        reason: "why".into(),
    }));
    let ended = taken(&first, bring(0, &[]), &rules).state;
    assert_eq!(
        [&first, &undoing, &ended].map(is_taken),
        [true, false, false]
    );
}
