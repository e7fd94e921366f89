//! The turn by itself: late and double events, and random histories against
//! the rules that must hold after each.

mod asked;
mod attempts;
mod births;
mod crowds;
mod events;
mod stored;
mod told;

use bytes::Bytes;
use proptest::prelude::*;

use super::*;
use crate::action::{ActionDef, AttemptOutcome, Policy, Retry};
use crate::flow::FlowResult;
use crate::ids::InstanceId;
use crate::machine::{Cx, Fault, FlowDef, Frame, Machine, Outcome, Shape, Site, Step, Tie, Wait};
use crate::payload::Fields;
use crate::record::{LeafWait, Pending, Phase};

/// A flow that waits for an action, a timer and a message in turn, for ever.
struct Round;

const fn site(label: &'static str) -> Site {
    Site {
        flow: "round",
        label,
        file: "round.rs",
        line: 1,
        column: 1,
        twins: 1,
        kept: "",
    }
}

static SITES: [Site; 3] = [site("act"), site("sleep"), site("receive")];

static SHAPE: Shape = Shape {
    allows: &[],
    name: "round",
    version: 1,
    file: "round.rs",
    line: 1,
    fingerprint: 1,
    locals: &[],
    params: 0,
    operands: &[],
    drawn: "",
    states: &SITES,
};

impl Machine for Round {
    type Output = ();
    const RESULT: Tie<()> = FlowResult::TIE;
    const SHAPE: &'static Shape = &SHAPE;

    fn resume(frame: Bytes, cx: &mut Cx) -> Result<Step<()>, Fault> {
        let frame = Frame::decode(&frame).unwrap();
        let at = SITES.iter().position(|site| site.label == frame.label);
        if at.is_some() {
            let outcome = cx.outcome_of(&frame.waiting)?;
            let panics = Payload::encode(&"panic".to_owned()).unwrap();
            assert_ne!(outcome.expect("woken by its leaf"), Outcome::Value(panics));
        }
        let next = at.map_or(0, |at| (at + 1) % 3);
        cx.enter(&SITES[next]);
        let Step::Waiting(waiting) = cx.request::<()>(match next {
            0 => Wait::Action(ActionRequest {
                action: "act".into(),
                arguments: Fields::default(),
                policy: None,
            }),
            1 => Wait::Timer {
                due: crate::flow::now() + std::time::Duration::from_micros(10),
            },
            _ => Wait::Message {
                channel: "mail".into(),
            },
        }) else {
            unreachable!("a request waits")
        };
        let label = SITES[next].label.to_owned();
        Ok(Step::Waiting(
            Frame {
                label,
                waiting,
                twins: 1,
                ..Frame::start(&SHAPE, Fields::default())
            }
            .encode(),
        ))
    }
}

static ACT: ActionDef = act(Policy::new(Retry::attempts(3)));

const fn act(policy: Policy) -> ActionDef {
    ActionDef {
        name: "act",
        file: "act.rs",
        line: 1,
        policy,
        deps: Vec::new,
        run: |_, _, _| Box::pin(async { AttemptOutcome::Returned(Payload::default()) }),
        failed: |_| None,
    }
}

fn rules() -> Rules {
    rules_with(&ACT)
}

fn rules_with(act: &'static ActionDef) -> Rules {
    let mut registry = Registry::default();
    registry.add_flow(FlowDef::of::<Round>()).unwrap();
    registry.add_action(act).unwrap();
    Rules {
        registry,
        max_value_bytes: 1000,
        max_recoveries: 3,
        births: 8,
        journal: Journal::All,
        keep_states: false,
        #[cfg(all(feature = "testing", debug_assertions))]
        runner: Runner::default(),
    }
}

fn started(rules: &Rules) -> Turned {
    started_with(rules, 1)
}

fn started_with(rules: &Rules, seed: u64) -> Turned {
    let instance = Instance {
        seed,
        ..instance("round", Fields::default())
    };
    begin(instance, rules)
}

fn instance(flow: &str, arguments: Fields) -> Instance {
    Instance {
        id: InstanceId::new("a").unwrap(),
        flow: flow.into(),
        version: 1,
        arguments,
        created_at: Timestamp::default(),
        seed: 1,
        parent: None,
        end: None,
    }
}

fn begin(instance: Instance, rules: &Rules) -> Turned {
    let flow = rules.registry.flow(&instance.flow, 1).copied().unwrap();
    let key = InstanceKey(4);
    let new = NewInstance {
        key,
        instance,
        messages: Vec::new(),
    };
    start(new, &flow, rules, Timestamp::default(), JournalSeq(0))
}

fn returned(attempt: u32) -> Event {
    let value = Payload::encode(&1).unwrap();
    let report = Report::Returned(value);
    Event::ActionFinished {
        leaf: LeafId(0),
        attempt,
        report,
    }
}

