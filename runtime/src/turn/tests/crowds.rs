//! Many children for which the told flow waits: how many begin, when it is enough, and what
//! becomes of those that are given up.

use std::collections::BTreeMap;

use super::asked::{Asked, arguments, id_of, is_late};
use super::told::{Ask, act, begun, bring, parked, rows, rules_told, taken, told, waiting};
use super::*;
use crate::machine::Until;
use crate::record::{Happening, InCrowd, Parent};

fn calls(calls: usize, limit: Option<u64>) -> Ask {
    Ask::Of(Asked::Calls(calls, 1, limit))
}

fn children(until: char) -> Ask {
    let ids = ["b", "c", "d"].map(str::to_owned);
    Ask::Of(Asked::Children(ids.into(), until))
}

fn ended(leaf: u64, failed: bool) -> Event {
    let leaf = LeafId(leaf);
    Event::MemberEnded { leaf, failed }
}

fn gathered(leaf: u64) -> Event {
    let end = |id, value| (id_of(id), value);
    let ends = vec![end("b", Some(Ok(told(&[])))), end("c", None)];
    let leaf = LeafId(leaf);
    Event::Gathered { leaf, ends }
}

/// The children that it enlists.
fn enlisted(turned: &Turned) -> Vec<&str> {
    let enlisted = turned.posts.iter().filter_map(|post| match post {
        Post::Enlist { id, .. } => Some(id.as_str()),
        _ => None,
    });
    enlisted.collect()
}

/// The calls that it holds, by the rows that have them, the next of each row last.
fn held(turned: &Turned) -> BTreeMap<u64, Vec<Fields>> {
    let rows = turned.writes.iter().filter_map(|write| match write {
        Write::Message { seq, payload, .. } => Some((*seq, payload)),
        _ => None,
    });
    let calls = |row| (0..).map_while(move |place| held_call(row, place));
    rows.map(|(seq, row)| (seq, calls(row).collect())).collect()
}

/// The rows of held calls that it drops.
fn dropped(turned: &Turned) -> Vec<u64> {
    let rows = turned.writes.iter().filter_map(|write| match write {
        Write::DropMessage { seq, .. } => Some(*seq),
        _ => None,
    });
    rows.collect()
}

/// The row and the place of the call that begins, and its id.
fn begins(turned: &Turned) -> Option<(u64, u64, &str)> {
    turned.posts.iter().find_map(|post| match post {
        Post::Begin { id, row, place, .. } => Some((row.1, *place, id.as_str())),
        _ => None,
    })
}

/// Whether it has another child begin, and whether it is to be told what all came to.
fn next_of(turned: &Turned) -> (bool, bool) {
    let begins = matches!(turned.posts[..], [Post::Begin { .. }]);
    assert!(begins || turned.posts.is_empty(), "{:?}", turned.posts);
    let gathers = matches!(turned.wakes[..], [Wake::Gather { .. }]);
    assert!(gathers || turned.wakes.is_empty(), "{:?}", turned.wakes);
    (begins, gathers)
}

#[test]
fn as_many_calls_run_at_once_as_the_limit_says() {
    let rules = rules_told();
    let first = begun(&rules, &[calls(4, Some(2))]);
    assert_eq!(enlisted(&first), ["a/1", "a/2"]);
    assert_eq!(held(&first)[&0].len(), 2);
    assert_eq!(first.state.hot.children, 4);
    assert!(is_late(&first.state, gathered(0), &rules), "none has ended");
    assert!(is_late(&first.state, ended(1, false), &rules), "no leaf");
    let mut state = first.state;
    let next = [Some((0, 1, "a/3")), Some((0, 0, "a/4")), None, None];
    for (expected, is_last) in next.into_iter().zip([false, false, false, true]) {
        let turned = taken(&state, ended(0, true), &rules);
        assert_eq!(next_of(&turned), (expected.is_some(), is_last));
        assert_eq!(begins(&turned), expected);
        let is_empty = expected.is_some_and(|(_, place, _)| place == 0);
        assert_eq!(dropped(&turned), if is_empty { vec![0] } else { vec![] });
        state = turned.state;
    }
    assert!(is_late(&state, ended(0, false), &rules), "it is enough");
    let last = taken(&state, gathered(0), &rules);
    assert_eq!(
        rows(&last)[0],
        &Happening::ChildrenEnded { ended: 1, of: 2 }
    );
    assert!(last.state.hot.is_finished());
}

#[test]
fn calls_without_a_limit_begin_at_once_up_to_a_thousand() {
    let rules = rules_told();
    for limit in [None, Some(5000)] {
        let first = begun(&rules, &[calls(1030, limit)]);
        assert_eq!(enlisted(&first).len(), 1024);
        assert_eq!(held(&first)[&0].len(), 6);
    }
}

#[test]
fn held_calls_lie_in_rows_of_some_kilobytes_in_the_order_in_which_they_begin() {
    let rules = rules_told();
    for (size_bytes, in_row) in [(1, 64), (1000, 16)] {
        let asks = Ask::Of(Asked::Calls(101, size_bytes, Some(1)));
        let first = begun(&rules, &[asks]);
        let rows = held(&first);
        assert_eq!(rows.values().map(Vec::len).sum::<usize>(), 100);
        let full = rows.iter().filter(|(_, calls)| calls.len() == in_row);
        assert_eq!(full.count(), 100 / in_row);
        let (mut state, mut left) = (first.state, rows);
        for number in 2..=101 {
            let turned = taken(&state, ended(0, false), &rules);
            let (row, place, id) = begins(&turned).unwrap();
            assert_eq!(id, format!("a/{number}"));
            let calls = left.get_mut(&row).unwrap();
            assert_eq!(calls.len() as u64, place + 1, "the last of its row");
            calls.pop();
            left.retain(|_, calls| !calls.is_empty());
            let gone = (place == 0).then_some(row);
            assert_eq!(dropped(&turned), gone.into_iter().collect::<Vec<_>>());
            state = turned.state;
        }
        assert!(left.is_empty());
    }
}

