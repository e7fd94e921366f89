//! The corpus against the layers: the audit of what it is compiled to, and the
//! check of its segments while they run.
//!
//! That it compiles without a warning is the compiler's part. The audits are made
//! once. The numbers are those of `x86_64`, where system calls past the C library are
//! trapped too.
#![cfg(all(debug_assertions, target_os = "linux", target_arch = "x86_64"))]

mod benign;
mod misses;
mod offences;
mod written;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::LazyLock;

use flowstone::client::{ResultError, RunError};
use flowstone::prelude::Engine;
use flowstone::record::{Finding, Offence};
use flowstone::testing::{Audit, Report, check_segments};
use flowstone_corpus::{Entry, benign as good, offences as bad};

/// The audit as it is shipped.
static SHIPPED: LazyLock<Report> = LazyLock::new(|| audited(&Audit::new()));

fn audited(audit: &Audit) -> Report {
    let manifest = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml");
    let report = audit.clone().manifest(manifest).run();
    report.unwrap_or_else(|error| panic!("{error}"))
}

/// All flows that offend.
fn offences() -> impl Iterator<Item = &'static Entry> {
    bad::FLOWS.iter().copied().flatten()
}

/// The groups that the audit found in a flow.
fn groups(report: &Report, flow: &str) -> BTreeSet<&'static str> {
    let findings = report.findings.iter();
    let of_flow = findings.filter(|finding| finding.flow.name == flow);
    of_flow.map(|finding| finding.group).collect()
}

/// Runs a flow once, with its segments checked.
async fn checked(entry: &Entry) -> Result<String, Box<Finding>> {
    let segments = check_segments();
    let engine = Engine::builder().in_memory().open().await;
    let engine = engine.expect("it opens");
    let result = (entry.run)(&engine).await;
    let _told = segments.findings();
    match result {
        Ok(result) => Ok(result),
        Err(RunError::Result(ResultError::NotDeterministic { finding, .. })) => Err(finding),
        Err(error) => panic!("{}: {error}", entry.name),
    }
}

/// Whether a finding of the check of segments says what it is.
fn is_right(entry: &Entry, finding: &Finding) -> bool {
    match &finding.offence {
        Offence::Called { group, .. } => entry.groups.contains(&group.as_str()),
        Offence::Differs { .. } => true,
        _ => false,
    }
}

/// Groups that are refused; others are warnings.
const GROUPS: [&str; 16] = [
    "wall_clock",
    "monotonic_clock",
    "timezone_locale",
    "randomness",
    "ids",
    "environment_process",
    "filesystem",
    "network_and_clients",
    "async_runtime",
    "threads_sync",
    "global_state",
    "unordered_collections",
    "pointer_identity",
    "printing",
    "panics_backtraces",
    "unsafe_ffi",
];

#[test]
fn each_group_that_is_refused_has_an_offence() {
    let named: BTreeSet<_> = offences().flat_map(|entry| entry.groups).copied().collect();
    assert_eq!(named, BTreeSet::from(GROUPS));
}

#[test]
fn every_flow_of_the_package_is_in_a_table_once() {
    let entries = || good::FLOWS.iter().chain(offences());
    let names: BTreeSet<_> = entries().map(|entry| entry.name).collect();
    assert_eq!(names.len(), entries().count(), "a name is there twice");
    let audited: BTreeSet<_> = SHIPPED
        .flows
        .iter()
        .map(|flow| flow.name.as_str())
        .collect();
    assert_eq!(names, audited);
    assert!(SHIPPED.unchecked.is_empty(), "{:?}", SHIPPED.unchecked);
    assert!(SHIPPED.allowances.is_empty(), "{:?}", SHIPPED.allowances);
    assert!(good::FLOWS.len() >= 64 && offences().count() >= 64);
}