fn at(micros: i64) -> Timestamp {
    Timestamp::from_micros(micros)
}

#[test]
fn late_and_double_events_change_nothing() {
    let rules = rules();
    let first = started(&rules);
    let apply = |state: &State, event, now| turn(state, event, &rules, now, JournalSeq(9));
    assert!(
        apply(&first.state, returned(2), at(1)).is_none(),
        "of another attempt"
    );
    let fired = Event::TimerFired { leaf: LeafId(0) };
    assert!(
        apply(&first.state, fired, at(1)).is_none(),
        "no timer is set"
    );
    let second = apply(&first.state, returned(1), at(1)).unwrap();
    assert!(
        apply(&second.state, returned(1), at(2)).is_none(),
        "a duplicate"
    );
    let fired = || Event::TimerFired { leaf: LeafId(1) };
    assert!(
        apply(&second.state, fired(), at(10)).is_none(),
        "early by a microsecond"
    );
    assert!(apply(&second.state, fired(), at(11)).is_some());
    assert!(
        apply(&second.state, Event::Retry, at(11)).is_none(),
        "it is not parked"
    );
}

#[test]
fn parking_leaves_frame_leaf_and_outcome_for_the_retry() {
    let rules = rules();
    let first = started(&rules);
    let value = Payload::encode(&"panic".to_owned()).unwrap();
    let report = Report::Returned(value.clone());
    let event = Event::ActionFinished {
        leaf: LeafId(0),
        attempt: 1,
        report,
    };
    let turned = turn(&first.state, event, &rules, at(5), JournalSeq(9)).unwrap();
    let hot = &turned.state.hot;
    let Phase::Parked(parked) = &hot.phase else {
        panic!("{hot:?}")
    };
    assert_eq!(parked.pending, Pending::Outcome(Outcome::Value(value)));
    assert_eq!(
        (&hot.frame, hot.leaf()),
        (&first.state.hot.frame, first.state.hot.leaf())
    );
    assert!(turned.wakes.is_empty() && !hot.is_active());
}

#[test]
fn a_new_message_does_not_overtake_a_stored_one() {
    let rules = rules();
    let apply = |state: &State, event, now| {
        let turned = turn(state, event, &rules, at(now), JournalSeq(9));
        turned.expect("it fits the state").state
    };
    let message = || Event::Message {
        message_id: None,
        channel: "mail".into(),
        payload: Payload::encode(&"fine".to_owned()).unwrap(),
    };
    let first = started(&rules).state;
    let stored = apply(&first, message(), 1);
    let sleeping = apply(&stored, returned(1), 2);
    let receiving = apply(&sleeping, Event::TimerFired { leaf: LeafId(1) }, 20);
    assert!(receiving.hot.is_active() && receiving.hot.stored("mail") == 1);
    let both = apply(&receiving, message(), 21);
    assert_eq!(
        (both.hot.stored("mail"), both.hot.leaf()),
        (2, receiving.hot.leaf())
    );
}

#[test]
fn the_same_turn_taken_twice_is_the_same() {
    let rules = rules();
    let first = started(&rules);
    let failed = || Event::ActionFinished {
        leaf: LeafId(0),
        attempt: 1,
        report: Report::Failed {
            payload: Payload::default(),
            retry: true,
        },
    };
    let once = turn(&first.state, failed(), &rules, at(5), JournalSeq(9)).unwrap();
    let twice = turn(&first.state, failed(), &rules, at(5), JournalSeq(9)).unwrap();
    assert_eq!(once.state.hot, twice.state.hot);
    assert!(
        once.state.hot.dues(InstanceKey(4)).count() == 1,
        "the delay is a timer"
    );
}

#[derive(Debug, Clone)]
enum Any {
    Finished { leaf: u64, attempt: u32, how: u8 },
    Fired { leaf: u64 },
    Message { panics: bool },
    Next,
    Retry,
    Recovered,
    CutOff { leaf: u64, attempt: u32 },
}

fn any_event() -> impl Strategy<Value = Any> {
    prop_oneof![
        4 => (0..20u64, 1..6u32, 0..5u8).prop_map(|(leaf, attempt, how)| Any::Finished { leaf, attempt, how }),
        2 => (0..20u64).prop_map(|leaf| Any::Fired { leaf }),
        2 => any::<bool>().prop_map(|panics| Any::Message { panics }),
        2 => Just(Any::Next),
        1 => Just(Any::Retry),
        1 => Just(Any::Recovered),
        1 => (0..20u64, 1..6u32).prop_map(|(leaf, attempt)| Any::CutOff { leaf, attempt }),
    ]
}

