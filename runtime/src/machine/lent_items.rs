//! Loops over an iterator that gives borrows: copies of what is borrowed are
//! kept, and each round borrows one of them.

use std::cell::Cell;
use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::forms::{Form, StoredForm, Written};
use super::items::{Items, Keep, Queue};

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

    pub(super) fn items(&self) -> K {
        self.0.take().expect("generated code asks once")
    }
}

/// All other items.
pub trait ViaKept {
    /// What is kept.
    type Kept;
    /// Gives it.
    fn kept(&self) -> Self::Kept;
}

impl<K> ViaKept for Lending<K> {
    type Kept = K;

    fn kept(&self) -> K {
        self.items()
    }
}

/// Copies of borrowed items that are left, of a form in which each is lent.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(serialize = "", deserialize = ""))]
pub struct LentItems<F: Form>(Queue<F::Stored>);

impl<F: Form> LentItems<F> {
    /// Copies of `items`.
    pub(super) fn of(items: &[F::Lent<'_>]) -> Self
    where
        F: StoredForm,
    {
        let items: Vec<Written<'_, '_, F>> = items.iter().map(Written).collect();
        Self(Queue::of(&items))
    }
}

impl<F: Form<Stored: DeserializeOwned>> Keep for LentItems<F> {
    type Kept = Self;

    fn keep(self) -> Self {
        self
    }
}

impl<F: Form<Stored: DeserializeOwned>> Items for LentItems<F> {
    type Slot = Option<F::Stored>;
    type Item<'s> = F::Lent<'s>;

    fn next_item<'s>(&mut self, slot: &'s mut Option<F::Stored>) -> Option<F::Lent<'s>> {
        *slot = self.0.next();
        slot.as_mut().map(F::lend)
    }
}
