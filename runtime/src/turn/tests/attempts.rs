//! Attempts of an action: which reports are heard, when another one follows, and when none
//! does.

use std::time::Duration;

use super::*;
use crate::record::{Attempts, Happening, LastError, Leaf, ParkReason, Parked};

/// What an action makes of the errors of its own: another attempt may help.
fn failed(attempt: u32, payload: Payload) -> Event {
    let retry = true;
    reported(attempt, Report::Failed { payload, retry })
}

fn reported(attempt: u32, report: Report) -> Event {
    let leaf = LeafId(0);
    Event::ActionFinished {
        leaf,
        attempt,
        report,
    }
}

fn taken(state: &State, event: Event, rules: &Rules, now: Timestamp) -> Turned {
    turn(state, event, rules, now, JournalSeq(9)).expect("it fits the state")
}

fn attempts(hot: &Hot) -> &Attempts {
    match hot.leaf().map(|leaf| &leaf.wait) {
        Some(LeafWait::Action(attempts)) => attempts,
        other => panic!("{other:?}"),
    }
}

/// The numbers of the attempts to run.
fn run(turned: &Turned) -> Vec<u32> {
    let wakes = turned.wakes.iter().map(|wake| match wake {
        Wake::Attempt { attempt, .. } => *attempt,
        other => panic!("{other:?}"),
    });
    wakes.collect()
}

#[test]
fn an_attempt_that_has_not_begun_reports_nothing() {
    let rules = rules();
    let first = started(&rules);
    let delayed = taken(&first.state, failed(1, Payload::default()), &rules, at(5));
    assert!(attempts(&delayed.state.hot).retry_at.is_some());
    let early = turn(&delayed.state, returned(2), &rules, at(6), JournalSeq(9));
    assert!(early.is_none());
    let cut_off = Event::CutOff {
        leaf: LeafId(0),
        attempt: 2,
    };
    let early = turn(&delayed.state, cut_off, &rules, at(6), JournalSeq(9));
    assert!(early.is_none());
}

#[test]
fn the_delay_before_an_attempt_is_none_that_a_crash_cut_off() {
    let rules = rules();
    let first = started(&rules);
    let delayed = taken(&first.state, failed(1, Payload::default()), &rules, at(5));
    let recovered = taken(&delayed.state, Event::Recovered, &rules, at(6));
    assert_eq!(attempts(&recovered.state.hot), attempts(&delayed.state.hot));
    assert_eq!(run(&recovered), [0; 0]);
}

/// At least once: a crash is no value of the action, so the flow gets none for it.
#[test]
fn an_attempt_that_a_crash_cut_off_counts_and_another_follows_in_any_case() {
    let rules = rules();
    let first = started(&rules);
    assert_eq!(run(&first), [1]);
    let second = taken(&first.state, Event::Recovered, &rules, at(1));
    assert_eq!(run(&second), [2]);
    // Two of three have failed: one is left.
    let left = taken(&second.state, failed(2, Payload::default()), &rules, at(2));
    assert_eq!(attempts(&left.state.hot).attempt, 3);

    let third = taken(&second.state, Event::Recovered, &rules, at(2));
    let fourth = taken(&third.state, Event::Recovered, &rules, at(3));
    assert_eq!((run(&third), run(&fourth)), (vec![3], vec![4]));
    let error = Payload::encode(&"no".to_owned()).unwrap();
    let over = taken(&fourth.state, failed(4, error), &rules, at(4));
    assert!(matches!(
        over.state.hot.leaf().map(|leaf| &leaf.wait),
        Some(LeafWait::Timer { .. })
    ));
}

static BOUNDED: ActionDef = act(Policy::new(
    Retry::attempts(9)
        .first_delay(Duration::from_micros(100))
        .jitter(0.0),
)
.total_timeout(Duration::from_millis(1)));

#[test]
fn an_attempt_that_could_not_begin_in_time_is_not_waited_for() {
    let rules = rules_with(&BOUNDED);
    let first = started(&rules);
    let failed = || failed(1, Payload::encode(&1).unwrap());
    let in_time = taken(&first.state, failed(), &rules, at(899));
    assert_eq!(attempts(&in_time.state.hot).retry_at, Some(at(999)));
    let late = taken(&first.state, failed(), &rules, at(900));
    assert!(matches!(
        late.state.hot.leaf().map(|leaf| &leaf.wait),
        Some(LeafWait::Timer { .. })
    ));
}

