//! The forms of what cannot be stored. That it cannot is told of the local itself, in
//! words of its type: so these are taken for forms like any other.

use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serializer, de};

use super::{Form, FormOf, StoredForm};
use crate::durable::Codec;
use crate::machine::asked::Asked;
use crate::machine::plain::{Right, Wrong};

/// The form of a `&mut T` that cannot be made again.
#[derive(Debug)]
pub struct Exclusive<T: ?Sized>(PhantomData<T>);

/// What stands in for the form of a `T` that cannot be stored, or beside an error.
#[derive(Debug)]
pub struct Unstored<T>(PhantomData<T>);

/// What is stored of them.
#[derive(Debug)]
pub struct Nothing(Infallible);

impl<'de> Deserialize<'de> for Nothing {
    fn deserialize<D: Deserializer<'de>>(_: D) -> Result<Self, D::Error> {
        Err(de::Error::custom("it is never stored"))
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

impl<T: 'static> Form for Unstored<T> {
    type Stored = Nothing;
    type Open<'a> = Infallible;
    type Lent<'a> = T;

    fn open(stored: &mut Nothing) -> Infallible {
        stored.0
    }

    fn lend(open: &mut Infallible) -> T {
        match *open {}
    }
}

impl<T: 'static> StoredForm for Unstored<T> {
    fn write<S: Serializer>(_: &T, _: S) -> Result<S::Ok, S::Error> {
        unreachable!("a flow that keeps what cannot be stored does not compile")
    }
}

/// A type and its form, which may be one that can be stored.
pub struct Storing<T, F>(PhantomData<fn(T, F)>);

impl<T, F> fmt::Debug for Storing<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Storing")
    }
}

impl Right {
    /// Asks whether the form can be stored.
    #[must_use]
    pub fn storing<T, F>(self, _asked: Asked<T>, _form: FormOf<F>) -> Storing<T, F> {
        Storing(PhantomData)
    }
}

/// It can.
pub trait ViaForm {
    /// The form.
    type Form;
    /// Demands nothing.
    fn kept(&self, _: Codec<()>) -> FormOf<Self::Form> {
        FormOf::new()
    }
}

impl<T, F: StoredForm> ViaForm for &Storing<T, F> {
    type Form = F;
}

/// It cannot.
pub trait ViaNoForm {
    /// The type.
    type Type;
    /// Demands that the type itself can be stored: rustc says that it cannot.
    fn kept(&self, _: Codec<Self::Type>) -> FormOf<Unstored<Self::Type>> {
        FormOf::new()
    }
}

impl<T, F> ViaNoForm for Storing<T, F> {
    type Type = T;
}

impl Wrong {
    /// Does not ask.
    pub fn storing<T, F>(self, asked: Asked<T>, _form: F) -> Unasked<T> {
        Unasked(asked)
    }
}

/// What is kept beside an error.
#[derive(Debug)]
pub struct Unasked<T>(Asked<T>);

impl<T> Unasked<T> {
    /// Demands nothing.
    #[must_use]
    pub fn kept<C>(&self, _: Codec<C>) -> FormOf<Unstored<T>> {
        FormOf::new()
    }
}
