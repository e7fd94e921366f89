//! What a machine asks of the plain copy of its flow, so that rustc checks that first.
//! Where something is wrong there, the machine has no types, and nothing is said twice.
//!
//! The copy takes what is not `Send`, so what it gives, a future, is none: to know, rustc
//! must check the copy. What is wrong it takes for `Send`. Method resolution does the rest.

use std::fmt;
use std::marker::PhantomData;

use super::forms::{Form, StoredForm};
use super::items::Iterated;
use super::lend::{LentTie, lent};
use super::ties::{Tie, tie};
use crate::durable::Codec;

/// Knows the types of a machine whose plain copy is right.
#[derive(Debug, Clone, Copy)]
pub struct Types;

impl Types {
    /// Gives back `value`.
    pub fn known<T>(self, value: T) -> T {
        value
    }

    /// Fills a slot that has its type from who filled it first.
    pub fn fill<T>(self, slot: &mut Option<T>, value: T) {
        *slot = Some(value);
    }
}

/// A plain copy without an error: what its machine demands is demanded.
#[derive(Debug, Clone, Copy)]
pub struct Right;

impl Right {
    /// What a loop goes over.
    pub fn over<I>(self, source: I) -> Iterated<I> {
        Iterated::new(source)
    }

    /// The tie of a local. Where its codec is named, it is demanded to have one: by
    /// `Kept::CODEC`, and there alone.
    #[must_use]
    pub fn tie<T>(self, codec: Codec<T>, local: u16) -> Tie<T> {
        tie(codec, local)
    }

    /// The tie of a local that may be a borrow.
    #[must_use]
    pub fn lent<F: StoredForm>(self, local: u16) -> LentTie<F> {
        lent(local)
    }
}

/// A plain copy with an error, which may be the reason why a demand is not met. Types
/// stay what they are: without them rustc would blame what is right.
#[derive(Debug, Clone, Copy)]
pub struct Wrong;

impl Wrong {
    /// What a loop goes over, or cannot.
    pub fn over<I>(self, source: I) -> Doubtful<Iterated<I>> {
        Doubtful(Iterated::new(source))
    }

    /// Gives back what may be a borrow.
    pub fn borrowing<B>(self, value: B) -> B {
        value
    }

    /// The tie of a local, which may be of a type that cannot be stored.
    #[must_use]
    pub fn tie<C, T>(self, _codec: Codec<C>, _local: u16) -> Tie<T> {
        unreachable!("a flow with an error does not run")
    }

    /// The tie of a local that may be a borrow, or cannot be stored.
    #[must_use]
    pub fn lent<F: Form>(self, _local: u16) -> LentTie<F> {
        unreachable!("a flow with an error does not run")
    }
}

/// What may not be what a loop needs.
#[derive(Debug)]
pub struct Doubtful<T>(pub(super) T);

impl<I: IntoIterator> Doubtful<Iterated<I>> {
    /// It is an iterator.
    pub fn sure(self) -> Iterated<I> {
        self.0
    }
}

/// What is not.
pub trait ViaDoubt {
    /// Gives a value of any type: rustc says nothing of what is made of it.
    fn sure<U>(&self) -> U {
        unreachable!("a flow with an error does not run")
    }
}

impl<T> ViaDoubt for Doubtful<T> {}

/// What a plain copy takes, so that it is not `Send`.
#[derive(Debug)]
pub struct NotSend(PhantomData<*const ()>);

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

    /// Says so.
    fn judged(&self) -> Wrong {
        Wrong
    }
}

impl<R: Send> ViaWrong for Checked<R> {}

/// A copy without an error.
pub trait ViaRight {
    /// Gives back `value`.
    fn give<T>(&self, value: T) -> T {
        value
    }

    /// Says so.
    fn judged(&self) -> Right {
        Right
    }
}

impl<R> ViaRight for &Checked<R> {}