#[test]
fn no_attempt_follows_when_all_together_took_too_long() {
    let rules = rules();
    let first = started(&rules);
    let limit = Duration::from_secs(1);
    let timed_out = Report::Broken(ActionFailure::TimedOut { limit });
    let delayed = taken(&first.state, reported(1, timed_out), &rules, at(5));
    assert_eq!(attempts(&delayed.state.hot).attempt, 2);
    let all = Report::Broken(ActionFailure::TotalTimedOut { limit });
    let over = taken(&first.state, reported(1, all), &rules, at(5));
    let Phase::Parked(parked) = &over.state.hot.phase else {
        panic!("{:?}", over.state.hot)
    };
    assert!(matches!(
        parked.reason,
        ParkReason::NoErrorValue { attempts: 1, .. }
    ));
}

#[test]
fn the_last_error_is_kept_up_to_the_limit() {
    let rules = rules();
    let first = started(&rules);
    let error = |size_bytes: usize| Payload::from_bytes(vec![0xc0; size_bytes].into());
    for (size_bytes, kept) in [(1000, true), (1001, false)] {
        let failed = failed(1, error(size_bytes));
        let turned = taken(&first.state, failed, &rules, at(5));
        let expected = kept.then(|| LastError::Value(error(size_bytes)));
        assert_eq!(attempts(&turned.state.hot).last_error, expected);
    }
}

#[test]
fn a_result_is_taken_up_to_the_limit() {
    let rules = rules();
    let first = started(&rules);
    for (size_bytes, is_parked) in [(1000, false), (1001, true)] {
        let value = Payload::from_bytes(vec![0xc0; size_bytes].into());
        let turned = taken(
            &first.state,
            reported(1, Report::Returned(value)),
            &rules,
            at(5),
        );
        let parked = matches!(turned.state.hot.phase, Phase::Parked(_));
        assert_eq!(parked, is_parked, "{size_bytes} bytes");
    }
}

/// So long that each bit of what is drawn counts.
static DRAWN: ActionDef = act(Policy::new(
    Retry::attempts(9)
        .first_delay(Duration::from_secs(1_000_000))
        .factor(1.0)
        .max_delay(Duration::from_secs(1_000_000))
        .jitter(1.0),
));

/// What is expected was worked out apart, from the published constants of `SplitMix64`.
#[test]
fn the_random_part_of_a_delay_is_of_seed_leaf_and_attempt() {
    let rules = rules_with(&DRAWN);
    let delay = |seed: u64, leaf: u64, attempt: u32| {
        let mut state = started_with(&rules, seed).state;
        let hot = Arc::make_mut(&mut state.hot);
        let mut waiting = hot.leaf().expect("it waits").clone();
        waiting.id = LeafId(leaf);
        if let LeafWait::Action(attempts) = &mut waiting.wait {
            attempts.attempt = attempt;
        }
        hot.phase = Phase::Waiting(waiting.into());
        let event = Event::ActionFinished {
            leaf: LeafId(leaf),
            attempt,
            report: Report::Broken(ActionFailure::Interrupted),
        };
        let turned = taken(&state, event, &rules, at(0));
        let retry_at = attempts(&turned.state.hot).retry_at;
        retry_at.expect("another follows").as_micros()
    };
    let seed = 0x0123_4567_89ab_cdef;
    assert_eq!(delay(seed, 0, 1), 444_435_107_987);
    assert_eq!(delay(seed, 0, 2), 362_371_024_908);
    assert_eq!(delay(seed, 5, 1), 440_710_748_080);
    assert_eq!(delay(!seed, 5, 1), 949_067_524_401);
}

