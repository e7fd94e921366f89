//! Loops over an iterator that gives the same items whenever it is made, such
//! as `items.iter().rev()`: the number of items that it has given is kept, and
//! the present item is found again behind as many others.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ops::{Range, RangeInclusive};
use std::rc::Rc;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::plain::Right;

/// What methods like `as_str` and `as_ref` give: a borrow, which can be made
/// again as long as it lives.
#[diagnostic::on_unimplemented(
    message = "a method of this name is expected to give a borrow, not `{Self}`",
    label = "may be called again after an `.await`",
    note = "call it by a path, as in `Type::method(&value)`: then what it gives is kept"
)]
pub trait Borrowing {}

impl<T: ?Sized> Borrowing for &T {}
impl<T: ?Sized> Borrowing for &mut T {}
impl<A: Borrowing, B: Borrowing> Borrowing for (A, B) {}
impl<T: Borrowing> Borrowing for Option<T> {}
impl<T: Borrowing, E: Borrowing> Borrowing for Result<T, E> {}

impl Right {
    /// Demands that `value` is a borrow.
    pub fn borrowing<B: Borrowing>(self, value: B) -> B {
        value
    }
}

/// What was found before.
///
/// # Panics
///
/// If it is gone; nobody can have changed what a flow borrows.
#[track_caller]
pub fn found<T>(value: Option<T>) -> T {
    value.expect("what a flow borrows is there as long as it borrows it")
}

/// What gives its items in the same order after it was stored.
#[diagnostic::on_unimplemented(
    message = "a loop with an `.await` in its body cannot go on over `{Self}`",
    label = "its place in this collection could not be found again after a restart",
    note = "vectors, slices, arrays, strings, `VecDeque`, `BTreeMap` and `BTreeSet` keep the order of their items",
    note = "for other collections, collect owned items into a `Vec` before the loop"
)]
pub trait Ordered {}

macro_rules! ordered {
    ($($(#[$attr:meta])* impl($($generics:tt)*) $ty:ty;)+) => {$(
        $(#[$attr])*
        impl<$($generics)*> Ordered for $ty {}
    )+};
}

ordered! {
    impl(T) Vec<T>;
    impl(T) [T];
    impl(T, const N: usize) [T; N];
    impl(T) VecDeque<T>;
    impl(K, V) BTreeMap<K, V>;
    impl(T) BTreeSet<T>;
    impl(T) Option<T>;
    impl(T) Range<T>;
    impl(T) RangeInclusive<T>;
    impl() str;
    impl() String;
    impl(T: Ordered + ?Sized) &T;
    impl(T: Ordered + ?Sized) &mut T;
    impl(T: Ordered + ?Sized) Box<T>;
    impl(T: Ordered + ?Sized) Rc<T>;
    impl(T: Ordered + ?Sized) Arc<T>;
    impl(T: Ordered + ToOwned + ?Sized) Cow<'_, T>;
}

/// How many items a loop was given.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Given(u64);

impl Given {
    /// Demands that the items of `source` keep their order.
    #[must_use]
    pub fn over<T: Ordered + ?Sized>(self, source: &T) -> Self {
        let _ = source;
        self
    }
}

impl Given {
    /// The one of `items` that was chosen.
    #[must_use]
    pub fn of<I: IntoIterator<Item: Lies>>(self, chosen: Option<Place>, items: I) -> Self {
        let mut lies = items.into_iter().map(|item| item.place());
        let at = chosen.and_then(|chosen| lies.position(|place| place == chosen));
        Self(at.map_or(0, |at| at as u64 + 1))
    }

    /// All of `items`, which may be turned round.
    pub fn all_of<I: IntoIterator>(self, items: I, is_turned: bool) -> Vec<Self> {
        let numbered = items.into_iter().zip(1..);
        let mut all: Vec<Self> = numbered.map(|(_, at)| Self(at)).collect();
        if is_turned {
            all.reverse();
        }
        all
    }

    /// The chosen item, each time that it is borrowed.
    pub fn item_among<I: IntoIterator>(&self, items: I) -> Option<I::Item> {
        nth_current(items, self)
    }
}

impl Given {
    /// Those of `items` that were not given yet; what is asked for counts.
    pub fn rest_of<I: IntoIterator>(&mut self, items: I) -> RestOf<'_, I::IntoIter> {
        let mut items = items.into_iter();
        if let Some(last) = self.0.checked_sub(1) {
            let _ = items.nth(usize::try_from(last).unwrap_or(usize::MAX));
        }
        RestOf { items, given: self }
    }
}

/// What is left of an iterator that a variable holds.
#[derive(Debug)]
pub struct RestOf<'g, I> {
    items: I,
    given: &'g mut Given,
}

impl<I: Iterator> Iterator for RestOf<'_, I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        let item = self.items.next()?;
        self.given.0 += 1;
        Some(item)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.items.size_hint()
    }
}

/// Where an item lies: its address, and its size in bytes.
type Place = (usize, usize);

/// An item that borrows: which one of several it is shows where it lies.
pub trait Lies {
    /// Whether a key or a number belongs to it: then it is not like others without a size.
    const IS_NAMED: bool = false;
    /// Where it lies.
    fn place(&self) -> Place;
}

impl<T: ?Sized> Lies for &mut T {
    fn place(&self) -> Place {
        let item: &T = self;
        (std::ptr::from_ref(item).addr(), size_of_val(item))
    }
}

impl<K, T: Lies> Lies for (K, T) {
    const IS_NAMED: bool = true;

    fn place(&self) -> Place {
        self.1.place()
    }
}

/// Where the item lies that was chosen.
///
/// # Panics
///
/// When it has no size, but a key: others may lie at the same address.
pub fn chosen<T: Lies>(item: Option<T>) -> Option<Place> {
    let place = item.map(|item| item.place());
    assert!(
        !T::IS_NAMED || place.is_none_or(|(_, size_bytes)| size_bytes > 0),
        "an item without a size cannot be told from the others: look for its index, and \
         borrow it by that"
    );
    place
}

/// What a closure says of an item.
pub fn tried_on<T, A>(item: &T, test: impl FnOnce(&T) -> A) -> A {
    test(item)
}

/// What the method of an iterator takes, each time that it is made.
pub fn again<T: Clone>(value: &T) -> T {
    value.clone()
}

/// Moves to the next item.
pub fn nth_next<I: IntoIterator>(items: I, given: &mut Given) -> Option<I::Item> {
    let item = items.into_iter().nth(usize::try_from(given.0).ok()?)?;
    given.0 += 1;
    Some(item)
}

/// The present item.
pub fn nth_current<I: IntoIterator>(items: I, given: &Given) -> Option<I::Item> {
    items
        .into_iter()
        .nth(usize::try_from(given.0.checked_sub(1)?).ok()?)
}
