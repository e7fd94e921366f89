//! Ties: they carry the type of a kept local from the place that binds it to
//! the places that restore it, and hold no value.
//!
//! Many locals are stored and restored by one call on a tuple of ties: the
//! borrow checker's work grows with the number of calls (200 awaits with 10
//! kept locals took it 10 s with a call a local, under 1 s with tuples).

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::hash::RandomState;

use serde::Serialize;

use super::forms::{Form, Own};
use super::lend::LentTie;
use super::run::Run;
use crate::codec::{self, DecodeError, EncodeError};
use crate::durable::Durable;
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
    pub const fn as_result(self) -> Self
    where
        T: Serialize,
    {
        Self {
            local: 0,
            failed: codec::is_err,
            ..self
        }
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

/// Makes the tie of the local of this number; the only place that demands
/// [`Durable`] of it.
#[must_use]
pub fn tie<T: Durable>(local: u16) -> Tie<T> {
    Tie {
        local,
        encode: Payload::encode,
        decode: Payload::decode,
        failed: |_| false,
    }
}

/// What comes back as it was stored.
pub trait ViaOrdered {
    /// Accepts it.
    fn in_order(&self) {}
}

impl<T> ViaOrdered for Tie<T> {}
impl<F: Form> ViaOrdered for LentTie<F> {}

macro_rules! unordered {
    ($([$($generics:tt)*] $tie:ty;)+) => {$(
        /// Collections without an order: they come back in another one.
        impl<$($generics)*> $tie {
            /// Accepts it, with a warning.
            #[deprecated(
                note = "a `HashMap` or `HashSet` that is kept over an `.await` may come back in \
                        another order\n\n\
                        help: use a `BTreeMap` or `BTreeSet`, or an `IndexMap` of the crate `indexmap`\n\
                        note: if it is never iterated: \
                        `#[flow(allow(unordered_collections, reason = \"..\"))]`; see \
                        https://docs.rs/flowstone/latest/flowstone/determinism/unordered_collections"
            )]
            pub fn in_order(&self) {}
        }
    )+};
}

unordered! {
    [K, V] Tie<HashMap<K, V, RandomState>>;
    [T] Tie<HashSet<T, RandomState>>;
    [K: 'static, V: 'static] LentTie<Own<HashMap<K, V, RandomState>>>;
    [T: 'static] LentTie<Own<HashSet<T, RandomState>>>;
}

/// One tie, or a tuple of them.
pub trait Ties: Copy {
    /// The values of the locals.
    type Values;
    /// References to the locals.
    type Refs<'a>;
    /// Restores each.
    fn take(self, run: &mut Run<'_>) -> Option<Self::Values>;
    /// Keeps each.
    fn put(self, run: &mut Run<'_>, values: Self::Refs<'_>);
}

impl<T: 'static> Ties for Tie<T> {
    type Values = T;
    type Refs<'a> = &'a T;

    fn take(self, run: &mut Run<'_>) -> Option<T> {
        run.take_with(self.local, self.decode)
    }

    fn put(self, run: &mut Run<'_>, value: &T) {
        run.put_encoded(self.local, (self.encode)(value));
    }
}

macro_rules! tuples {
    ($(($($tie:ident $value:ident),+))+) => {$(
        #[expect(non_snake_case, reason = "one name serves as type and as variable")]
        impl<$($tie: Ties),+> Ties for ($($tie,)+) {
            type Values = ($($tie::Values,)+);
            type Refs<'a> = ($($tie::Refs<'a>,)+);

            fn take(self, run: &mut Run<'_>) -> Option<Self::Values> {
                let ($($tie,)+) = self;
                Some(($($tie.take(run)?,)+))
            }

            fn put(self, run: &mut Run<'_>, values: Self::Refs<'_>) {
                let ($($tie,)+) = self;
                let ($($value,)+) = values;
                $($tie.put(run, $value);)+
            }
        }
    )+};
}

tuples! {
    (A a)
    (A a, B b)
    (A a, B b, C c)
    (A a, B b, C c, D d)
    (A a, B b, C c, D d, E e)
    (A a, B b, C c, D d, E e, F f)
    (A a, B b, C c, D d, E e, F f, G g)
    (A a, B b, C c, D d, E e, F f, G g, H h)
}
