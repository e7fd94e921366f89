//! The guard: which engines it is about, and what it does with findings.

use std::panic::{AssertUnwindSafe, catch_unwind};

use flowstone::client::RunError;
use flowstone::prelude::*;
use flowstone::testing::{Simulation, check_segments};

use crate::offences;

#[flow]
async fn asks_for_the_process() -> bool {
    offences::process()
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(future)
}

async fn run() -> Result<bool, RunError> {
    let engine = Engine::builder()
        .in_memory()
        .open()
        .await
        .expect("it opens");
    engine.run("g", asks_for_the_process()).await
}

#[test]
fn a_test_that_does_not_look_fails_with_the_report() {
    let failed = catch_unwind(AssertUnwindSafe(|| {
        let _segments = check_segments();
        // Nobody looks at this.
        let _ = block_on(run());
    }));
    let panic = failed.expect_err("the guard fails the test");
    let report = panic.downcast::<String>().expect("a text");
    let line = report.lines().next().expect("a first line");
    assert_eq!(
        line,
        "the flow `asks_for_the_process` is not deterministic: it asks for what belongs to the \
         process or the machine [environment_process]"
    );
    assert!(report.contains("segments::offences::process"), "{report}");
}

#[test]
fn the_error_says_the_same_to_people() {
    let segments = check_segments();
    let error = block_on(run()).expect_err("it is found");
    let [finding] = &segments.findings()[..] else {
        panic!("{error}");
    };
    // What a test that unwraps prints.
    let shown = format!("{error:?}");
    assert!(shown.contains(&finding.to_string()), "{shown}");
}

#[test]
fn without_a_guard_nothing_is_checked() {
    assert_eq!(block_on(run()).ok(), Some(true));
    drop(check_segments());
    assert_eq!(block_on(run()).ok(), Some(true));
}

#[test]
fn a_parked_instance_is_parked_for_everyone() {
    let segments = check_segments();
    block_on(async {
        let engine = Engine::builder()
            .in_memory()
            .open()
            .await
            .expect("it opens");
        let handle = engine
            .start("g", asks_for_the_process())
            .await
            .expect("started");
        let stopped = handle.finished_or_parked().await.expect("it is there");
        let Stopped::Parked(ParkReason::NotDeterministic { finding }) = stopped else {
            panic!("{stopped:?}");
        };
        assert_eq!(handle.result().await.map_err(|error| error.to_string()), {
            Err(format!("instance `g` is parked: {finding}"))
        });
        let described = handle.describe().await.expect("it is there");
        assert_eq!(described.status, Status::Parked);
        assert_eq!(segments.findings().len(), 1);
        engine.retry("g").await.expect("it is parked");
        assert!(handle.result().await.is_err(), "it is found again");
        assert_eq!(segments.findings().len(), 1);
    });
}

#[test]
fn segments_are_checked_in_a_simulation_too() {
    let segments = check_segments();
    let mut sim = Simulation::new(1);
    let result = sim.run(async |engine| engine.run("g", asks_for_the_process()).await);
    assert!(result.is_err(), "it is found");
    assert_eq!(segments.findings().len(), 1);
}
