//! Segments that run again under test: what is told of a flow that differs from
//! run to run, and of one that does not. A binary of its own, because the crate
//! that traps calls is linked into it.
#![cfg(debug_assertions)]

mod allowed;
mod guard;
mod honest;
mod offences;
mod rerun;
mod trapped;

use flowstone::client::{ResultError, RunError};
use flowstone::flow::FlowCall;
use flowstone::machine::Machine;
use flowstone::prelude::*;
use flowstone::record::{Finding, Offence};
use flowstone::testing::{Segments, check_segments};

/// An engine whose segments are checked, and what checks them.
struct Checked {
    engine: Engine,
    segments: Segments,
}

impl Checked {
    async fn new() -> Self {
        let segments = check_segments();
        let engine = Engine::builder().in_memory().open().await;
        let engine = engine.expect("it opens");
        Self { engine, segments }
    }

    /// What is found in a flow, by its result and by its guard.
    async fn found<M: Machine>(self, call: FlowCall<M>) -> Finding
    where
        M::Output: std::fmt::Debug,
    {
        let told = self.engine.run("checked", call).await;
        let Err(RunError::Result(ResultError::NotDeterministic { finding, id })) = told else {
            panic!("nothing was found: {told:?}");
        };
        assert_eq!(id.as_str(), "checked");
        assert_eq!(self.segments.findings(), [*finding.clone()]);
        *finding
    }

    /// The result of a flow in which nothing is found.
    async fn silent<M: Machine>(self, call: FlowCall<M>) -> M::Output {
        let result = self.engine.run("checked", call).await;
        result.unwrap_or_else(|error| panic!("{error}"))
    }
}

/// The group, the call and the path of a call that was trapped.
fn called(finding: &Finding) -> (&str, &str, Vec<&str>) {
    let Offence::Called {
        group, call, path, ..
    } = &finding.offence
    else {
        panic!("{finding}");
    };
    let path = path.iter().map(|(name, _)| name.as_str()).collect();
    (group, call, path)
}

/// What differs.
fn differs(finding: &Finding) -> &str {
    match &finding.offence {
        Offence::Differs { what, .. } => what,
        _ => panic!("{finding}"),
    }
}
