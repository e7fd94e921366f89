//! An `async fn` of the user's that a flow awaits, and that awaits actions itself: it should
//! be a flow, and rustc says so where it awaits them. Here nothing more shall be said.
//!
//! Behind an error rustc takes what such a function gives for `Unpin`, which the future of
//! an `async fn` never is.

use super::{Op, Refused};

/// What an `async fn` gives that is neither a flow nor an action.
#[derive(Debug)]
pub struct Unmarked<F>(pub F);

impl<F: Future + Unpin> Unmarked<F> {
    /// The function has an error: what it would give can be awaited.
    #[must_use]
    pub fn op(self) -> Refused<F::Output> {
        const { panic!("an `async fn` that is no flow is awaited in a flow") }
    }
}

/// A function without an error.
pub trait ViaFuture {
    /// What it gives.
    type Future;
    /// Gives that: no operation, and rustc says so.
    fn op(self) -> Self::Future;
}

impl<F> ViaFuture for Unmarked<F> {
    type Future = F;

    fn op(self) -> F {
        self.0
    }
}

/// What stands for a call that is used as if it had been awaited: of a future rustc says
/// where the `.await` is missing.
pub fn unawaited<T>(op: impl Op<Output = T>) -> impl Future<Output = T> {
    drop(op);
    std::future::pending()
}
