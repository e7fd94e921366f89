//! Many things awaited at once in one flow, beside as many flows of one step.

use std::time::{Duration, Instant};

use super::flows;
use super::memory::written_bytes;
use super::ours::{WORKS, close, open};

/// What is awaited.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fan {
    /// Nothing at once: flows of their own.
    Alone,
    /// Calls of an action, by `flow::join_all`.
    Actions,
    /// Children of the same flow, spawned and then awaited.
    Children,
}

/// What a run took.
pub(crate) struct Ran {
    pub(crate) time: Duration,
    pub(crate) written_bytes: u64,
}

pub(crate) async fn run(fan: Fan, number: u32) -> Ran {
    let folder = tempfile::tempdir().expect(WORKS);
    let engine = open(folder.path()).await;
    let written = written_bytes();
    let start = Instant::now();
    match fan {
        Fan::Alone => {
            let mut running = tokio::task::JoinSet::new();
            for n in 0..number {
                let engine = engine.clone();
                running.spawn(async move {
                    let id = format!("flow-{n}");
                    engine.run(id, flows::echoes(1)).await.expect(WORKS)
                });
            }
            running.join_all().await;
        }
        Fan::Actions => {
            engine
                .run("fan", flows::fan_out(number))
                .await
                .expect(WORKS);
        }
        Fan::Children => {
            let call = flows::fan_out_children(number);
            engine.run("fan", call).await.expect(WORKS);
        }
    }
    let time = start.elapsed();
    let ran = Ran {
        time,
        written_bytes: written_bytes() - written,
    };
    close(engine).await;
    ran
}
