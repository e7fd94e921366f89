//! The collections that a loop can walk over, and the places in each.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};
use std::hash::{BuildHasher, Hash};
use std::ops::Bound;
use std::rc::Rc;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{ByMut, Steps, ViaCount, ViaKey, Walk, Walking};
use crate::durable::Durable;
use crate::machine::items::Queue;

/// Collections with numbered items: `at` counts the items given.
macro_rules! indexed {
    ($(for ($($generics:tt)*) $collection:ty, $item:ty, $($get:ident).+;)+) => {$(
        impl<'a, $($generics)*> Walk for $collection {
            type At = u64;

            fn start(self) -> u64 {
                0
            }
        }

        impl<'a, $($generics)*> Steps<u64> for $collection {
            type Item = $item;

            fn next(self, at: &mut u64) -> Option<Self::Item> {
                let item = indexed!(self, usize::try_from(*at).ok()?; $($get).+)?;
                *at += 1;
                Some(item)
            }

            fn current(self, at: &u64) -> Option<Self::Item> {
                indexed!(self, usize::try_from(at.checked_sub(1)?).ok()?; $($get).+)
            }
        }
    )+};
    ($items:expr, $at:expr; $get:ident) => {
        $items.$get($at)
    };
    ($items:expr, $at:expr; $slice:ident.$get:ident) => {
        $items.$slice().$get($at)
    };
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
    for (T) &'a Option<T>, &'a T, as_slice.get;
    for (T) &'a mut Option<T>, &'a mut T, as_mut_slice.get_mut;
    for (T) &'a BinaryHeap<T>, &'a T, as_slice.get;
    for (T) &'a LinkedList<T>, &'a T, iter.nth;
    for (T) &'a mut LinkedList<T>, &'a mut T, iter_mut.nth;
}

/// Collections that give `&mut` of their items.
macro_rules! by_mut {
    ($(for ($($generics:tt)*) $collection:ty;)+) => {$(
        impl<$($generics)*> ByMut for $collection {
            fn by_mut_ref(&mut self) -> &mut Self {
                self
            }
        }
    )+};
}

by_mut! {
    for (T) Vec<T>;
    for (T) [T];
    for (T, const N: usize) [T; N];
    for (T) VecDeque<T>;
    for (T) Option<T>;
    for (T) LinkedList<T>;
    for (K, V) BTreeMap<K, V>;
}

/// Ordered collections: `at` is the key of the last item given.
macro_rules! keyed {
    ($(for ($($value:ident)?) $collection:ty, $item:ty, $range:ident, $key:expr;)+) => {$(
        impl<'a, K: Durable + Ord + Clone $(, $value)?> Walk for $collection {
            type At = Option<K>;

            fn start(self) -> Option<K> {
                None
            }
        }

        impl<'a, K: Ord + Clone $(, $value)?> Steps<Option<K>> for $collection {
            type Item = $item;

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

/// How many items were given of a collection that can only be counted.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct Count(u64);

/// Ordered collections by number.
macro_rules! counted {
    ($(for ($($value:ident)?) $collection:ty, $item:ty, $iter:ident;)+) => {$(
        impl<'a, K $(, $value)?> Steps<Count> for $collection {
            type Item = $item;

            fn next(self, at: &mut Count) -> Option<Self::Item> {
                let item = self.$iter().nth(usize::try_from(at.0).ok()?)?;
                at.0 += 1;
                Some(item)
            }

            fn current(self, at: &Count) -> Option<Self::Item> {
                self.$iter().nth(usize::try_from(at.0.checked_sub(1)?).ok()?)
            }
        }
    )+};
}

counted! {
    for (V) &'a BTreeMap<K, V>, (&'a K, &'a V), iter;
    for (V) &'a mut BTreeMap<K, V>, (&'a K, &'a mut V), iter_mut;
    for () &'a BTreeSet<K>, &'a K, iter;
}

/// Keys that surely hold no borrow, whatever stands for them.
pub trait Plain: Durable + Ord + Clone {}

macro_rules! plain {
    ($($ty:ty)*) => {
        $(impl Plain for $ty {})*
    };
}

plain! { bool char i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize String }

impl<A: Plain, B: Plain> Plain for (A, B) {}

/// Ordered collections, as method resolution comes to them: those with plain keys
/// first, then all others.
macro_rules! ordered {
    ($(for ($($value:ident)?) $collection:ty;)+) => {$(
        impl<'a, K: Plain $(, $value)?> ViaKey for &&Walking<$collection> {
            type Key = K;
        }

        impl<'a, K $(, $value)?> ViaCount for &Walking<$collection> {}
    )+};
}

ordered! {
    for (V) &'a BTreeMap<K, V>;
    for (V) &'a mut BTreeMap<K, V>;
    for () &'a BTreeSet<K>;
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
            type At = Keys<K>;

            fn start(self) -> Keys<K> {
                Keys { at: None, left: Queue::of(self.$keys()) }
            }
        }

        impl<'a, K, $($value,)? S> Steps<Keys<K>> for $collection
        where
            K: Durable + Hash + Eq,
            S: BuildHasher,
        {
            type Item = $item;

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

/// A borrow of a borrow or of a box, as `xs.iter()` has it when `xs` is one.
macro_rules! borrowed_again {
    ($(for $borrow:ty, $items:ty;)+) => {$(
        impl<'a, T: ?Sized> Walk for $borrow
        where
            $items: Walk,
        {
            type At = <$items as Walk>::At;

            fn start(self) -> Self::At {
                let items: $items = self;
                items.start()
            }
        }

        impl<'a, At, T: ?Sized> Steps<At> for $borrow
        where
            $items: Steps<At>,
        {
            type Item = <$items as Steps<At>>::Item;

            fn next(self, at: &mut At) -> Option<Self::Item> {
                let items: $items = self;
                items.next(at)
            }

            fn current(self, at: &At) -> Option<Self::Item> {
                let items: $items = self;
                items.current(at)
            }
        }
    )+};
}

borrowed_again! {
    for &'a &T, &'a T;
    for &'a &mut T, &'a T;
    for &'a Box<T>, &'a T;
    for &'a mut Box<T>, &'a mut T;
    for &'a Rc<T>, &'a T;
    for &'a Arc<T>, &'a T;
}
