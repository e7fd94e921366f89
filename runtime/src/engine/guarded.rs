//! An action's own code, which may panic.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use tracing::instrument::Instrumented;

use crate::action::{AttemptOutcome, RunFuture};

/// An action's future whose panics are values. It is not polled after one; it may also
/// panic when it is dropped, as one is that takes too long.
pub(crate) struct Guarded(Option<Instrumented<RunFuture>>);

impl Guarded {
    pub(super) fn new(body: Instrumented<RunFuture>) -> Self {
        Self(Some(body))
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        let body = self.0.take();
        let _ = catch_unwind(AssertUnwindSafe(|| drop(body)));
    }
}

impl Future for Guarded {
    type Output = Result<AttemptOutcome, Box<dyn Any + Send>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(body) = &mut self.0 else {
            return Poll::Pending;
        };
        let polled = catch_unwind(AssertUnwindSafe(|| Pin::new(body).poll(cx)));
        match polled {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(outcome)) => Poll::Ready(Ok(outcome)),
            Err(panic) => Poll::Ready(Err(panic)),
        }
    }
}
