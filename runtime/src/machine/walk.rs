//! Loops over a borrowed collection: the collection is kept as any local is,
//! and a cursor says where in it the loop stands, so that the present item can
//! be borrowed again after an await.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::hash::{BuildHasher, Hash};
use std::ops::Bound;

use serde::{Deserialize, Serialize};

use super::items::Queue;
use crate::durable::Durable;

/// A borrowed collection that a loop with an await can walk over.
#[diagnostic::on_unimplemented(
    message = "a loop with an `.await` in its body cannot walk over `{Self}`",
    label = "its place in this collection could not be found again after a restart",
    note = "vectors, slices, arrays, `VecDeque`, `BTreeMap` and `BTreeSet`, `&HashMap` and `&HashSet` can be borrowed by such a loop",
    note = "for other collections, collect the items into a `Vec` before the loop"
)]
pub trait Walk {
    /// What the loop sees.
    type Item;
    /// A place in the collection.
    type At: Durable;
    /// The place before the first item.
    fn start(self) -> Self::At;
    /// Moves to the next item.
    fn next(self, at: &mut Self::At) -> Option<Self::Item>;
    /// The item that was given last.
    fn current(self, at: &Self::At) -> Option<Self::Item>;
}

/// Where a loop stands, and how many items it was given.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Cursor<At> {
    given: u64,
    at: At,
}

/// The place before the first item.
#[must_use]
pub fn cursor<W: Walk>(items: W) -> Cursor<W::At> {
    Cursor {
        given: 0,
        at: items.start(),
    }
}

/// Moves to the next item.
pub fn walk_next<W: Walk>(items: W, cursor: &mut Cursor<W::At>) -> Option<W::Item> {
    let item = items.next(&mut cursor.at)?;
    cursor.given += 1;
    Some(item)
}

/// The present item.
pub fn walk_current<W: Walk>(items: W, cursor: &Cursor<W::At>) -> Option<W::Item> {
    items.current(&cursor.at)
}

/// The same with the item's number, as `enumerate` counts.
pub fn enumerate_next<W: Walk>(items: W, cursor: &mut Cursor<W::At>) -> Option<(usize, W::Item)> {
    let item = walk_next(items, cursor)?;
    Some((number(cursor), item))
}

/// The present item with its number.
pub fn enumerate_current<W: Walk>(items: W, cursor: &Cursor<W::At>) -> Option<(usize, W::Item)> {
    Some((number(cursor), items.current(&cursor.at)?))
}

fn number<At>(cursor: &Cursor<At>) -> usize {
    usize::try_from(cursor.given.saturating_sub(1)).unwrap_or(usize::MAX)
}

/// Collections with numbered items: `at` counts the items given.
macro_rules! indexed {
    ($(for ($($generics:tt)*) $collection:ty, $item:ty, $get:ident;)+) => {$(
        impl<'a, $($generics)*> Walk for $collection {
            type Item = $item;
            type At = u64;

            fn start(self) -> u64 {
                0
            }

            fn next(self, at: &mut u64) -> Option<Self::Item> {
                let item = self.$get(usize::try_from(*at).ok()?)?;
                *at += 1;
                Some(item)
            }

            fn current(self, at: &u64) -> Option<Self::Item> {
                self.$get(usize::try_from(at.checked_sub(1)?).ok()?)
            }
        }
    )+};
}

indexed! {
    for (T) &'a Vec<T>, &'a T, get;
    for (T) &'a [T], &'a T, get;
    for (T, const N: usize) &'a [T; N], &'a T, get;
    for (T) &'a VecDeque<T>, &'a T, get;
    for (T) &'a mut Vec<T>, &'a mut T, get_mut;
    for (T) &'a mut [T], &'a mut T, get_mut;
    for (T, const N: usize) &'a mut [T; N], &'a mut T, get_mut;
    for (T) &'a mut VecDeque<T>, &'a mut T, get_mut;
}

/// Ordered collections: `at` is the key of the last item given.
macro_rules! keyed {
    ($(for ($($value:ident)?) $collection:ty, $item:ty, $range:ident, $key:expr;)+) => {$(
        impl<'a, K: Durable + Ord + Clone $(, $value)?> Walk for $collection {
            type Item = $item;
            type At = Option<K>;

            fn start(self) -> Option<K> {
                None
            }

            fn next(self, at: &mut Option<K>) -> Option<Self::Item> {
                let from = at.as_ref().map_or(Bound::Unbounded, Bound::Excluded);
                let item = self.$range((from, Bound::Unbounded)).next()?;
                let key: fn(&Self::Item) -> K = $key;
                *at = Some(key(&item));
                Some(item)
            }

            fn current(self, at: &Option<K>) -> Option<Self::Item> {
                self.$range((Bound::Included(at.as_ref()?), Bound::Unbounded)).next()
            }
        }
    )+};
}

keyed! {
    for (V) &'a BTreeMap<K, V>, (&'a K, &'a V), range, |(key, _)| (*key).clone();
    for (V) &'a mut BTreeMap<K, V>, (&'a K, &'a mut V), range_mut, |(key, _)| (*key).clone();
    for () &'a BTreeSet<K>, &'a K, range, |key| (*key).clone();
}

/// Collections whose order is another one after a restart: the keys are kept
/// in the order in which the loop found them.
macro_rules! hashed {
    ($(for ($($value:ident)?) $collection:ty, $item:ty, $keys:ident, $get:ident;)+) => {$(
        impl<'a, K, $($value,)? S> Walk for $collection
        where
            K: Durable + Hash + Eq + Clone,
            S: BuildHasher,
        {
            type Item = $item;
            type At = Keys<K>;

            fn start(self) -> Keys<K> {
                let keys: Vec<K> = self.$keys().cloned().collect();
                Keys { at: None, left: Queue::of(&keys) }
            }

            fn next(self, keys: &mut Keys<K>) -> Option<Self::Item> {
                keys.at = Some(keys.left.next()?);
                self.current(keys)
            }

            fn current(self, keys: &Keys<K>) -> Option<Self::Item> {
                keys.at.as_ref().and_then(|key| self.$get(key))
            }
        }
    )+};
}

hashed! {
    for (V) &'a HashMap<K, V, S>, (&'a K, &'a V), keys, get_key_value;
    for () &'a HashSet<K, S>, &'a K, iter, get;
}

/// The keys that a loop still has to visit.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(serialize = "K: Durable", deserialize = "K: Durable"))]
pub struct Keys<K> {
    at: Option<K>,
    left: Queue<K>,
}

/// A borrow of a borrow, as `xs.iter()` has it when `xs` is one.
macro_rules! borrowed_again {
    ($(for $borrow:ty, $items:ty;)+) => {$(
        impl<'a, T: ?Sized> Walk for $borrow
        where
            $items: Walk,
        {
            type Item = <$items as Walk>::Item;
            type At = <$items as Walk>::At;

            fn start(self) -> Self::At {
                let items: $items = self;
                items.start()
            }

            fn next(self, at: &mut Self::At) -> Option<Self::Item> {
                let items: $items = self;
                items.next(at)
            }

            fn current(self, at: &Self::At) -> Option<Self::Item> {
                let items: $items = self;
                items.current(at)
            }
        }
    )+};
}

borrowed_again! {
    for &'a &T, &'a T;
    for &'a &mut T, &'a T;
}
