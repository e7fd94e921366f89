//! Forms: what a local with borrows in it is stored as, and how it is lent again
//! out of what was stored. `Map<Ref<str>, Own<u64>>` is the form of a
//! `BTreeMap<&str, u64>`. It is stored as serde stores the value itself.

mod borrows;
mod iterators;
mod lists;
mod maps;
mod parts;
mod texts;
mod turned;
mod unstored;
mod walked;

use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::durable::Durable;

pub(super) use borrows::{Borrowed, Cowed, Ref, Seen};
pub(super) use iterators::{Inclusive, Left, LeftOf, Slice};
pub(super) use lists::{Array, Deque, Heap, List, Reversed, Set};
pub(super) use maps::Map;
pub(super) use parts::{Either, Maybe, Pair, Triple};
pub(super) use texts::{ByAsciiWord, ByChar, ByIndex, ByLine, ByNumber, ByPart, ByWord};
pub(super) use turned::{LeftOfPeeked, LeftOfTurned, LeftPeeked, LeftTurned};
pub(super) use unstored::Exclusive;
pub use unstored::{Storing, Unasked, Unstored, ViaForm, ViaNoForm};
pub(super) use walked::{Peeked, Turned, Walked};

/// How a local is handed from state to state.
///
/// What is stored is opened, and what is open is lent, since a borrow of a borrow
/// needs something that it borrows: `&(&str, u64)` is lent from an open pair,
/// whose string is lent from what is stored.
pub trait Form: 'static {
    /// What is decoded.
    type Stored: 'static;
    /// What borrows it.
    type Open<'a>;
    /// What the local is.
    type Lent<'a>;
    /// Opens what is stored; once.
    fn open(stored: &mut Self::Stored) -> Self::Open<'_>;
    /// Gives the local for as long as both live; once.
    fn lend<'a>(open: &'a mut Self::Open<'a>) -> Self::Lent<'a>;
}

/// A form whose values can be stored.
pub trait StoredForm: Form<Stored: DeserializeOwned> {
    /// Writes a value.
    ///
    /// # Errors
    ///
    /// What the value's own `Serialize` says.
    fn write<S: Serializer>(value: &Self::Lent<'_>, to: S) -> Result<S::Ok, S::Error>;
}

/// A value of a form, to be written.
pub(super) struct Written<'v, 'a, F: Form>(pub(super) &'v F::Lent<'a>);

impl<F: StoredForm> Serialize for Written<'_, '_, F> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        F::write(self.0, to)
    }
}

/// A form.
pub struct FormOf<F>(PhantomData<F>);

impl<F> fmt::Debug for FormOf<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FormOf")
    }
}

impl<F> FormOf<F> {
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }

    /// The form itself, for code that is never reached.
    #[must_use]
    pub fn form(&self) -> F {
        unreachable!("generated for its type only")
    }
}

/// The form of a value without borrows.
#[derive(Debug)]
pub struct Own<T>(PhantomData<T>);

/// A value that is given away once.
#[derive(Debug)]
pub struct Once<T>(Option<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Once<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::deserialize(from).map(|value| Self(Some(value)))
    }
}

impl<T: 'static> Form for Own<T> {
    type Stored = Once<T>;
    type Open<'a> = Option<T>;
    type Lent<'a> = T;

    fn open(stored: &mut Once<T>) -> Option<T> {
        stored.0.take()
    }

    fn lend(open: &mut Option<T>) -> T {
        let once = open.take();
        once.expect("it is lent once, by the state that decoded it")
    }
}

impl<T: Durable> StoredForm for Own<T> {
    fn write<S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
        value.serialize(to)
    }
}
