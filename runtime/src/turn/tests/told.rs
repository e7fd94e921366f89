//! A flow that does what it is told, and the turn around it: what it waits for afterwards,
//! what is given up, what is written of it.

use serde::{Deserialize, Serialize};

use super::asked::Asked;
use super::*;
use crate::machine::leaves;
use crate::payload::FieldsBuilder;
use crate::record::{Ending, Happening, How, ParkReason, Parked};

/// What the flow is told by the value that wakes it; by none it ends.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) enum Ask {
    /// To wait on for this leaf.
    Keep(u64),
    Action(String),
    Receive(String),
    Sleep,
    Panic(String),
    PanicWith(u8),
    Of(Asked),
}

pub(super) struct Told;

static TOLD: Shape = Shape {
    allows: &[],
    name: "told",
    version: 1,
    file: "told.rs",
    line: 1,
    fingerprint: 3,
    locals: &[],
    params: 0,
    operands: &[],
    drawn: "",
    states: &[Site {
        flow: "told",
        ..site("told")
    }],
};

impl Machine for Told {
    type Output = ();
    const RESULT: Tie<()> = FlowResult::TIE;
    const SHAPE: &'static Shape = &TOLD;

    fn resume(bytes: Bytes, cx: &mut Cx) -> Result<Step<()>, Fault> {
        let frame = Frame::decode(&bytes).unwrap();
        cx.enter(&TOLD.states[0]);
        let asks = if frame.label.is_empty() {
            frame.locals.get("asks").unwrap()
        } else {
            let mut brought = None;
            for leaf in leaves(&bytes).unwrap() {
                let outcome = cx.outcome_of(&leaf.0.to_le_bytes())?;
                brought = brought.or(outcome);
            }
            match brought.expect("woken by a leaf") {
                Outcome::Value(asks) => asks,
                _ => told(&[]),
            }
        };
        let asks: Vec<Ask> = asks.decode().map_err(|source| Fault::DecodeOutcome {
            flow: "told",
            label: "told",
            source,
        })?;
        let waiting: Vec<Bytes> = asks.into_iter().map(|ask| asked(ask, cx)).collect();
        let waiting = match &waiting[..] {
            [] => return Ok(Step::Done(())),
            [one] => one.clone(),
            several => operands(several),
        };
        let label = "told".to_owned();
        Ok(Step::Waiting(
            Frame {
                label,
                waiting,
                twins: 1,
                ..Frame::start(&TOLD, Fields::default())
            }
            .encode(),
        ))
    }
}

fn asked(ask: Ask, cx: &mut Cx) -> Bytes {
    let wait = match ask {
        Ask::Keep(leaf) => return Bytes::copy_from_slice(&leaf.to_le_bytes()),
        Ask::Action(action) => Wait::Action(ActionRequest {
            action,
            arguments: Fields::default(),
            policy: None,
        }),
        Ask::Receive(channel) => Wait::Message { channel },
        Ask::Sleep => Wait::Timer {
            due: crate::flow::now() + std::time::Duration::from_micros(10),
        },
        Ask::Panic(text) => panic!("{text}"),
        Ask::PanicWith(value) => std::panic::panic_any(value),
        Ask::Of(asked) => asked.wait(),
    };
    match cx.request::<()>(wait) {
        Step::Waiting(waiting) => waiting,
        Step::Done(()) => unreachable!("a request waits"),
    }
}

/// The bytes of operands that wait, as a fork writes them.
fn operands(waiting: &[Bytes]) -> Bytes {
    let mut bytes = vec![2, u8::try_from(waiting.len()).unwrap()];
    for leaf in waiting {
        bytes.extend_from_slice(&[1, b'o', 0, 8]);
        bytes.extend_from_slice(leaf);
    }
    bytes.into()
}

pub(super) fn told(asks: &[Ask]) -> Payload {
    Payload::encode(&asks.to_vec()).unwrap()
}

pub(super) fn act() -> Ask {
    Ask::Action("act".into())
}

pub(super) fn receive(channel: &str) -> Ask {
    Ask::Receive(channel.into())
}

pub(super) fn rules_told() -> Rules {
    let mut rules = rules();
    rules.registry.add_flow(FlowDef::of::<Told>()).unwrap();
    rules
}

pub(super) fn begun(rules: &Rules, asks: &[Ask]) -> Turned {
    let mut arguments = FieldsBuilder::default();
    arguments.push_encoded("asks", told(asks).bytes());
    begin(instance("told", arguments.finish()), rules)
}

pub(super) fn bring(leaf: u64, asks: &[Ask]) -> Event {
    Event::ActionFinished {
        leaf: LeafId(leaf),
        attempt: 1,
        report: Report::Returned(told(asks)),
    }
}

pub(super) fn taken(state: &State, event: Event, rules: &Rules) -> Turned {
    turn(state, event, rules, at(1), JournalSeq(9)).expect("it fits the state")
}

pub(super) fn waiting(turned: &Turned) -> Vec<u64> {
    let leaves = turned.state.hot.waiting();
    leaves.map(|leaf| leaf.id.0).collect()
}

pub(super) fn parked(turned: &Turned) -> &Parked {
    match &turned.state.hot.phase {
        Phase::Parked(parked) => parked,
        other => panic!("{other:?}"),
    }
}

/// The leaves whose action is to be run.
fn run(wakes: &[Wake]) -> Vec<u64> {
    let leaves = wakes.iter().map(|wake| match wake {
        Wake::Attempt { leaf, .. } => leaf.0,
        other => panic!("{other:?}"),
    });
    leaves.collect()
}

pub(super) fn rows(turned: &Turned) -> Vec<&Happening> {
    let rows = turned.writes.iter().filter_map(|write| match write {
        Write::Journal { entry, .. } => Some(&entry.what),
        _ => None,
    });
    rows.collect()
}

