//! Bugs planted in flows, actions, engines and stores, each with the call of the testing
//! kit that finds it and what that says, and with its correct twin, of which the same
//! call says nothing. docs/planted.md has the list.

mod actions;
mod by_hand;
mod cancels;
mod conformance;
mod durability;
mod engine;
mod flows;
mod messages;
mod stores;
mod undo;

use std::collections::BTreeSet;

/// So many of the sources have planted bugs only.
const OWN: usize = 9;

/// Where the tests of the list are.
const SOURCES: [&str; 10] = [
    include_str!("actions.rs"),
    include_str!("by_hand.rs"),
    include_str!("cancels.rs"),
    include_str!("conformance.rs"),
    include_str!("durability.rs"),
    include_str!("engine.rs"),
    include_str!("flows.rs"),
    include_str!("messages.rs"),
    include_str!("undo.rs"),
    include_str!("../simulation.rs"),
];

#[test]
fn the_list_names_each_planted_bug_and_no_other() {
    let list = include_str!("../../../../docs/planted.md");
    let rows = list.lines().filter_map(|line| line.strip_prefix("| "));
    let rows = rows.filter(|row| !row.starts_with("bug ") && !row.starts_with("---"));
    let named: Vec<_> = rows
        .map(|row| row.split('`').rev().nth(1).expect("a test's name"))
        .collect();
    for name in &named {
        let is_there = SOURCES.iter().any(|source| source.contains(name));
        assert!(is_there, "no test has `{name}`");
    }
    let unique: BTreeSet<_> = named.iter().collect();
    assert_eq!(unique.len(), named.len(), "{named:?}");
    assert!(named.len() >= 25, "{}", named.len());
    for source in &SOURCES[..OWN] {
        for test in source.split("#[test]\nfn ").skip(1) {
            let (name, _) = test.split_once('(').expect("a test");
            let is_listed = list.contains(name) || name.starts_with("the_same_");
            assert!(is_listed, "`{name}` is not in docs/planted.md");
        }
    }
}
