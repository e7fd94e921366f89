//! Finds the form of a local by its type, which a macro does not see.
//!
//! Method resolution prefers the impl that needs fewer references (the autoref
//! technique), so it tells a type that is made of others from all the rest.
//! What it is made of is asked the same way, to a depth of four:
//! `Vec<(&str, u64)>` is a list of pairs of a borrow and of what is owned. The
//! questions stand in `__private::form_of`.

use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;

use super::forms::{Borrowed, FormOf, Own};
use crate::durable::Codec;

/// A type that is asked for its form.
pub struct Asked<T>(PhantomData<fn(T) -> T>);

impl<T> Clone for Asked<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Asked<T> {}

impl<T> fmt::Debug for Asked<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Asked")
    }
}

/// Asks for the form of a type.
#[must_use]
pub fn asked<T>() -> Asked<T> {
    Asked(PhantomData)
}

impl<T> Asked<T> {
    /// Says that the type of `local` is meant.
    pub fn is(&self, _local: &T) {}

    /// The same by value, for code that is never reached: of a borrow of what has no type,
    /// as behind an error, it would not be said that it has none.
    pub fn has(&self, _local: T) {}

    /// A value of this type, for code that is never reached.
    #[must_use]
    pub fn never(&self) -> T {
        unreachable!("generated for its type only")
    }
}

/// A type that is made of others, of at most two.
pub trait Made {
    /// The first of them.
    type First;
    /// The second.
    type Second;
}

/// The form of a type that is made of others of the forms `A` and `B`.
pub trait Joins<A, B>: Made {
    /// The form. That it is one, and can be stored, is demanded where it is used.
    type Form;
}

/// How a type is made.
pub struct Making<T>(PhantomData<fn(T) -> T>);

impl<T> fmt::Debug for Making<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Making")
    }
}

impl<T: Made> Making<T> {
    /// Asks for the form of the first part.
    #[must_use]
    pub fn first(&self) -> Asked<T::First> {
        asked()
    }

    /// Asks for the form of the second part.
    #[must_use]
    pub fn second(&self) -> Asked<T::Second> {
        asked()
    }

    /// The form of the whole.
    #[must_use]
    pub fn form<A, B>(&self, _: FormOf<A>, _: FormOf<B>) -> FormOf<T::Form>
    where
        T: Joins<A, B>,
    {
        FormOf::new()
    }
}

/// A `&mut` local of which parts would be kept: what is changed in a copy of a part
/// is not changed where it was borrowed.
pub trait ViaMut {
    /// The type.
    type Type;
    /// Refuses it.
    fn in_parts(&self, _: Codec<Self::Type>) {}
}

impl<'m, T: ?Sized> ViaMut for &Asked<&'m mut T> {
    type Type = &'m mut T;
}

/// All other locals may be kept in parts.
pub trait ViaParts {
    /// Accepts it.
    fn in_parts(&self, _: Codec<()>) {}
}

impl<T> ViaParts for Asked<T> {}

/// A borrow of which parts are kept stays one, of what is there of it.
pub trait ViaBorrow {
    /// Borrows it.
    fn open<'p, P>(&self, parts: &'p mut Option<P>) -> Option<&'p mut P> {
        parts.as_mut()
    }
}

impl<T: ?Sized> ViaBorrow for &Asked<&T> {}

/// All other locals are there in parts themselves.
pub trait ViaTaken {
    /// Takes it.
    fn open<P>(&self, parts: &mut Option<P>) -> Option<P> {
        parts.take()
    }
}

impl<T> ViaTaken for Asked<T> {}

/// Asks for the form of the type of `local`.
#[must_use]
pub fn asked_of<T>(_local: &T) -> Asked<T> {
    asked()
}

/// What is made of others is stored by its parts, which may be borrows.
pub trait ViaLent {
    /// Accepts it.
    fn lasts(&self) {}
}

impl<T: Made> ViaLent for &&Asked<T> {}

/// What serde stores as a whole.
pub trait ViaStored {
    /// The type.
    type Type;
    /// Refuses a type with a lifetime, which serde could not give back.
    fn lasts(&self)
    where
        Self::Type: 'static, // what is kept over an `.await` is stored: keep what this borrows from, and make it again
    {
    }
}

impl<T: Serialize> ViaStored for &Asked<T> {
    type Type = T;
}

/// What cannot be stored at all is refused where it is kept.
pub trait ViaNothing {
    /// Leaves it to that.
    fn lasts(&self) {}
}

impl<T> ViaNothing for Asked<T> {}

/// Types that are made of others.
pub trait ViaMade {
    /// The type.
    type Type;
    /// How it is made.
    fn making(&self) -> Making<Self::Type> {
        Making(PhantomData)
    }
}

impl<T: Made> ViaMade for &Asked<T> {
    type Type = T;
}

/// All other types.
pub trait ViaWhole {
    /// The type.
    type Type;
    /// How it is made.
    fn making(&self) -> Making<Whole<Self::Type>> {
        Making(PhantomData)
    }
    /// Its form.
    fn whole(&self) -> FormOf<Own<Self::Type>> {
        FormOf::new()
    }
}

impl<T> ViaWhole for Asked<T> {
    type Type = T;
}

/// Shared borrows, where no other question is asked.
pub trait ViaRef {
    /// What is borrowed.
    type Type: Borrowed + ?Sized;
    /// The form of the borrow.
    fn whole(&self) -> FormOf<<Self::Type as Borrowed>::Form> {
        FormOf::new()
    }
}

impl<T: Borrowed + ?Sized> ViaRef for &Asked<&T> {
    type Type = T;
}

/// A type that is not made of others.
#[derive(Debug)]
pub struct Whole<T>(PhantomData<fn(T) -> T>);
