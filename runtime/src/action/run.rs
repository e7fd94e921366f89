//! How generated code turns an attempt into a future.
//!
//! In: decoded arguments and dependencies, or why there are none. Out: the
//! future that the engine polls; limits and panics are the engine's.

use std::future::{pending, ready};
use std::panic::resume_unwind;

use tracing::{Dispatch, Span, dispatcher};

use super::{AttemptOutcome, RunFuture};

/// The attempt, or at once what stood in its way.
#[must_use]
pub fn prepared(attempt: Result<RunFuture, AttemptOutcome>) -> RunFuture {
    attempt.unwrap_or_else(|outcome| Box::pin(ready(outcome)))
}

/// The attempt that `body` makes.
#[must_use]
pub fn attempt(body: impl Future<Output = AttemptOutcome> + Send + 'static) -> RunFuture {
    Box::pin(body)
}

/// Runs a plain `fn` on the blocking pool; its panic goes on in the caller.
///
/// # Cancel safety
///
/// A body that has begun runs to its end; its result is dropped.
pub async fn blocking<T: Send + 'static>(body: impl FnOnce() -> T + Send + 'static) -> T {
    #[cfg(feature = "testing")]
    if IN_PLACE.get() {
        return body();
    }
    let (listener, span) = (dispatcher::get_default(Dispatch::clone), Span::current());
    let body = move || dispatcher::with_default(&listener, || span.in_scope(body));
    match tokio::task::spawn_blocking(body).await {
        Ok(value) => value,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            // The pool shuts down: the attempt ends with the process.
            Err(_) => pending().await,
        },
    }
}

#[cfg(feature = "testing")]
thread_local! {
    static IN_PLACE: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Polls an attempt whose plain `fn` runs here, not on the blocking pool.
#[cfg(feature = "testing")]
pub(crate) fn in_place<R>(poll: impl FnOnce() -> R) -> R {
    struct Restore(bool);
    impl Drop for Restore {
        fn drop(&mut self) {
            IN_PLACE.set(self.0);
        }
    }
    let _restore = Restore(IN_PLACE.replace(true));
    poll()
}
