//! Kept locals that may be shared borrows. What is borrowed cannot change while
//! the borrow lives: so a copy of it is stored, and the next state borrows that.

use std::fmt;

use super::forms::{Form, StoredForm, Written};
use super::run::Run;
use crate::codec::{self, DecodeError, EncodeError};
use crate::payload::Payload;

/// The form of a kept local, its number, and how to store it.
pub struct LentTie<F: Form> {
    local: u16,
    encode: fn(&F::Lent<'_>) -> Result<Payload, EncodeError>,
    decode: fn(&Payload) -> Result<F::Stored, DecodeError>,
}

impl<F: Form> Clone for LentTie<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F: Form> Copy for LentTie<F> {}

impl<F: Form> fmt::Debug for LentTie<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LentTie")
    }
}

/// Makes the tie of the local of this number, which may be a borrow.
#[must_use]
pub fn lent<F: StoredForm>(local: u16) -> LentTie<F> {
    LentTie {
        local,
        encode: |value| {
            Ok(Payload::from_bytes(
                codec::to_vec(&Written::<F>(value))?.into(),
            ))
        },
        decode: |payload| codec::from_slice(payload.bytes()),
    }
}

impl<F: Form> LentTie<F> {
    /// Says of which form the local is: by value, or it would not be said that it has none,
    /// as behind an error.
    pub fn has(self, _form: F) {}

    /// Says that `local` is of this type, before the code around it would say less.
    pub fn is(self, _local: &F::Lent<'_>) {}

    /// The local; once.
    #[must_use]
    pub fn lend<'a>(self, open: &'a mut F::Open<'a>) -> F::Lent<'a> {
        F::lend(open)
    }

    /// The local, for code that is never reached.
    #[must_use]
    pub fn never<'a>(self) -> F::Lent<'a> {
        unreachable!("generated for its type only")
    }
}

/// What a state borrows a local from.
pub struct Held<F: Form>(F::Stored);

impl<F: Form> fmt::Debug for Held<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Held")
    }
}

impl<F: Form> Held<F> {
    /// What the local is lent from; once.
    pub fn open(&mut self) -> F::Open<'_> {
        F::open(&mut self.0)
    }
}

impl Run<'_> {
    /// Restores a local that may be a borrow; `None` stops the machine.
    pub fn hold<F: Form>(&mut self, tie: LentTie<F>) -> Option<Held<F>> {
        self.take_with(tie.local, tie.decode).map(Held)
    }

    /// Keeps a local that may be a borrow.
    pub fn put_lent<F: Form>(&mut self, tie: LentTie<F>, value: &F::Lent<'_>) {
        self.put_encoded(tie.local, (tie.encode)(value));
    }
}
