//! The audit of this package: what it finds, and on what it is silent.
//!
//! It is made once, on what cargo built for these tests.

mod evasions;
mod more;
mod written;

use std::sync::LazyLock;

use flowstone::testing::{Finding, Report, audit};

/// The audit of this package.
static REPORT: LazyLock<Report> = LazyLock::new(|| match audit() {
    Ok(report) => report,
    Err(error) => panic!("{error}"),
});

/// What was found in a flow.
fn found(flow: &str) -> Vec<&'static Finding> {
    let known = REPORT.flows.iter().any(|audited| audited.name == flow);
    assert!(known, "there is no flow `{flow}`");
    let findings = REPORT.findings.iter();
    findings
        .filter(|finding| finding.flow.name == flow)
        .collect()
}

/// The functions on the way of a finding.
fn functions(finding: &Finding) -> Vec<&str> {
    let functions = finding.path.iter();
    functions.map(|frame| frame.function.as_str()).collect()
}
