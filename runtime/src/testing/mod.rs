//! For the tests of programs that have flows (feature `testing`).

mod audit;

pub use audit::{Audit, AuditError, AuditedFlow, Finding, Report, assert_deterministic, audit};
