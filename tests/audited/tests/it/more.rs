//! What else is walked or not: actions, state that is stored, statics, generic
//! flows, flows that call flows, and what flows allow themselves.

use super::{REPORT, found, functions};

#[test]
fn an_action_may_do_what_a_flow_may_not() {
    assert!(found("calls_an_action").is_empty());
}

#[test]
fn built_ins_are_no_findings() {
    assert!(found("uses_built_ins").is_empty());
}

#[test]
fn code_that_stores_a_local_is_walked() {
    let [finding] = found("keeps_a_dated_number")[..] else {
        panic!("{}", *REPORT);
    };
    assert_eq!(finding.group, "wall_clock");
    let functions = functions(finding);
    assert!(
        functions
            .iter()
            .any(|function| function.contains("Dated as serde")),
        "{functions:#?}"
    );
}

#[test]
fn a_static_that_changes_is_found() {
    let [finding] = found("counts")[..] else {
        panic!("{}", *REPORT);
    };
    assert_eq!(finding.group, "global_state");
    assert_eq!(finding.leaf, "flowstone_audited::hidden::COUNTED");
}

#[test]
fn a_generic_flow_is_walked_for_the_types_it_is_used_for() {
    let [finding] = found("used")[..] else {
        panic!("{}", *REPORT);
    };
    assert_eq!(finding.group, "wall_clock");
    // It is told of the flow that does it, not of each that calls it.
    assert!(found("calls_used").is_empty());
}

#[test]
fn a_generic_flow_that_is_used_for_no_type_is_said_to_be_unchecked() {
    let unchecked = REPORT.unchecked.iter().map(|flow| flow.name.as_str());
    assert_eq!(unchecked.collect::<Vec<_>>(), ["unused"]);
}

#[test]
fn an_allowance_silences_its_group_only_and_is_listed() {
    let [finding] = found("allowed")[..] else {
        panic!("{}", *REPORT);
    };
    assert_eq!(finding.group, "environment_process");
    let mut allowances = REPORT.allowances.iter();
    let allowance = allowances.find(|allowance| allowance.flow.name == "allowed");
    let allowance = allowance.expect("it is listed");
    assert_eq!(allowance.allow.group, "wall_clock");
    assert_eq!(allowance.allow.reason, "it is shown to people only");
    assert_eq!(allowance.silenced.len(), 1);
}

#[test]
fn a_method_is_walked_and_has_allowances_of_its_own() {
    let [finding] = found("Card::charge")[..] else {
        panic!("{}", *REPORT);
    };
    assert_eq!(finding.group, "wall_clock");
    let mut allowances = REPORT.allowances.iter();
    assert!(allowances.any(|allowance| allowance.flow.name == "Card::charge"));
}

#[test]
fn a_map_in_an_argument_is_told_where_the_argument_stands() {
    let text = include_str!("../../src/more.rs");
    let found = found("takes_a_map");
    assert!(!found.is_empty());
    for finding in found {
        assert_eq!(finding.group, "unordered_collections");
        let place = finding.location().expect("there is debug information");
        let line = text.lines().zip(1..).find(|(_, line)| *line == place.line);
        let (line, _) = line.expect("the line is in the file");
        let column = usize::try_from(place.column).expect("a column is small");
        let there = line.get(column - 1..).unwrap_or_default();
        assert!(there.starts_with("prices: "), "{place:?} is `{there}`");
    }
}
