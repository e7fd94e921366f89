//! The type of what a flow awaits, without a value of it: it connects the arm
//! that starts the operation with the one that gets its outcome.

use std::fmt;

use bytes::Bytes;

use super::{Cx, Op, Progress};

/// The types of an awaited operation, and how to run it.
pub struct OpTie<O, T> {
    pub(super) start: fn(O, &mut Cx) -> Progress<T>,
    pub(super) resume: fn(Bytes, &mut Cx) -> Progress<T>,
}

impl<O, T> Clone for OpTie<O, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<O, T> Copy for OpTie<O, T> {}

impl<O, T> fmt::Debug for OpTie<O, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OpTie")
    }
}

impl<O, T> OpTie<O, T> {
    /// The output of the operation as a plain function body sees it: the
    /// pristine copy of a flow awaits with this, and is never run.
    pub fn oracle(self, op: O) -> T {
        drop(op);
        unreachable!("the plain copy of a flow is compiled, not run")
    }
}

impl<O: Op> OpTie<O, O::Output> {
    /// The tie of an operation.
    pub(super) const OF: Self = Self {
        start: O::start,
        resume: O::resume,
    };
}
