//! Forms of iterators that a flow holds in a local and asks for items itself:
//!
//! ```text
//! let mut left = orders.into_iter();
//! while let Some(order) = left.next() { ship(order).await }
//! ```
//!
//! Of a list what is left is stored, at each await.

use std::marker::PhantomData;
use std::ops::RangeInclusive;
use std::slice;
use std::vec;

use serde::{Serialize, Serializer};

use super::{Form, StoredForm, Written};
use crate::durable::Durable;

/// The form of a `vec::IntoIter`.
#[derive(Debug)]
pub struct Left<F>(PhantomData<F>);

impl<F: Form> Form for Left<F> {
    type Stored = Vec<F::Stored>;
    type Open<'a> = Vec<F::Open<'a>>;
    type Lent<'a> = vec::IntoIter<F::Lent<'a>>;

    fn open(stored: &mut Self::Stored) -> Self::Open<'_> {
        stored.iter_mut().map(F::open).collect()
    }

    fn lend<'a>(open: &'a mut Self::Open<'a>) -> Self::Lent<'a> {
        let left: Vec<F::Lent<'a>> = open.iter_mut().map(F::lend).collect();
        left.into_iter()
    }
}

impl<F: StoredForm> StoredForm for Left<F> {
    fn write<S: Serializer>(value: &Self::Lent<'_>, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(value.as_slice().iter().map(Written::<F>))
    }
}

/// The form of a `slice::Iter`.
#[derive(Debug)]
pub struct LeftOf<F>(PhantomData<F>);

/// What is left, and what it is lent from.
#[derive(Debug)]
pub struct Listed<O, T> {
    open: Vec<O>,
    lent: Vec<T>,
}

impl<F: Form> Form for LeftOf<F> {
    type Stored = Vec<F::Stored>;
    type Open<'a> = Listed<F::Open<'a>, F::Lent<'a>>;
    type Lent<'a> = slice::Iter<'a, F::Lent<'a>>;

    fn open(stored: &mut Self::Stored) -> Self::Open<'_> {
        let (open, lent) = (stored.iter_mut().map(F::open).collect(), Vec::new());
        Listed { open, lent }
    }

    fn lend<'a>(listed: &'a mut Self::Open<'a>) -> Self::Lent<'a> {
        listed.lent = listed.open.iter_mut().map(F::lend).collect();
        listed.lent.iter()
    }
}

impl<F: StoredForm> StoredForm for LeftOf<F> {
    fn write<S: Serializer>(value: &Self::Lent<'_>, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(value.as_slice().iter().map(Written::<F>))
    }
}

/// The form of a `&[T]`, when `F` is that of `T`: it is stored as what goes over it.
#[derive(Debug)]
pub struct Slice<F>(PhantomData<F>);

impl<F: Form> Form for Slice<F> {
    type Stored = Vec<F::Stored>;
    type Open<'a> = Listed<F::Open<'a>, F::Lent<'a>>;
    type Lent<'a> = &'a [F::Lent<'a>];

    fn open(stored: &mut Self::Stored) -> Self::Open<'_> {
        LeftOf::<F>::open(stored)
    }

    fn lend<'a>(listed: &'a mut Self::Open<'a>) -> Self::Lent<'a> {
        LeftOf::<F>::lend(listed).as_slice()
    }
}

impl<F: StoredForm> StoredForm for Slice<F> {
    fn write<S: Serializer>(value: &Self::Lent<'_>, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(value.iter().map(Written::<F>))
    }
}

/// The form of a `RangeInclusive<T>`. Its own `Serialize` forgets that its last
/// item was given.
#[derive(Debug)]
pub struct Inclusive<T>(PhantomData<T>);

impl<T: Clone + PartialOrd + 'static> Form for Inclusive<T>
where
    RangeInclusive<T>: Iterator,
{
    type Stored = (T, T, bool);
    type Open<'a> = RangeInclusive<T>;
    type Lent<'a> = RangeInclusive<T>;

    fn open((start, end, is_over): &mut Self::Stored) -> RangeInclusive<T> {
        let mut range = start.clone()..=end.clone();
        if *is_over {
            let _ = range.next();
        }
        range
    }

    fn lend(open: &mut RangeInclusive<T>) -> RangeInclusive<T> {
        open.clone()
    }
}

impl<T: Durable + Clone + PartialOrd> StoredForm for Inclusive<T>
where
    RangeInclusive<T>: Iterator,
{
    fn write<S: Serializer>(value: &RangeInclusive<T>, to: S) -> Result<S::Ok, S::Error> {
        let is_over = value.is_empty() && value.start() == value.end();
        (value.start(), value.end(), is_over).serialize(to)
    }
}
