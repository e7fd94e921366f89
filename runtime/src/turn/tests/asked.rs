//! What the told flow asks of the engine, and of other instances: answers, messages, to begin
//! again, values; and how it is recorded.

use std::any::TypeId;

use serde::{Deserialize, Serialize};

use super::told::{
    Ask, Told, act, begun, bring, parked, receive, rows, rules_told, taken, told, waiting,
};
use super::*;
use crate::ids::DataKey;
use crate::machine::{self, Crowd, Member, Restart, Until};
use crate::payload::FieldsBuilder;
use crate::record::{Happening, ParkReason};

/// What the flow is told to ask for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) enum Asked {
    /// Calls, with an argument of this size, so many at once.
    Calls(usize, usize, Option<u64>),
    /// The ends of children that run: of all, until one has failed, or of one.
    Children(Vec<String>, char),
    /// The end of the child `b`.
    Child,
    /// A message, after it logged a line.
    Log,
    /// The messages of the channel `mail`.
    Take,
    /// To begin again, or to begin another flow, with an argument of this size.
    Restart(bool, usize),
    /// A message, after it put one value and removed another.
    Put,
    /// A message, after it spawned so many timers.
    Spawn(usize),
}

impl Asked {
    pub(super) fn wait(self) -> Wait {
        match self {
            Self::Calls(calls, size_bytes, limit) => Wait::Crowd(Arc::new(Crowd {
                members: (0..calls).map(|_| call(size_bytes)).collect(),
                until: Until::All,
                limit,
            })),
            Self::Children(ids, until) => Wait::Crowd(Arc::new(Crowd {
                members: ids.iter().map(|id| Member::Child(id_of(id))).collect(),
                until: match until {
                    'a' => Until::All,
                    'e' => Until::Err,
                    _ => Until::One,
                },
                limit: None,
            })),
            Self::Child => Wait::Child {
                id: id_of("b"),
                takes: true,
            },
            Self::Log => {
                tracing::info!("a line");
                mail()
            }
            Self::Take => Wait::Ask(machine::Ask::Take {
                channel: "mail".into(),
                most: 9,
            }),
            Self::Restart(own, size_bytes) => Wait::Restart(Restart {
                machine: if own {
                    TypeId::of::<Told>()
                } else {
                    TypeId::of::<Round>()
                },
                types: "machine",
                arguments: arguments(&[receive("again")], size_bytes),
            }),
            Self::Put => {
                crate::flow::put("new", 7);
                crate::flow::remove("old");
                mail()
            }
            Self::Spawn(timers) => {
                for _ in 0..timers {
                    let _ = crate::flow::sleep(std::time::Duration::from_secs(1)).spawn();
                }
                mail()
            }
        }
    }
}

/// The next version of the told flow.
static NEWER: Shape = Shape {
    version: 2,
    states: &[Site {
        flow: "told",
        ..site("told")
    }],
    allows: &[],
    name: "told",
    file: "told.rs",
    line: 9,
    fingerprint: 4,
    locals: &[],
    params: 0,
    operands: &[],
    drawn: "",
};

fn mail() -> Wait {
    Wait::Message {
        channel: "mail".into(),
    }
}

pub(super) fn id_of(id: &str) -> InstanceId {
    InstanceId::new(id).unwrap()
}

pub(super) fn arguments(asks: &[Ask], size_bytes: usize) -> Fields {
    let mut arguments = FieldsBuilder::default();
    arguments.push_encoded("asks", told(asks).bytes());
    arguments.push_encoded("load", &vec![0; size_bytes]);
    arguments.finish()
}

fn call(size_bytes: usize) -> Member {
    Member::Call(arguments(&[], size_bytes))
}

pub(super) fn is_late(state: &State, event: Event, rules: &Rules) -> bool {
    turn(state, event, rules, at(1), JournalSeq(9)).is_none()
}

fn answered(leaf: u64, answer: Payload) -> Event {
    let leaf = LeafId(leaf);
    Event::Answered { leaf, answer }
}