/// Two actions wait side by side when the instance is parked for one of them.
#[test]
fn a_retry_runs_again_what_ran_beside_it() {
    let rules = rules();
    let mut state = started(&rules).state;
    let leaf = state.hot.leaf().expect("it waits").clone();
    let beside = |id, retry_at| {
        let mut leaf = Leaf {
            id: LeafId(id),
            ..leaf.clone()
        };
        if let LeafWait::Action(attempts) = &mut leaf.wait {
            attempts.retry_at = retry_at;
        }
        leaf
    };
    Arc::make_mut(&mut state.hot).phase = Phase::Parked(Box::new(Parked {
        at: at(1),
        reason: ParkReason::Unusable {
            action: "act".into(),
            problem: "no paper".into(),
        },
        leaf: Some(leaf.clone()),
        others: vec![beside(3, None), beside(4, Some(at(9)))],
        pending: Pending::Attempts,
    }));
    let turned = taken(&state, Event::Retry, &rules, at(5));
    let numbers = turned.state.hot.waiting().map(|leaf| match &leaf.wait {
        LeafWait::Action(attempts) => (leaf.id.0, attempts.attempt, attempts.forgiven),
        other => panic!("{other:?}"),
    });
    assert_eq!(
        numbers.collect::<Vec<_>>(),
        [(0, 2, 1), (3, 2, 0), (4, 1, 0)]
    );
    assert_eq!(run(&turned), [2, 2]);
    assert!(matches!(
        &turned.writes[..],
        [Write::Journal { entry, .. }, ..] if entry.what == Happening::Retried
    ));
}

static ONCE: ActionDef = act(Policy::new(Retry::never()).at_most_once());

/// Whether the attempt to run is one too many for an action that runs at most once.
fn is_repeated(turned: &Turned) -> bool {
    match turned.wakes[..] {
        [Wake::Attempt { is_repeated, .. }] => is_repeated,
        _ => panic!("{:?}", turned.wakes),
    }
}

#[test]
fn a_retry_by_hand_forgets_no_attempt_that_was_cut_off() {
    let mut rules = rules_with(&ONCE);
    rules.max_recoveries = 1;
    let first = started(&rules);
    assert!(!is_repeated(&first));
    let second = taken(&first.state, Event::Recovered, &rules, at(1));
    assert!(is_repeated(&second));
    let quarantined = taken(&second.state, Event::Recovered, &rules, at(2)).state;
    assert!(matches!(quarantined.hot.phase, Phase::Parked(_)));
    let again = taken(&quarantined, Event::Retry, &rules, at(3));
    assert!(is_repeated(&again), "nobody knows what the first one did");
    // One that came to its end is tried again by whoever says so.
    let broken = reported(1, Report::Unusable("no value".to_owned()));
    let parked = taken(&first.state, broken, &rules, at(1)).state;
    let again = taken(&parked, Event::Retry, &rules, at(2));
    assert!(!is_repeated(&again));
}

#[test]
fn a_retry_by_hand_gives_an_action_all_its_attempts_again() {
    let rules = rules();
    let first = started(&rules);
    let second = taken(&first.state, Event::Recovered, &rules, at(1)).state;
    let broken = reported(2, Report::Unusable("no value".to_owned()));
    let parked = taken(&second, broken, &rules, at(2)).state;
    let again = taken(&parked, Event::Retry, &rules, at(3)).state;
    let attempts = attempts(&again.hot);
    assert_eq!((attempts.attempt, attempts.forgiven), (3, 2));
}

#[test]
fn a_heartbeat_is_for_the_attempt_that_runs_and_stays_for_the_next() {
    let rules = rules();
    let first = started(&rules).state;
    let beat = |attempt, said: u8| Event::Heartbeat {
        leaf: LeafId(0),
        attempt,
        details: Payload::encode(&said).unwrap(),
    };
    assert!(turn(&first, beat(2, 1), &rules, at(1), JournalSeq(9)).is_none());
    let beaten = taken(&first, beat(1, 1), &rules, at(1));
    assert!(beaten.wakes.is_empty(), "it runs already");
    let delayed = taken(&beaten.state, failed(1, Payload::default()), &rules, at(2)).state;
    assert!(turn(&delayed, beat(1, 2), &rules, at(3), JournalSeq(9)).is_none());
    let said = attempts(&delayed.hot).heartbeat.clone();
    assert_eq!(said, Some(Payload::encode(&1u8).unwrap()));
}
