//! `docs/determinism-corpus.md` says the numbers and the misses as they are.

use std::path::PathBuf;

use super::benign::told_without_cut_points;
use super::misses::{MISSED_BY_AUDIT, MISSED_BY_SEGMENTS, Miss};
use super::{good, offences};

#[test]
fn the_doc_says_the_numbers_and_the_misses() {
    let before = told_without_cut_points();
    println!("without cut points: {} {before:?}", before.len());
    let (benign, all) = (good::FLOWS.len(), offences().count());
    let rate = |count: usize, all: usize| {
        let tenths = (count * 1_000 + all / 2) / all;
        format!("{count} of {all} ({}.{} %)", tenths / 10, tenths % 10)
    };
    let mut expected = vec![
        format!("| the compiler | {} | |", rate(0, benign)),
        format!(
            "| the audit | {} | {} |",
            rate(0, benign),
            rate(all - MISSED_BY_AUDIT.len(), all)
        ),
        format!(
            "| the audit without cut points | {} | |",
            rate(before.len(), benign)
        ),
        format!(
            "| the check of segments | {} | {} |",
            rate(0, benign),
            rate(all - MISSED_BY_SEGMENTS.len(), all)
        ),
    ];
    let line = |miss: &Miss| format!("- `{}`: {}.", miss.flow, miss.reason);
    let misses = MISSED_BY_AUDIT.iter().chain(MISSED_BY_SEGMENTS);
    expected.extend(misses.map(line));
    let names = before.iter().map(|name| format!("`{name}`"));
    let names: Vec<_> = names.collect();
    expected.push(names.join(" "));

    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/determinism-corpus.md");
    let doc = std::fs::read_to_string(path).expect("the doc is there");
    // Long lines are broken in it.
    let doc = words(&doc);
    let absent: Vec<_> = expected
        .iter()
        .filter(|line| !doc.contains(&words(line)))
        .collect();
    assert!(
        absent.is_empty(),
        "docs/determinism-corpus.md does not say:\n{absent:#?}"
    );
    let misses = MISSED_BY_AUDIT.len() + MISSED_BY_SEGMENTS.len();
    assert_eq!(doc.matches("- `").count(), misses, "it lists others too");
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