fn go_on(leaf: u64) -> Event {
    let leaf = LeafId(leaf);
    Event::GoOn { leaf }
}

/// The leaves that have an answer with which to go on.
fn answers(turned: &Turned) -> Vec<u64> {
    let leaves = turned.wakes.iter().map(|wake| match wake {
        Wake::Answer { leaf } => leaf.0,
        other => panic!("{other:?}"),
    });
    leaves.collect()
}

#[test]
fn an_answer_comes_once_and_in_a_step_of_its_own() {
    let rules = rules_told();
    let take = || Ask::Of(Asked::Take);
    let first = begun(&rules, &[take(), take()]);
    let asks: Vec<_> = first.posts.iter().collect();
    assert!(matches!(asks[..], [Post::Ask { .. }, Post::Ask { .. }]));
    assert!(is_late(&first.state, go_on(0), &rules), "no answer");
    let second = taken(&first.state, answered(0, told(&[Ask::Keep(1)])), &rules);
    assert_eq!((waiting(&second), answers(&second)), (vec![0, 1], vec![0]));
    assert!(is_late(&second.state, answered(0, told(&[])), &rules));
    let both = taken(&second.state, answered(1, told(&[])), &rules);
    assert_eq!(answers(&both), [1], "the other one is on its way");
    let third = taken(&second.state, go_on(0), &rules);
    assert_eq!((waiting(&third), answers(&third)), (vec![1], vec![]));
    let acting = begun(&rules, &[act()]).state;
    assert!(is_late(&acting, answered(0, told(&[])), &rules));
}

#[test]
fn messages_that_are_taken_go_from_the_channel() {
    let rules = rules_told();
    let take = |leaf: u64, messages: &[Payload]| Event::Taken {
        leaf: LeafId(leaf),
        channel: "mail".into(),
        messages: messages.into(),
    };
    let message = told(&[]);
    let sent = || Event::Message {
        message_id: None,
        channel: "mail".into(),
        payload: message.clone(),
    };
    let mut state = begun(&rules, &[Ask::Of(Asked::Take), act()]).state;
    for _ in 0..3 {
        state = taken(&state, sent(), &rules).state;
    }
    let two = [message.clone(), message.clone()];
    assert!(is_late(&state, take(1, &two), &rules), "it asks for none");
    let turned = taken(&state, take(0, &two), &rules);
    assert_eq!(
        (turned.state.hot.stored("mail"), answers(&turned)),
        (1, vec![0])
    );
    assert_eq!(rows(&turned).len(), 2);
    let leaf = turned.state.hot.leaf().expect("it waits");
    assert_eq!(leaf.wait, LeafWait::Answered(Payload::list(&two)));
}

#[test]
fn an_instance_begins_again_with_the_newest_version() {
    let mut rules = rules_told();
    let restart = Ask::Of(Asked::Restart(true, 1000));
    let asks = std::slice::from_ref(&restart);
    let same = begun(&rules, asks);
    assert_eq!((waiting(&same), answers(&same)), (vec![0], vec![0]));
    let again = taken(&same.state, go_on(0), &rules);
    let wait = &again.state.hot.leaf().expect("it waits").wait;
    assert!(matches!(wait, LeafWait::Message { channel } if &**channel == "again"));
    let changes = |turned: &Turned| {
        let changes = |write: &&Write| matches!(write, Write::Change { .. });
        turned.writes.iter().filter(changes).count()
    };
    assert_eq!((changes(&same), same.state.instance.version), (0, 1));

    let newer = FlowDef {
        shape: &NEWER,
        machine: TypeId::of::<Asked>,
        ..FlowDef::of::<Told>()
    };
    rules.registry.add_flow(newer).unwrap();
    let turned = begun(&rules, asks);
    assert_eq!((changes(&turned), turned.state.instance.version), (1, 2));
    assert_eq!(rows(&turned)[1], &Happening::Restarted { version: 2 });
}

