//! Ties: they carry the type of a kept local from the place that binds it to
//! the places that restore it, and hold no value.
//!
//! Many locals are stored and restored by one call on their ties: the
//! borrow checker's work grows with the number of calls (200 awaits with 10
//! kept locals took it 10 s with a call a local, under 1 s with one for all). There is
//! a function for each number of them, not a trait: of a local whose type is an
//! error the others would have none, either.

#![expect(
    clippy::too_many_arguments,
    reason = "generated code alone calls these, and of tuples rustc would have to make more"
)]

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::hash::RandomState;

use super::awaited::OpTie;
use super::forms::{Form, Own};
use super::lend::LentTie;
use super::run::Run;
use crate::codec::{DecodeError, EncodeError};
use crate::determinism::{Ordered, Unordered};
use crate::durable::Codec;
use crate::payload::Payload;

/// The type of a kept local, its number, and how to store it.
pub struct Tie<T> {
    pub(super) local: u16,
    pub(super) encode: fn(&T) -> Result<Payload, EncodeError>,
    pub(super) decode: fn(&Payload) -> Result<T, DecodeError>,
    /// Whether a flow failed that returns this.
    pub(super) failed: fn(&T) -> bool,
}

impl<T> Clone for Tie<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Tie<T> {}

impl<T> fmt::Debug for Tie<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tie")
    }
}

impl Tie<Payload> {
    /// The tie of what is encoded already.
    pub(crate) const fn encoded() -> Self {
        Self {
            local: 0,
            encode: |payload| Ok(payload.clone()),
            decode: |payload| Ok(payload.clone()),
            failed: |_| false,
        }
    }
}

impl<T> Tie<T> {
    /// Encodes a value.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] when the value's own `Serialize` fails.
    pub fn encode(&self, value: &T) -> Result<Payload, EncodeError> {
        (self.encode)(value)
    }

    /// The same. What it refers to is referred to from the line of this call: a
    /// constant alone would be put wherever it is used.
    #[must_use]
    pub fn here(self) -> Self {
        self
    }

    /// The tie of the result of a flow that returns what it takes.
    #[must_use]
    pub const fn as_result(self) -> Self {
        self.of(0)
    }

    /// The same of the local of this number.
    #[must_use]
    pub const fn of(self, local: u16) -> Self {
        Self { local, ..self }
    }

    /// The argument, for code that is never reached.
    #[must_use]
    pub fn never(self) -> T {
        unreachable!("generated for its type only")
    }

    pub(crate) fn decode(&self, payload: &Payload) -> Result<T, DecodeError> {
        (self.decode)(payload)
    }
}

/// Makes the tie of the local of this number.
#[must_use]
pub const fn tie<T>(codec: Codec<T>, local: u16) -> Tie<T> {
    Tie {
        local,
        encode: codec.encode,
        decode: codec.decode,
        failed: |_| false,
    }
}

impl<T> Ordered for &Tie<T> {}
impl<F: Form> Ordered for &LentTie<F> {}

impl<K, V> Unordered for Tie<HashMap<K, V, RandomState>> {}
impl<T> Unordered for Tie<HashSet<T, RandomState>> {}
impl<K: 'static, V: 'static> Unordered for LentTie<Own<HashMap<K, V, RandomState>>> {}
impl<T: 'static> Unordered for LentTie<Own<HashSet<T, RandomState>>> {}

macro_rules! tuples {
    ($($take:ident $resume:ident $put:ident $wait:ident $are:ident $all:ident: $($local:ident $tie:ident $value:ident),+;)+) => {$(
        impl Run<'_> {
            /// Restores kept locals; `None` stops the machine.
            pub fn $take<$($local),+>(
                &mut self,
                $($tie: Tie<$local>),+
            ) -> Option<($($local,)+)> {
                Some(($(self.take_with($tie.local, $tie.decode)?,)+))
            }

            /// What the operation of `state` brought, and kept locals; `None` stops the
            /// machine.
            pub fn $resume<O, T: 'static, $($local),+>(
                &mut self,
                state: u16,
                tie: OpTie<O, T>,
                $($tie: Tie<$local>),+
            ) -> Option<(T, $($local),+)> {
                let outcome = self.outcome(state, tie)?;
                let ($($value,)+) = self.$take($($tie),+)?;
                Some((outcome, $($value),+))
            }

            /// Keeps locals for states that come later, and starts an operation, as `wait`.
            pub fn $wait<O, T: 'static, $($local),+>(
                &mut self,
                state: u16,
                op: O,
                tie: OpTie<O, T>,
                $($tie: Tie<$local>),+,
                $($value: &$local),+
            ) -> u16 {
                self.$put($($tie),+, $($value),+);
                self.wait(state, op, tie)
            }

            /// Says of which types locals are: in code that is never reached.
            pub fn $are<$($local),+>(&self, $($tie: Tie<$local>),+, $($value: $local),+) {
                $(let _ = ($tie, $value);)+
            }

            /// Values that go to a state without waiting.
            pub fn $all<$($local),+>(&self, values: ($($local,)+)) -> ($($local,)+) {
                values
            }

            /// Keeps locals for states that come later.
            pub fn $put<$($local),+>(
                &mut self,
                $($tie: Tie<$local>),+,
                $($value: &$local),+
            ) {
                $(self.put_encoded($tie.local, ($tie.encode)($value));)+
            }
        }
    )+};
}

tuples! {
    take_1 resume_1 put_1 wait_1 are_1 all_1: A tie_a a;
    take_2 resume_2 put_2 wait_2 are_2 all_2: A tie_a a, B tie_b b;
    take_3 resume_3 put_3 wait_3 are_3 all_3: A tie_a a, B tie_b b, C tie_c c;
    take_4 resume_4 put_4 wait_4 are_4 all_4: A tie_a a, B tie_b b, C tie_c c, D tie_d d;
    take_5 resume_5 put_5 wait_5 are_5 all_5: A tie_a a, B tie_b b, C tie_c c, D tie_d d, E tie_e e;
    take_6 resume_6 put_6 wait_6 are_6 all_6: A tie_a a, B tie_b b, C tie_c c, D tie_d d, E tie_e e, F tie_f f;
    take_7 resume_7 put_7 wait_7 are_7 all_7: A tie_a a, B tie_b b, C tie_c c, D tie_d d, E tie_e e, F tie_f f,
        G tie_g g;
    take_8 resume_8 put_8 wait_8 are_8 all_8: A tie_a a, B tie_b b, C tie_c c, D tie_d d, E tie_e e, F tie_f f,
        G tie_g g, H tie_h h;
}
