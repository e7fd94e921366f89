//! What bodies spawn: one type that is a child of a flow, and a future to a plain body.
//! Compiled with each generated crate, too.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use flowstone::flow::{Handle, JoinError};
use flowstone::machine::{Cx, Fault, Member, Op, Progress};
use flowstone::{Payload, action, flow};
use serde::{Deserialize, Serialize};

use crate::differ::{Tick, say, tick};
use crate::driven::is_driven;

/// What a child brings that was spawned with `n`: some are cancelled.
///
/// # Errors
///
/// If it was cancelled.
pub fn end_of(n: i64) -> Result<i64, JoinError> {
    if n.rem_euclid(5) == 4 {
        let reason = format!("it was {n}");
        return Err(JoinError::Cancelled { reason });
    }
    Ok(n)
}

#[flow(name = "spawned by a body")]
async fn child(n: i64) -> i64 {
    n
}

/// What may undo a step.
#[action(name = "undone by a body")]
pub fn undo(n: i64) -> i64 {
    n
}

/// What was spawned with a number.
#[derive(Serialize, Deserialize)]
#[must_use = "it is spawned, and nobody waits for it"]
pub struct Spawned {
    n: i64,
    handle: Option<Handle<i64>>,
    #[serde(skip)]
    waits: Option<Tick>,
}

impl fmt::Debug for Spawned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Spawned").field(&self.n).finish()
    }
}

/// Spawns something that comes to [`end_of`] a number.
pub fn spawn(n: i64) -> Spawned {
    let handle = is_driven().then(|| child(n).spawn());
    if handle.is_none() {
        say(format!("spawn {n}"));
    }
    let waits = None;
    Spawned { n, handle, waits }
}

impl Future for Spawned {
    type Output = Result<i64, JoinError>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let n = self.n;
        let waits = self.waits.get_or_insert_with(|| tick(n));
        Pin::new(waits).poll(cx).map(end_of)
    }
}

impl Spawned {
    fn handle(self) -> Handle<i64> {
        self.handle.expect("a flow has spawned it")
    }
}

impl Op for Spawned {
    type Output = Result<i64, JoinError>;

    fn start(self, cx: &mut Cx) -> Progress<Self::Output> {
        self.handle().start(cx)
    }

    fn resume(waiting: Bytes, cx: &mut Cx) -> Progress<Self::Output> {
        Handle::resume(waiting, cx)
    }

    const IS_CHILD: bool = true;

    fn member(self) -> Result<Member, Fault> {
        self.handle().member()
    }

    fn of_end(end: Result<Payload, JoinError>, cx: &Cx) -> Result<Self::Output, Fault> {
        Handle::of_end(end, cx)
    }
}