#[test]
fn what_cannot_begin_again_is_parked() {
    let rules = rules_told();
    let other = begun(&rules, &[Ask::Of(Asked::Restart(false, 1))]);
    let reason = &parked(&other).reason;
    assert!(matches!(reason, ParkReason::Fault { .. }), "{reason}");
    let large = begun(&rules, &[Ask::Of(Asked::Restart(true, 1001))]);
    let text = parked(&large).reason.to_string();
    assert!(text.contains("argument `load` of `told`"), "{text}");
}

#[test]
fn recorded_states_have_their_values_and_run_again_from_now() {
    let rules = Rules {
        keep_states: true,
        ..rules_told()
    };
    let reached = |turned: &Turned| match rows(turned)[..] {
        [.., Happening::Reached { state }] => Some(state.clone()),
        _ => None,
    };
    let first = begun(&rules, &[act(), Ask::Of(Asked::Put)]);
    let state = reached(&first).expect("it waits");
    let values = state.values.iter();
    let values = values.map(|(name, datum)| (name.as_str(), datum.is_some()));
    assert_eq!(values.collect::<Vec<_>>(), [("new", true), ("old", false)]);
    assert_eq!(reached(&taken(&first.state, bring(0, &[]), &rules)), None);
    assert_eq!(reached(&begun(&rules_told(), &[act()])), None);

    let again = Rerun {
        instance: instance("told", Fields::default()),
        of: id_of("a"),
        label: "told".into(),
        state: *state,
    };
    let turned = rerun(InstanceKey(5), again, &rules, at(70), JournalSeq(0));
    for leaf in turned.state.hot.leaves() {
        assert_eq!(leaf.since, at(70));
        if let LeafWait::Action(attempts) = &leaf.wait {
            assert_eq!(attempts.started_at, at(70));
        }
    }
    assert_eq!((waiting(&turned), turned.wakes.len()), (vec![0, 1], 1));
    let puts = turned.writes.iter().filter_map(|write| match write {
        Write::Datum { name, datum, .. } => Some((name, datum.version)),
        _ => None,
    });
    assert_eq!(
        puts.collect::<Vec<_>>(),
        [(&DataKey::new("new").unwrap(), 1)]
    );
}

#[test]
fn the_end_of_a_child_is_asked_for_once() {
    let rules = rules_told();
    let awaits = |turned: &Turned| {
        let awaits = |post: &&Post| matches!(post, Post::Await { child } if child.as_str() == "b");
        turned.posts.iter().filter(awaits).count()
    };
    let first = begun(&rules, &[act(), Ask::Of(Asked::Child)]);
    assert_eq!(awaits(&first), 1);
    let kept = taken(&first.state, bring(0, &[Ask::Keep(1), act()]), &rules);
    assert_eq!(awaits(&kept), 0, "it is asked for already");
}

/// Wants all that is logged.
struct Listener;

impl tracing::Subscriber for Listener {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::Id {
        tracing::Id::from_u64(1)
    }

    fn record(&self, _: &tracing::Id, _: &tracing::span::Record<'_>) {}
    fn record_follows_from(&self, _: &tracing::Id, _: &tracing::Id) {}
    fn event(&self, _: &tracing::Event<'_>) {}
    fn enter(&self, _: &tracing::Id) {}
    fn exit(&self, _: &tracing::Id) {}
}

#[test]
fn what_is_logged_names_the_state_from_which_the_flow_went_on() {
    let rules = rules_told();
    let log = || Ask::Of(Asked::Log);
    let mut first = begun(&rules, &[act(), act()]).state;
    let mut leaves = Arc::make_mut(&mut first.hot).leaves_mut();
    leaves.nth(1).expect("two of them").label = "second".into();
    drop(leaves);
    let logged = |leaf, asks: &[Ask]| {
        let turned = taken(&first, bring(leaf, asks), &rules);
        turned.logged.map(|logged| logged.state)
    };
    tracing::subscriber::with_default(Listener, || {
        assert_eq!(begun(&rules, &[log()]).logged.unwrap().state, None);
        assert_eq!(logged(0, &[log()]), Some(Some("told".into())));
        assert_eq!(logged(1, &[log()]), Some(Some("second".into())));
        assert_eq!(logged(1, &[act()]), None);
    });
}