fn event(any: &Any, state: &State) -> Option<Event> {
    // Half of the time the present leaf is meant, or few events would fit.
    let present = state.hot.leaf().map_or(0, |leaf| leaf.id.0);
    let attempt = match state.hot.leaf().map(|leaf| &leaf.wait) {
        Some(LeafWait::Action(attempts)) => attempts.attempt,
        _ => 1,
    };
    let leaf_of = |leaf: u64| {
        LeafId(if leaf.is_multiple_of(2) {
            present
        } else {
            leaf
        })
    };
    let attempt_of = |number: u32| if number < 5 { attempt } else { number };
    Some(match any {
        Any::Finished { leaf, attempt, how } => Event::ActionFinished {
            leaf: leaf_of(*leaf),
            attempt: attempt_of(*attempt),
            report: match how {
                0 => Report::Failed {
                    payload: Payload::encode(&0).unwrap(),
                    retry: true,
                },
                1 => Report::Failed {
                    payload: Payload::encode(&0).unwrap(),
                    retry: false,
                },
                2 => Report::Broken(ActionFailure::Interrupted),
                3 => Report::Unusable("broken".into()),
                _ => Report::Returned(Payload::encode(&1).unwrap()),
            },
        },
        Any::Fired { leaf } => Event::TimerFired {
            leaf: leaf_of(*leaf),
        },
        Any::Message { panics } => Event::Message {
            message_id: None,
            channel: "mail".into(),
            payload: Payload::encode(&(if *panics { "panic" } else { "fine" }).to_owned()).unwrap(),
        },
        Any::Next => {
            let Some(Wake::Message { channel, seq }) = wakes(&state.hot).pop() else {
                return None;
            };
            let payload = Payload::encode(&"fine".to_owned()).unwrap();
            Event::NextMessage {
                channel,
                seq,
                payload,
            }
        }
        Any::Retry => Event::Retry,
        Any::Recovered => Event::Recovered,
        Any::CutOff { leaf, attempt } => Event::CutOff {
            leaf: leaf_of(*leaf),
            attempt: attempt_of(*attempt),
        },
    })
}

proptest! {
    #[test]
    fn every_history_leaves_one_waker_and_writes_that_say_so(
        events in prop::collection::vec(any_event(), 1..60)
    ) {
        let rules = rules();
        let first = started(&rules);
        let mut index = Index::default();
        index.apply(&first.writes);
        let (mut state, mut seq, mut now) = (first.state, first.next_seq, 0);
        for any in events {
            now += 7;
            let Some(event) = event(&any, &state) else { continue };
            let Some(turned) = turn(&state, event, &rules, at(now), seq) else { continue };
            index.apply(&turned.writes);
            prop_assert!(turned.state.hot.turn > state.hot.turn);
            prop_assert!(turned.state.hot.next_leaf >= state.hot.next_leaf);
            prop_assert_eq!(turned.next_seq.0, index.journal);
            (state, seq) = (turned.state, turned.next_seq);
            let hot = &state.hot;
            prop_assert_eq!(index.active, hot.is_active());
            prop_assert_eq!(index.timer, hot.dues(state.key).next());
            prop_assert_eq!(index.messages, hot.stored("mail"));
            let waiting = hot.waiting().any(|leaf| matches!(leaf.wait, LeafWait::Message { .. }));
            let parked = matches!(hot.phase, Phase::Parked(_));
            let wakers = [hot.is_active(), hot.dues(state.key).next().is_some(), waiting && !hot.is_active(), parked];
            prop_assert_eq!(wakers.iter().filter(|waker| **waker).count(), 1, "{:?}", hot);
            prop_assert!(hot.recoveries <= rules.max_recoveries + 1);
        }
    }
}

/// What a store would hold of the one instance.
#[derive(Default)]
struct Index {
    active: bool,
    timer: Option<crate::record::Due>,
    messages: u64,
    journal: u64,
}

impl Index {
    fn apply(&mut self, writes: &[Write]) {
        for write in writes {
            match write {
                Write::Active { active, .. } => {
                    assert_ne!(self.active, *active, "written only when it changes");
                    self.active = *active;
                }
                Write::Timer(due) => assert!(self.timer.replace(*due).is_none()),
                Write::DropTimer(due) => assert_eq!(self.timer.take(), Some(*due)),
                Write::Message { .. } => self.messages += 1,
                Write::DropMessage { .. } => self.messages -= 1,
                Write::Journal { seq, .. } => {
                    assert_eq!(seq.0, self.journal);
                    self.journal += 1;
                }
                _ => {}
            }
        }
        let states = writes
            .iter()
            .filter(|write| matches!(write, Write::Hot { .. }));
        assert_eq!(states.count(), 1, "one state a turn");
    }
}
