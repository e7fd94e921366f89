//! Steps that spawn more children than are started with them, which are eight here.

use super::asked::{Asked, id_of, is_late};
use super::told::{Ask, act, begun, bring, parked, rows, rules_told, taken, told, waiting};
use super::*;
use crate::machine::JoinError;
use crate::record::{Happening, How, ParkReason, Unborn, Undo};

fn spawn(timers: usize) -> Ask {
    Ask::Of(Asked::Spawn(timers))
}

/// The children that are started, by their numbers.
fn started_by(turned: &Turned) -> Vec<String> {
    let ids = turned.posts.iter().filter_map(|post| match post {
        Post::Spawn { spawn, .. } => Some(spawn.id.as_str()),
        _ => None,
    });
    let number = |id: &str| id.rsplit('/').next().unwrap_or_default().to_owned();
    ids.map(number).collect()
}

/// The children that wait in rows, by the numbers of these.
fn held(turned: &Turned) -> Vec<(u64, Vec<Unborn>)> {
    let rows = turned.writes.iter().filter_map(|write| match write {
        Write::Message { seq, payload, .. } => {
            Some((*seq, Unborn::decode(payload.bytes()).unwrap()))
        }
        _ => None,
    });
    rows.collect()
}

fn dropped(turned: &Turned) -> Vec<u64> {
    let rows = turned.writes.iter().filter_map(|write| match write {
        Write::DropMessage { seq, .. } => Some(*seq),
        _ => None,
    });
    rows.collect()
}

fn children_of(first: &Turned, row: u64) -> Vec<Unborn> {
    let rows = held(first).into_iter();
    let mut rows = rows.filter(|(seq, _)| *seq == row);
    rows.next().expect("it is there").1
}

fn born(children: Vec<Unborn>) -> Event {
    Event::Born { children }
}

fn numbers(numbers: std::ops::RangeInclusive<u32>) -> Vec<String> {
    numbers.map(|number| number.to_string()).collect()
}

fn spawned(turned: &Turned) -> usize {
    let rows = rows(turned).into_iter();
    rows.filter(|row| matches!(row, Happening::Spawned { .. }))
        .count()
}

fn is_birth(wakes: &[Wake]) -> bool {
    matches!(wakes, [Wake::Birth])
}

#[test]
fn children_beyond_the_first_are_started_row_by_row() {
    let rules = rules_told();
    let first = begun(&rules, &[spawn(20)]);
    assert_eq!(started_by(&first), numbers(1..=8));
    assert_eq!(spawned(&first), 8);
    let lens: Vec<_> = held(&first)
        .iter()
        .map(|(seq, row)| (*seq, row.len()))
        .collect();
    // The next row has the highest number.
    assert_eq!(lens, [(0, 8), (1, 4)]);
    assert!(is_birth(&first.wakes) && is_birth(&wakes(&first.state.hot)));
    assert!(first.state.hot.is_active());

    let second = taken(&first.state, born(children_of(&first, 1)), &rules);
    assert_eq!(started_by(&second), numbers(9..=12));
    assert_eq!((spawned(&second), dropped(&second)), (4, vec![1]));
    assert!(second.wakes.is_empty() && second.state.hot.is_active());

    let third = taken(&second.state, born(children_of(&first, 0)), &rules);
    assert_eq!(started_by(&third), numbers(13..=20));
    assert_eq!((spawned(&third), dropped(&third)), (8, vec![0]));
    assert!(third.wakes.is_empty() && !third.state.hot.is_active());
    assert!(is_late(&third.state, born(children_of(&first, 0)), &rules));
}

#[test]
fn as_many_as_fit_are_started_at_once() {
    let rules = rules_told();
    let first = begun(&rules, &[spawn(8)]);
    assert_eq!((started_by(&first).len(), held(&first).len()), (8, 0));
    assert!(!first.state.hot.is_bearing());
    // What ends has no children to wait for.
    let cancelled = begun(&rules, &[spawn(20)]);
    let reason = "enough".to_owned();
    let terminate = Event::Terminate {
        reason,
        undo: false,
    };
    let ended = taken(&cancelled.state, terminate, &rules);
    assert_eq!(dropped(&ended), [0, 1]);
    assert_eq!(ended.state.hot.unborn, 0);
}

