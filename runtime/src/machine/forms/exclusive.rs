//! The form of a `&mut` that cannot be made again. There is none to store: it is
//! here for the words in which rustc says so.

use std::convert::Infallible;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serializer, de};

use super::{Form, StoredForm};

/// The form of a `&mut T`.
#[derive(Debug)]
pub struct Exclusive<T: ?Sized>(PhantomData<T>);

/// What is stored of it.
#[derive(Debug)]
pub struct Nothing(Infallible);

impl<'de> Deserialize<'de> for Nothing {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Err(de::Error::custom("a `&mut` is never stored"))
    }
}

impl<T: ?Sized + 'static> Form for Exclusive<T> {
    type Stored = Nothing;
    type Open<'a> = Infallible;
    type Lent<'a> = &'a mut T;

    fn open(stored: &mut Nothing) -> Infallible {
        stored.0
    }

    fn lend(open: &mut Infallible) -> &mut T {
        match *open {}
    }
}

impl<T: Again + ?Sized + 'static> StoredForm for Exclusive<T> {
    fn write<S: Serializer>(value: &&mut T, to: S) -> Result<S::Ok, S::Error> {
        value.write(to)
    }
}

/// What a `&mut` borrows that is stored: no type is.
#[diagnostic::on_unimplemented(
    message = "this `&mut {Self}` cannot be kept across an `.await` in a flow",
    label = "still needed after an `.await`, but it cannot be made again there",
    note = "a `&mut` is made again where its place can be found again: `&mut order.items[index]`, \
            `map.get_mut(&key).unwrap()`, `items.last_mut()`, the item of `for item in &mut items`",
    note = "otherwise keep an index or a key, and borrow again after the `.await`: \
            `let at = items.iter().position(..)`, then `&mut items[at]`; \
            `map.entry(key).or_insert(value)`, then `map.get_mut(&key).unwrap()`"
)]
pub trait Again {
    /// Writes it.
    ///
    /// # Errors
    ///
    /// What its `Serialize` says.
    fn write<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error>;
}
