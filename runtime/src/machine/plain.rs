//! What a machine asks of the plain copy of its flow, so that rustc checks that first.
//! Where something is wrong there, the machine has no types, and nothing is said twice.
//!
//! The copy gives what is not `Send`, and hides it: to know, rustc must check the copy.
//! What is wrong it takes for `Send`. Method resolution does the rest.

use std::fmt;
use std::marker::PhantomData;

/// Knows the types of a machine whose plain copy is right.
#[derive(Debug, Clone, Copy)]
pub struct Types;

impl Types {
    /// Gives back `value`.
    pub fn known<T>(self, value: T) -> T {
        value
    }
}

/// What a plain copy gives.
#[derive(Debug)]
pub struct NotSend(PhantomData<*const ()>);

/// What a plain copy gives, or rather would: it is never called.
#[must_use]
pub fn not_send() -> NotSend {
    NotSend(PhantomData)
}

/// The plain copy, by the type of what it gives.
pub struct Checked<R>(PhantomData<R>);

impl<R> fmt::Debug for Checked<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Checked")
    }
}

/// Has rustc check `copy`.
pub fn checked<R>(_copy: fn() -> R) -> Checked<R> {
    Checked(PhantomData)
}

/// A copy in which something is wrong.
pub trait ViaWrong {
    /// Gives a value of any type: rustc says nothing of what is made of it.
    fn give<T, U>(&self, value: T) -> U {
        drop(value);
        unreachable!("a flow with an error does not run")
    }
}

impl<R: Send> ViaWrong for Checked<R> {}

/// A copy without an error.
pub trait ViaRight {
    /// Gives back `value`.
    fn give<T>(&self, value: T) -> T {
        value
    }
}

impl<R> ViaRight for &Checked<R> {}
