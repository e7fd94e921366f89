//! The next item of a loop whose pattern is of some shape. Where the plain copy of the flow
//! has an error, the item may be of another shape: of that the copy tells, and here rustc
//! shall say nothing. An item of the shape keeps its type, without which rustc would blame
//! what is made of its parts.

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

use super::plain::{Right, Wrong};

/// The shape of a pattern for two values.
#[derive(Debug, Clone, Copy)]
pub struct Two;

/// The shape of a pattern for three.
#[derive(Debug, Clone, Copy)]
pub struct Three;

/// The shape of `&pattern`.
#[derive(Debug, Clone, Copy)]
pub struct Borrow;

/// The shape of a pattern that names its type, or that of what is borrowed.
#[derive(Debug, Clone, Copy)]
pub struct Named;

/// The shape of a pattern for two values, of which the first names its type.
#[derive(Debug, Clone, Copy)]
pub struct FirstNamed;

/// The shape of a pattern for two values, of which the last names its type.
#[derive(Debug, Clone, Copy)]
pub struct LastNamed;

impl Right {
    /// The next item of a loop whose pattern has this shape.
    pub fn item<S, I>(self, _: S, item: Option<I>) -> Fitting<I> {
        Fitting(Cell::new(item))
    }
}

impl Wrong {
    /// The next item of a loop whose pattern has this shape, which it may not have.
    #[must_use]
    pub fn item<S, I>(self, _: S, _: Option<I>) -> Shaped<S, I> {
        Shaped(PhantomData)
    }
}

/// The next item of a loop, of the shape that it is to have.
pub struct Fitting<I>(Cell<Option<I>>);

impl<I> fmt::Debug for Fitting<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Fitting")
    }
}

impl<I> Fitting<I> {
    /// The item.
    pub fn item(&self) -> Option<I> {
        self.0.take()
    }
}

/// The next item of a loop, and the shape that it may not have.
#[derive(Debug)]
pub struct Shaped<S, I>(PhantomData<(S, I)>);

/// An item that has the shape.
pub trait ViaFit {
    /// It.
    type Item;
    /// Gives one of this type.
    fn item(&self) -> Option<Self::Item> {
        unreachable!("a flow with an error does not run")
    }
}

macro_rules! fits {
    ($($shape:ident $($part:ident)+;)+) => {$(
        impl<$($part),+> ViaFit for &&&Shaped<$shape, ($($part,)+)> {
            type Item = ($($part,)+);
        }

        impl<'a, $($part),+> ViaFit for &&Shaped<$shape, &'a ($($part,)+)> {
            type Item = &'a ($($part,)+);
        }

        impl<'a, $($part),+> ViaFit for &Shaped<$shape, &'a mut ($($part,)+)> {
            type Item = &'a mut ($($part,)+);
        }
    )+};
}

fits! {
    Two A B;
    Three A B C;
}

impl<'a, T> ViaFit for &Shaped<Borrow, &'a T> {
    type Item = &'a T;
}

/// A shared borrow: the pattern says of what.
pub trait ViaShared<'a> {
    /// The item, which borrows a `U`.
    type Item<U: 'a>;
    /// Gives a borrow of any type.
    fn item<U: 'a>(&self) -> Option<Self::Item<U>> {
        unreachable!("a flow with an error does not run")
    }
}

impl<'a, T> ViaShared<'a> for &&Shaped<Named, &'a T> {
    type Item<U: 'a> = &'a U;
}

/// A mutable borrow: the pattern says of what.
pub trait ViaExclusive<'a> {
    /// The item, which borrows a `U`.
    type Item<U: 'a>;
    /// Gives a borrow of any type.
    fn item<U: 'a>(&self) -> Option<Self::Item<U>> {
        unreachable!("a flow with an error does not run")
    }
}

impl<'a, T> ViaExclusive<'a> for &Shaped<Named, &'a mut T> {
    type Item<U: 'a> = &'a mut U;
}

impl<'a, A, T> ViaShared<'a> for &&Shaped<LastNamed, (A, &'a T)> {
    type Item<U: 'a> = (A, &'a U);
}

impl<'a, A, T> ViaExclusive<'a> for &Shaped<LastNamed, (A, &'a mut T)> {
    type Item<U: 'a> = (A, &'a mut U);
}

impl<'a, A, T> ViaShared<'a> for &&Shaped<FirstNamed, (&'a T, A)> {
    type Item<U: 'a> = (&'a U, A);
}

impl<'a, A, T> ViaExclusive<'a> for &Shaped<FirstNamed, (&'a mut T, A)> {
    type Item<U: 'a> = (&'a mut U, A);
}

/// An item that does not have the shape, or of a type that the pattern says.
pub trait ViaMisfit {
    /// Gives a value of any type: rustc says nothing of what is made of it.
    fn item<U>(&self) -> U {
        unreachable!("a flow with an error does not run")
    }
}

impl<S, I> ViaMisfit for Shaped<S, I> {}
