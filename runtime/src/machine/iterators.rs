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

use super::forms::{Form, Once, Own, StoredForm};
use crate::durable::Durable;

/// The form of a `vec::IntoIter<T>`.
#[derive(Debug)]
pub struct Left<T>(PhantomData<T>);

impl<T: 'static> Form for Left<T> {
    type Stored = Once<Vec<T>>;
    type Lent<'a> = vec::IntoIter<T>;

    fn lend(stored: &mut Self::Stored) -> vec::IntoIter<T> {
        Own::lend(stored).into_iter()
    }
}

impl<T: Durable> StoredForm for Left<T> {
    fn write<S: Serializer>(value: &vec::IntoIter<T>, to: S) -> Result<S::Ok, S::Error> {
        value.as_slice().serialize(to)
    }
}

/// The form of a `slice::Iter<T>`.
#[derive(Debug)]
pub struct LeftOf<T>(PhantomData<T>);

impl<T: 'static> Form for LeftOf<T> {
    type Stored = Vec<T>;
    type Lent<'a> = slice::Iter<'a, T>;

    fn lend(stored: &mut Vec<T>) -> slice::Iter<'_, T> {
        stored.iter()
    }
}

impl<T: Durable> StoredForm for LeftOf<T> {
    fn write<S: Serializer>(value: &slice::Iter<'_, T>, to: S) -> Result<S::Ok, S::Error> {
        value.as_slice().serialize(to)
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
    type Lent<'a> = RangeInclusive<T>;

    fn lend((start, end, is_over): &mut Self::Stored) -> RangeInclusive<T> {
        let mut range = start.clone()..=end.clone();
        if *is_over {
            let _ = range.next();
        }
        range
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