#[test]
fn held_calls_are_dropped_when_nobody_waits_for_them() {
    let rules = rules_told();
    let asks = [calls(200, Some(1)), act()];
    let first = begun(&rules, &asks);
    assert_eq!(held(&first).len(), 4);
    for next in [vec![], vec![act()]] {
        let turned = taken(&first.state, bring(1, &next), &rules);
        assert_eq!(dropped(&turned), [0, 1, 2, 3]);
    }
    let kept = taken(&first.state, bring(1, &[Ask::Keep(0), act()]), &rules);
    assert!(dropped(&kept).is_empty());
}

#[test]
fn it_is_enough_when_the_kind_of_wait_says_so() {
    let rules = rules_told();
    // After how many ends, of which none or the second is a failure.
    for (until, sound, failing) in [('a', 3, 3), ('e', 3, 2), ('o', 1, 1)] {
        for (expected, fails) in [(sound, false), (failing, true)] {
            let first = begun(&rules, &[children(until)]);
            assert_eq!(enlisted(&first), ["b", "c", "d"]);
            assert_eq!(first.state.hot.children, 0);
            let (mut state, mut ends) = (first.state, 0);
            while !is_late(&state, ended(0, false), &rules) {
                ends += 1;
                let turned = taken(&state, ended(0, fails && ends == 2), &rules);
                assert_eq!(next_of(&turned), (false, ends == expected), "{until}");
                state = turned.state;
            }
            assert_eq!(ends, expected, "{until}");
        }
    }
}

#[test]
fn one_that_is_enough_early_begins_no_other() {
    let rules = rules_told();
    let mut state = begun(&rules, &[calls(3, Some(1))]).state;
    let hot = Arc::make_mut(&mut state.hot);
    for leaf in hot.leaves_mut() {
        if let LeafWait::Crowd { until, .. } = &mut leaf.wait {
            *until = Until::One;
        }
    }
    let turned = taken(&state, ended(0, false), &rules);
    assert_eq!(next_of(&turned), (false, true));
}

#[test]
fn an_argument_of_one_of_many_is_too_large_when_it_is_over_the_limit() {
    let rules = rules_told();
    let first = begun(&rules, &[Ask::Of(Asked::Calls(2, 1000, None))]);
    assert_eq!(waiting(&first), [0]);
    let first = begun(&rules, &[Ask::Of(Asked::Calls(2, 1001, None))]);
    let text = parked(&first).reason.to_string();
    assert!(
        text.contains("argument `load` of one of many actions"),
        "{text}"
    );
    assert!(first.posts.is_empty());
}

#[test]
fn children_that_are_given_up_are_let_go_of_unless_it_ends() {
    let rules = rules_told();
    let dismissed = |turned: &Turned| {
        let posts = turned.posts.iter();
        let leaves = posts.filter_map(|post| match post {
            Post::Dismiss { leaf } => Some(leaf.0),
            _ => None,
        });
        leaves.collect::<Vec<_>>()
    };
    let asks = [children('a'), act(), children('o'), act()];
    let first = begun(&rules, &asks);
    assert!(dismissed(&first).is_empty());
    let fewer = [Ask::Keep(2), act()];
    let turned = taken(&first.state, bring(1, &fewer), &rules);
    assert_eq!(dismissed(&turned), [0]);
    let turned = taken(&first.state, bring(1, &[]), &rules);
    assert!(dismissed(&turned).is_empty());
}

#[test]
fn a_child_is_told_of_the_crowd() {
    let rules = rules_told();
    let flow = rules.registry.flow("told", 1).copied().unwrap();
    let parent = Parent {
        key: InstanceKey(1),
        id: id_of("p"),
        root: id_of("r"),
        detached: false,
        crowd: None,
    };
    let new = |parent| NewInstance {
        key: InstanceKey(4),
        instance: Instance {
            parent,
            ..instance("told", arguments(&[act()], 1))
        },
        messages: Vec::new(),
    };
    let begun_by = |parent| start(new(parent), &flow, &rules, at(1), JournalSeq(0)).state;
    let lonely = begun_by(None);
    let enlists = || Event::Enlisted { leaf: LeafId(3) };
    assert!(is_late(&lonely, enlists(), &rules), "it has no parent");
    let known = taken(&begun_by(Some(parent.clone())), enlists(), &rules).state;
    let (leaf, called) = (LeafId(3), false);
    let crowd = Some(InCrowd { leaf, called });
    assert_eq!(known.instance.parent, Some(Parent { crowd, ..parent }));
}

#[test]
fn calls_that_a_cancel_ends_in_their_first_turn_are_not_held() {
    let rules = rules_told();
    let mut state = begun(&rules, &[act()]).state;
    let hot = Arc::make_mut(&mut state.hot);
    hot.leaves_mut().for_each(|leaf| leaf.shielded = true);
    let reason = "why".to_owned();
    let cancelled = taken(&state, Event::Cancel { reason }, &rules).state;
    let turned = taken(&cancelled, bring(0, &[calls(200, Some(1))]), &rules);
    assert!(turned.state.hot.is_finished());
    assert!(held(&turned).is_empty());
}
