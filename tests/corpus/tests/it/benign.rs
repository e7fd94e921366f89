//! Benign flows: every layer is silent.

use std::collections::BTreeSet;

use super::{SHIPPED, audited, checked, good, groups};
use flowstone::testing::Audit;

#[test]
fn the_audit_is_silent() {
    let names: BTreeSet<_> = good::FLOWS.iter().map(|entry| entry.name).collect();
    let findings = SHIPPED.findings.iter();
    let told = findings.filter(|finding| names.contains(finding.flow.name.as_str()));
    let told = told.map(|finding| {
        let way: Vec<_> = finding.path.iter().map(|frame| &frame.function).collect();
        format!("{}: {} by {way:?}", finding.group, finding.leaf)
    });
    let told: Vec<_> = told.collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

/// What the audit would tell of if it had no cut points; the doc says how many.
pub(crate) fn told_without_cut_points() -> Vec<&'static str> {
    let report = audited(&Audit::new().without_cut_points());
    let told = good::FLOWS
        .iter()
        .filter(|entry| !groups(&report, entry.name).is_empty());
    told.map(|entry| entry.name).collect()
}

#[tokio::test]
async fn the_check_of_segments_is_silent() {
    let mut told = Vec::new();
    for entry in good::FLOWS {
        if let Err(finding) = checked(entry).await {
            told.push(finding.to_string());
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n"));
}