#[test]
fn what_comes_meanwhile_waits() {
    let rules = rules_told();
    let first = begun(&rules, &[spawn(9), Ask::Of(Asked::Child)]);
    let message = Event::Message {
        channel: "mail".into(),
        payload: told(&[]),
        message_id: None,
    };
    let kept = taken(&first.state, message, &rules);
    assert_eq!((waiting(&kept), kept.wakes.len()), (vec![0, 1], 0));
    let child = id_of("b");
    let end = Err(JoinError::Gone { id: child.clone() });
    let ended = Event::ChildEnded { child, end };
    assert!(is_late(&kept.state, ended, &rules));
    let asks = |turned: &Turned| {
        let mut posts = turned.posts.iter();
        posts.any(|post| matches!(post, Post::Await { .. }))
    };
    assert!(!asks(&first) && !asks(&kept));

    let all = taken(&kept.state, born(children_of(&first, 0)), &rules);
    assert!(asks(&all), "it asks once more whether the child has ended");
    assert!(matches!(all.wakes[..], [Wake::Message { seq: 0, .. }]));
}

#[test]
fn a_cancel_is_heeded_once_all_are_there() {
    let rules = rules_told();
    let first = begun(&rules, &[spawn(20)]);
    let reason = "enough".to_owned();
    let mut next = taken(&first.state, Event::Cancel { reason }, &rules);
    for row in [1, 0] {
        assert!(!next.state.hot.is_finished());
        next = taken(&next.state, born(children_of(&first, row)), &rules);
    }
    assert_eq!(next.state.hot.phase, Phase::Finished(How::Cancelled));
    assert!(matches!(next.posts.last(), Some(Post::Ended)));
    assert_eq!(started_by(&next), numbers(13..=20));
}

#[test]
fn children_whose_flow_is_gone_park_their_parent_which_keeps_them() {
    let rules = rules_told();
    let first = begun(&rules, &[spawn(10), act()]);
    let strange = |mut child: Unborn| {
        child.version = 9;
        child.flow = "gone".into();
        child
    };
    let children = children_of(&first, 0);
    let gone = children.iter().cloned().map(strange).collect();
    let stopped = taken(&first.state, born(gone), &rules);
    let (flow, version) = ("gone".to_owned(), 9);
    assert_eq!(
        parked(&stopped).reason,
        ParkReason::UnknownFlow { flow, version }
    );
    assert!(stopped.posts.is_empty() && dropped(&stopped).is_empty());
    assert!(!stopped.state.hot.is_active());

    let again = taken(&stopped.state, Event::Retry, &rules);
    assert!(again.wakes.iter().any(|wake| matches!(wake, Wake::Birth)));
    let all = taken(&again.state, born(children), &rules);
    assert_eq!(started_by(&all), numbers(9..=10));
}

#[test]
fn what_is_undone_starts_no_more_children_late() {
    let rules = rules_told();
    let first = begun(&rules, &[act()]);
    let second = taken(&first.state, bring(0, &[spawn(9)]), &rules);
    assert_eq!(held(&second).len(), 1);
    let mut cancelled = first.state;
    let hot = Arc::make_mut(&mut cancelled.hot);
    let request = hot.leaf().and_then(|leaf| match &leaf.wait {
        LeafWait::Action(attempts) => Some(Undo::Action(Arc::clone(&attempts.request))),
        _ => None,
    });
    hot.undo.extend(request);
    if let Phase::Waiting(leaves) = &mut hot.phase {
        leaves.iter_mut().for_each(|leaf| leaf.shielded = true);
    }
    let reason = "enough".to_owned();
    let cancelled = taken(&cancelled, Event::Cancel { reason }, &rules);
    let undoing = taken(&cancelled.state, bring(0, &[spawn(9)]), &rules);
    assert!(undoing.state.hot.ending.is_some());
    assert_eq!((started_by(&undoing).len(), held(&undoing).len()), (9, 0));
}

/// One that was parked while its children were started is cancelled, and a flow undoes: it
/// waits for that alone.
#[test]
fn nobody_starts_the_children_of_one_that_undoes() {
    let rules = rules_told();
    let mut parked = begun(&rules, &[spawn(20)]).state;
    let hot = Arc::make_mut(&mut parked.hot);
    hot.undo.push(Undo::Flow {
        flow: "told".into(),
        version: 1,
        arguments: Fields::default(),
    });
    let gone = born(vec![Unborn {
        id: id_of("a/9"),
        flow: "gone".into(),
        version: 1,
        enlisted: None,
        arguments: Fields::default(),
    }]);
    let parked = taken(&parked, gone, &rules).state;
    let reason = "enough".to_owned();
    let undoing = taken(&parked, Event::Cancel { reason }, &rules);
    assert!(undoing.wakes.is_empty(), "{:?}", undoing.wakes);
    assert_eq!(dropped(&undoing), [0, 1]);
    let active = |write: &Write| matches!(write, Write::Active { active: true, .. });
    assert!(!undoing.state.hot.is_active() && !undoing.writes.iter().any(active));
    assert_eq!(started_by(&undoing).len(), 1);
}