#[test]
fn a_fork_waits_for_what_is_new_and_what_it_still_names() {
    let rules = rules_told();
    let first = begun(&rules, &[act(), act(), receive("mail"), Ask::Sleep]);
    assert_eq!(waiting(&first), [0, 1, 2, 3]);
    assert_eq!(
        (run(&first.wakes), run(&wakes(&first.state.hot))),
        (vec![0, 1], vec![0, 1])
    );
    let second = taken(&first.state, bring(0, &[Ask::Keep(1), act()]), &rules);
    assert_eq!(
        (waiting(&second), run(&second.wakes)),
        (vec![1, 4], vec![4])
    );
    let third = taken(&second.state, bring(1, &[act(), act()]), &rules);
    assert_eq!(
        (waiting(&third), run(&third.wakes)),
        (vec![5, 6], vec![5, 6])
    );
}

#[test]
fn what_a_fork_no_longer_names_is_given_up() {
    let rules = rules_told();
    let first = begun(&rules, &[act(), act(), receive("mail"), Ask::Sleep]);
    let message = Event::Message {
        message_id: None,
        channel: "mail".into(),
        payload: told(&[Ask::Keep(0)]),
    };
    let second = taken(&first.state, message, &rules);
    assert_eq!(waiting(&second), [0]);
    assert_eq!(
        (second.stops, run(&second.wakes)),
        (vec![LeafId(1)], vec![])
    );
}

#[test]
fn a_frame_that_waits_for_what_has_come_is_no_good() {
    let rules = rules_told();
    let first = begun(&rules, &[act(), act()]);
    for strange in [[Ask::Keep(0), act()], [Ask::Keep(7), Ask::Keep(1)]] {
        let turned = taken(&first.state, bring(0, &strange), &rules);
        let reason = &parked(&turned).reason;
        assert!(matches!(reason, ParkReason::Unsupported { .. }), "{reason}");
    }
}

#[test]
fn only_a_new_call_of_an_unknown_action_parks() {
    let rules = rules_told();
    let gone = || Ask::Action("gone".into());
    let first = begun(&rules, &[act(), gone()]);
    let stopped = parked(&first);
    let action = "gone".to_owned();
    assert_eq!(stopped.reason, ParkReason::UnknownAction { action });
    assert_eq!(stopped.leaf.as_ref().map(|leaf| leaf.id), Some(LeafId(1)));
    assert_eq!(stopped.pending, Pending::Attempts);

    let first = begun(&rules, &[act(), act()]);
    let mut without = rules_told();
    without.registry = Registry::default();
    without.registry.add_flow(FlowDef::of::<Told>()).unwrap();
    let asks = [Ask::Keep(1), Ask::Sleep];
    assert_eq!(
        waiting(&taken(&first.state, bring(0, &asks), &without)),
        [1, 2]
    );
}

#[test]
fn the_end_is_in_the_record_of_the_instance() {
    let rules = rules_told();
    let ended = taken(&begun(&rules, &[act()]).state, bring(0, &[]), &rules);
    assert_eq!(ended.state.hot.phase, Phase::Finished(How::Returned));
    let returned = Ending::Returned(Payload::encode(&()).unwrap());
    let end = ended.state.instance.end.as_ref().expect("it has ended");
    assert_eq!((end.at, &end.how), (at(1), &returned));
    assert!(ended.posts.is_empty(), "it has no parent and no children");
    let written = ended.writes.iter().find_map(|write| match write {
        Write::End { instance, .. } => instance.end.as_ref(),
        _ => None,
    });
    assert_eq!(written.map(|end| &end.how), Some(&returned));
}

#[test]
fn a_row_of_the_journal_names_the_action_and_the_flow_that_called() {
    let rules = rules_told();
    let mut first = begun(&rules, &[act()]).state;
    let flow_of_row = |state: &State| {
        let turned = taken(state, bring(0, &[receive("mail")]), &rules);
        match &rows(&turned)[..] {
            [Happening::Action { action, flow, .. }] if action == "act" => flow.clone(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(flow_of_row(&first), None);
    let hot = Arc::make_mut(&mut first.hot);
    let mut leaf = hot.leaf().expect("it waits").clone();
    leaf.flow = "inner".into();
    hot.phase = Phase::Waiting(leaf.into());
    assert_eq!(flow_of_row(&first), Some("inner".into()));
}

#[test]
fn a_panic_is_told_with_its_text_and_place() {
    let rules = rules_told();
    let reason = |ask| parked(&begun(&rules, &[ask])).reason.clone();
    for (ask, text) in [
        (Ask::Panic("no paper".into()), "no paper"),
        (Ask::PanicWith(7), "(a value that is no text)"),
    ] {
        let ParkReason::Panicked { message, place } = reason(ask) else {
            panic!("it panicked")
        };
        assert_eq!(message, text);
        assert_eq!(place.map(|place| place.file), Some(file!().to_owned()));
    }
}

#[cfg(feature = "testing")]
#[test]
fn whoever_watches_is_told_of_each_segment() {
    let rules = rules_told();
    let seen = std::rc::Rc::new(std::cell::RefCell::new(Vec::new()));
    let noted = std::rc::Rc::clone(&seen);
    watch(Some(Box::new(move |told| {
        let waits = told.after.is_some();
        noted
            .borrow_mut()
            .push((told.leaf, told.requests.len(), waits));
    })));
    let first = begun(&rules, &[act(), act()]);
    taken(&first.state, bring(1, &[]), &rules);
    assert!(watch(None).is_some());
    begun(&rules, &[act()]);
    let expected = [(None, 2, true), (Some(LeafId(1)), 0, false)];
    assert_eq!(seen.take(), expected);
}
