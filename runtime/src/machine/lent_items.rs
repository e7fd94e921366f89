//! Loops over an iterator that gives borrows: copies of what is borrowed are
//! kept, and each round borrows one of them.

use std::cell::Cell;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::items::{Collected, Items, Keep, Queue};
use super::lend::Referent;

/// What a loop keeps, on its way to the impl that fits its items.
pub struct Lending<K>(Cell<Option<K>>);

impl<K> fmt::Debug for Lending<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lending")
    }
}

impl<K> Lending<K> {
    /// Wraps it.
    pub fn new(items: K) -> Self {
        Self(Cell::new(Some(items)))
    }

    fn items(&self) -> K {
        self.0.take().expect("generated code asks once")
    }
}

/// Items that are borrows.
pub trait ViaLent {
    /// What is kept.
    type Kept;
    /// Makes it.
    fn kept(&self) -> Self::Kept;
}

impl<T: Referent + Serialize + ?Sized + 'static> ViaLent for Lending<Collected<&T>> {
    type Kept = LentItems<T>;

    fn kept(&self) -> LentItems<T> {
        LentItems(Queue::of(self.items().all()))
    }
}

impl<K, V> ViaLent for Lending<Collected<(&K, &V)>>
where
    K: Referent + Serialize + ?Sized + 'static,
    V: Referent + Serialize + ?Sized + 'static,
{
    type Kept = LentPairs<K, V>;

    fn kept(&self) -> LentPairs<K, V> {
        LentPairs(Queue::of(self.items().all()))
    }
}

/// All other items.
pub trait ViaKept {
    /// What is kept.
    type Kept;
    /// Gives it.
    fn kept(&self) -> Self::Kept;
}

impl<K> ViaKept for &Lending<K> {
    type Kept = K;

    fn kept(&self) -> K {
        self.items()
    }
}

/// Copies of borrowed items that are left.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(serialize = "", deserialize = ""))]
pub struct LentItems<T: Referent + ?Sized>(Queue<T::Owned>);

impl<T: Referent + ?Sized + 'static> Keep for LentItems<T> {
    type Kept = Self;

    fn keep(self) -> Self {
        self
    }
}

impl<T: Referent + ?Sized + 'static> Items for LentItems<T> {
    type Slot = Option<T::Owned>;
    type Item<'s> = &'s T;

    fn next_item<'s>(&mut self, slot: &'s mut Option<T::Owned>) -> Option<&'s T> {
        *slot = self.0.next();
        slot.as_ref().map(T::borrow)
    }
}

/// Copies of borrowed pairs that are left.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(serialize = "", deserialize = ""))]
pub struct LentPairs<K: Referent + ?Sized, V: Referent + ?Sized>(Queue<(K::Owned, V::Owned)>);

impl<K, V> Keep for LentPairs<K, V>
where
    K: Referent + ?Sized + 'static,
    V: Referent + ?Sized + 'static,
{
    type Kept = Self;

    fn keep(self) -> Self {
        self
    }
}

impl<K, V> Items for LentPairs<K, V>
where
    K: Referent + ?Sized + 'static,
    V: Referent + ?Sized + 'static,
{
    type Slot = Option<(K::Owned, V::Owned)>;
    type Item<'s> = (&'s K, &'s V);

    fn next_item<'s>(&mut self, slot: &'s mut Self::Slot) -> Option<(&'s K, &'s V)> {
        *slot = self.0.next();
        let (key, value) = slot.as_ref()?;
        Some((K::borrow(key), V::borrow(value)))
    }
}
