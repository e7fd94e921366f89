//! Loops over a borrowed collection: the collection is kept as any local is,
//! and a cursor says where in it the loop stands, so that the present item can
//! be borrowed again after an await.

mod collections;

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

use serde::{Deserialize, Serialize};

use super::plain::{Doubtful, Right, Wrong};
use crate::durable::Durable;

pub use collections::Count;

/// A borrowed collection that a loop with an await can walk over.
#[diagnostic::on_unimplemented(
    message = "a loop with an `.await` in its body cannot walk over `{Self}`",
    label = "its place in this collection could not be found again after a restart",
    note = "vectors, slices, arrays, `Option`, `VecDeque`, `LinkedList`, `BTreeMap`, `BTreeSet` and `BinaryHeap`, `&HashMap` and `&HashSet` can be borrowed by such a loop",
    note = "for other collections, collect the items into a `Vec` before the loop"
)]
pub trait Walk: Sized {
    /// A place in the collection.
    type At: Durable;
    /// The place before the first item.
    fn start(self) -> Self::At;
    /// Names the demand that it is one.
    const WALKED: Walked<Self> = Walked(PhantomData);
}

/// What is one.
pub struct Walked<W>(PhantomData<fn(W)>);

impl<W> fmt::Debug for Walked<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Walked")
    }
}

/// Steps over a borrowed collection from a place of some kind.
pub trait Steps<At> {
    /// What the loop sees.
    type Item;
    /// Moves to the next item.
    fn next(self, at: &mut At) -> Option<Self::Item>;
    /// The item that was given last.
    fn current(self, at: &At) -> Option<Self::Item>;
}

/// Where a loop stands, and how many items it was given.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Cursor<At> {
    given: u64,
    at: At,
}

/// The place before the first item.
fn cursor<W: Walk>(items: W) -> Cursor<W::At> {
    Cursor {
        given: 0,
        at: items.start(),
    }
}

/// A collection whose keys may be borrows, on its way to the impl that fits it.
pub struct Walking<W>(Cell<Option<W>>);

impl<W> fmt::Debug for Walking<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Walking")
    }
}

impl<W> Walking<W> {
    /// Wraps it.
    pub fn new(items: W) -> Self {
        Self(Cell::new(Some(items)))
    }

    /// It is a collection.
    #[must_use]
    pub fn sure(self) -> Self {
        self
    }
}

/// Ordered collections whose keys are places that can be stored.
pub trait ViaKey {
    /// The key.
    type Key;
    /// The place before the first item.
    fn cursor(&self) -> Cursor<Option<Self::Key>> {
        Cursor { given: 0, at: None }
    }
    /// Demands nothing of it.
    fn walks(&self, _: Walked<&[()]>) {}
}

/// Ordered collections whose keys may be borrows.
pub trait ViaCount {
    /// The place before the first item.
    fn cursor(&self) -> Cursor<Count> {
        Cursor::default()
    }
    /// Demands nothing of it.
    fn walks(&self, _: Walked<&[()]>) {}
}

/// All others.
pub trait ViaPlace {
    /// The collection.
    type Items;
    /// The place before the first item.
    fn cursor(&self) -> Cursor<<Self::Items as Walk>::At>
    where
        Self::Items: Walk;
    /// Demands that a loop can walk over it.
    fn walks(&self, _: Walked<Self::Items>) {}
}

impl<W> ViaPlace for Walking<W> {
    type Items = W;

    fn cursor(&self) -> Cursor<W::At>
    where
        W: Walk,
    {
        cursor(self.0.take().expect("generated code asks once"))
    }
}

/// Borrows a collection as `.iter_mut()` does: of a `&mut` what it borrows.
pub trait ByMut {
    /// The borrow.
    fn by_mut_ref(&mut self) -> &mut Self;
}

impl Right {
    /// The place before the first item.
    pub fn cursor<W: Walk>(self, items: W) -> Cursor<W::At> {
        cursor(items)
    }

    /// A collection whose keys may be borrows.
    pub fn walking<W>(self, items: W) -> Walking<W> {
        Walking::new(items)
    }
}

impl Wrong {
    /// The place before the first item, if there is one.
    pub fn cursor<W>(self, items: W) -> Doubtful<Begin<W>> {
        Doubtful(Begin(items))
    }

    /// What may be no collection.
    pub fn walking<W>(self, items: W) -> Doubtful<Walking<W>> {
        Doubtful(Walking::new(items))
    }
}

/// What a loop may begin to walk over.
#[derive(Debug)]
pub struct Begin<W>(W);

impl<W: Walk> Doubtful<Begin<W>> {
    /// It can.
    pub fn sure(self) -> Cursor<W::At> {
        cursor(self.0.0)
    }
}

impl<W: Walk> Doubtful<Walking<W>> {
    /// It is one.
    pub fn sure(self) -> Walking<W> {
        self.0
    }
}

impl<At> Cursor<At> {
    /// It can.
    #[must_use]
    pub fn sure(self) -> Self {
        self
    }

    /// Moves to the next item.
    pub fn walk_next<W: Steps<At>>(&mut self, items: W) -> Option<W::Item> {
        let item = items.next(&mut self.at)?;
        self.given += 1;
        Some(item)
    }

    /// The present item.
    pub fn walk_current<W: Steps<At>>(&self, items: W) -> Option<W::Item> {
        items.current(&self.at)
    }

    /// The same with the item's number, as `enumerate` counts.
    pub fn enumerate_next<W: Steps<At>>(&mut self, items: W) -> Option<(usize, W::Item)> {
        let item = self.walk_next(items)?;
        Some((number(self), item))
    }

    /// The present item with its number.
    pub fn enumerate_current<W: Steps<At>>(&self, items: W) -> Option<(usize, W::Item)> {
        Some((number(self), items.current(&self.at)?))
    }
}

fn number<At>(cursor: &Cursor<At>) -> usize {
    usize::try_from(cursor.given.saturating_sub(1)).unwrap_or(usize::MAX)
}
