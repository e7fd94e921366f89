//! Many children for which the told flow waits: how many begin, when it is enough, and what
//! becomes of those that are given up.

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

/// The children that it enlists, and whether they are held.
fn enlisted(turned: &Turned) -> Vec<(&str, bool)> {
    let enlisted = turned.posts.iter().filter_map(|post| match post {
        Post::Enlist { id, held, .. } => Some((id.as_str(), *held)),
        _ => None,
    });
    enlisted.collect()
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
    let expected = [("a/1", false), ("a/2", false), ("a/3", true), ("a/4", true)];
    assert_eq!(enlisted(&first), expected);
    assert_eq!(first.state.hot.children, 4);
    assert!(is_late(&first.state, gathered(0), &rules), "none has ended");
    assert!(is_late(&first.state, ended(1, false), &rules), "no leaf");
    let mut state = first.state;
    for expected in [(true, false), (true, false), (false, false), (false, true)] {
        let turned = taken(&state, ended(0, true), &rules);
        assert_eq!(next_of(&turned), expected);
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
        let enlisted = enlisted(&first);
        let held = enlisted.iter().position(|(_, held)| *held);
        assert_eq!(held, Some(1024));
    }
}

#[test]
fn it_is_enough_when_the_kind_of_wait_says_so() {
    let rules = rules_told();
    // After how many ends, of which none or the second is a failure.
    for (until, sound, failing) in [('a', 3, 3), ('e', 3, 2), ('o', 1, 1)] {
        for (expected, fails) in [(sound, false), (failing, true)] {
            let first = begun(&rules, &[children(until)]);
            let held = [("b", false), ("c", false), ("d", false)];
            assert_eq!(
                (enlisted(&first), first.state.hot.children),
                (held.into(), 0)
            );
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
fn a_child_is_told_of_the_crowd_and_begins_once() {
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
    let held_by = |parent| hold(new(parent), &flow, &rules, at(1), JournalSeq(0)).state;
    let lonely = held_by(None);
    let enlists = || Event::Enlisted { leaf: LeafId(3) };
    assert!(is_late(&lonely, enlists(), &rules), "it has no parent");
    let held = held_by(Some(parent.clone()));
    let known = taken(&held, enlists(), &rules).state;
    let (leaf, called) = (LeafId(3), false);
    let crowd = Some(InCrowd { leaf, called });
    assert_eq!(known.instance.parent, Some(Parent { crowd, ..parent }));
    let begun = taken(&known, Event::Begin, &rules);
    assert_eq!(
        (rows(&begun), waiting(&begun)),
        (vec![&Happening::Started], vec![0])
    );
    assert!(is_late(&begun.state, Event::Begin, &rules), "it has begun");
}
