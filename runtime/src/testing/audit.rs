//! The audit of a package's flows, from a test of that package.
//!
//! In: what cargo tells a test about its package. Out: the report of the audit,
//! or a panic with it. What is read and found is for `flowstone-audit`.

use std::env;
use std::path::PathBuf;

pub use flowstone_audit::{Audit, AuditError, AuditedFlow, Finding, Report};

/// Asserts that no flow of this package reaches what differs from run to run:
/// clocks, randomness, environment, files, network, threads, statics that change,
/// collections without an order, output.
///
/// It builds the package as `cargo build --bins --examples --tests` does, which is
/// done already while its tests run, and reads what the flows are compiled to:
/// their helpers, dependencies and std are seen too. Under a second for a package
/// of usual size. `flowstone audit` is the same as a command.
///
/// # Panics
///
/// With the report, in the form of rustc's messages, if there are findings. Also
/// if the package does not build, has no flows, or its objects cannot be read: on
/// platforms whose objects are not ELF (macOS, Windows) it says so.
///
/// # Examples
///
/// In `tests/deterministic.rs`:
///
/// ```no_run
/// #[test]
/// fn flows_are_deterministic() {
///     flowstone::testing::assert_deterministic();
/// }
/// ```
#[track_caller]
pub fn assert_deterministic() {
    match audit() {
        Err(error) => panic!("flows were not audited: {error}"),
        Ok(report) if report.flows.is_empty() => panic!(
            "flows were not audited: this package has none\n\
             help: put the test into the package that has them"
        ),
        Ok(report) => assert!(report.is_clean(), "\n{report}"),
    }
}

/// Audits the flows of this package, and leaves it to the caller to judge.
///
/// Features other than the default ones, or other packages, are a matter of
/// [`Audit`].
///
/// # Errors
///
/// If the package does not build, or its objects cannot be read.
///
/// # Examples
///
/// ```no_run
/// let report = flowstone::testing::audit()?;
/// for finding in &report.findings {
///     assert_ne!(finding.group, "wall_clock", "{report}");
/// }
/// # Ok::<(), flowstone::testing::AuditError>(())
/// ```
pub fn audit() -> Result<Report, AuditError> {
    // Cargo sets it for tests; one that is started by hand is in its package.
    let folder = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let folder = folder.or_else(|| env::current_dir().ok());
    let manifest = folder.unwrap_or_default().join("Cargo.toml");
    Audit::new().manifest(manifest).run()
}
