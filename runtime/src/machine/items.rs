//! How a `for` loop with an await in its body keeps what it loops over.
//!
//! Ranges are stored as they are; other owned iterators are collected once,
//! when the loop begins; a borrowed collection stays where it is, and a
//! [`Cursor`] says where in it the loop stands. What panics here tells the
//! user's line, not one of this file: hence `track_caller`.

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Range, RangeFrom, RangeInclusive};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::asked::{Asked, asked};
use super::forms::FormOf;
use crate::codec;

/// What a `for` loop was given, on its way to the impl that fits its type.
pub struct Iterated<I>(Cell<Option<I>>);

impl<I> fmt::Debug for Iterated<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Iterated")
    }
}

impl<I> Iterated<I> {
    /// Wraps it.
    pub fn new(source: I) -> Self {
        Self(Cell::new(Some(source)))
    }

    /// It can be gone over.
    #[must_use]
    pub fn sure(self) -> Self {
        self
    }

    pub(super) fn take(&self) -> I {
        self.0.take().expect("generated code asks once")
    }
}

impl<I: IntoIterator> Iterated<I> {
    /// Asks for the form of its items.
    pub fn asked(&self) -> Asked<I::Item> {
        asked()
    }
}

/// Ranges.
pub trait ViaRange {
    /// What is kept.
    type Items;
    /// Makes it.
    fn keep<F>(&self, _form: FormOf<F>) -> Self::Items;
}

impl<T> ViaRange for Iterated<Range<T>> {
    type Items = Counted<Range<T>>;

    fn keep<F>(&self, _form: FormOf<F>) -> Self::Items {
        Counted(self.take())
    }
}

impl<T> ViaRange for Iterated<RangeFrom<T>> {
    type Items = Counted<RangeFrom<T>>;

    fn keep<F>(&self, _form: FormOf<F>) -> Self::Items {
        Counted(self.take())
    }
}

impl<T: PartialOrd> ViaRange for Iterated<RangeInclusive<T>> {
    type Items = Inclusive<T>;

    fn keep<F>(&self, _form: FormOf<F>) -> Self::Items {
        Inclusive(Some(self.take()))
    }
}

/// What a loop takes its items from.
pub trait Items {
    /// What an item may be borrowed from.
    type Slot: Default;
    /// What lies between the two.
    type Open<'s>;
    /// The items.
    type Item<'s>;
    /// The next of them.
    #[track_caller]
    fn next_item<'s>(
        &mut self,
        slot: &'s mut Self::Slot,
        open: &'s mut Option<Self::Open<'s>>,
    ) -> Option<Self::Item<'s>>;
}

/// The next item of a loop.
#[track_caller]
pub fn next_item<'s, I: Items>(
    items: &mut I,
    slot: &'s mut I::Slot,
    open: &'s mut Option<I::Open<'s>>,
) -> Option<I::Item<'s>> {
    items.next_item(slot, open)
}

/// A range that says all of where it stands.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Counted<R>(R);

impl<R: Iterator> Items for Counted<R> {
    type Slot = ();
    type Open<'s> = ();
    type Item<'s> = R::Item;

    fn next_item(&mut self, (): &mut (), _: &mut Option<()>) -> Option<R::Item> {
        self.0.next()
    }
}

/// `a..=b`: serde forgets whether its last item was given, so that is said by
/// its absence.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(serialize = "T: Serialize", deserialize = "T: DeserializeOwned"))]
pub struct Inclusive<T>(Option<RangeInclusive<T>>);

impl<T: PartialOrd> Items for Inclusive<T>
where
    RangeInclusive<T>: Iterator<Item = T>,
{
    type Slot = ();
    type Open<'s> = ();
    type Item<'s> = T;

    fn next_item(&mut self, (): &mut (), _: &mut Option<()>) -> Option<T> {
        let range = self.0.as_mut()?;
        let item = range.next();
        if range.is_empty() {
            self.0 = None;
        }
        item
    }
}

/// Collected items, each encoded once. To give one changes a number at the
/// front only, and none is decoded before its turn: a long loop neither stores
/// nor reads all of them again and again.
#[derive(Clone)]
pub(super) struct Queue<T> {
    given: u32,
    /// For each item where it ends in `items`, as four little-endian bytes.
    ends: Vec<u8>,
    items: Vec<u8>,
    item: PhantomData<fn() -> T>,
}

impl<T> Queue<T> {
    /// Encodes what stands for the items.
    #[track_caller]
    pub(super) fn of<S: Serialize>(items: impl IntoIterator<Item = S>) -> Self {
        let items = items.into_iter();
        let mut bytes = Vec::new();
        let mut ends = Vec::with_capacity(items.size_hint().0 * 4);
        for item in items {
            if let Err(error) = codec::encode_into(&mut bytes, &item) {
                panic!("an item of a `for` loop cannot be stored: {error}");
            }
            let end = u32::try_from(bytes.len()).expect("a value is far smaller than 4 GiB");
            ends.extend_from_slice(&end.to_le_bytes());
        }
        Self {
            given: 0,
            ends,
            items: bytes,
            item: PhantomData,
        }
    }
}

impl<T> Queue<T> {
    /// Where the item of this number ends.
    fn end(&self, index: usize) -> Option<usize> {
        let bytes = self.ends.get(index * 4..index * 4 + 4)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(bytes)).ok()
    }

    fn next_bytes(&mut self) -> Option<&[u8]> {
        let index = usize::try_from(self.given).ok()?;
        let start = index
            .checked_sub(1)
            .map_or(Some(0), |before| self.end(before))?;
        let end = self.end(index)?;
        self.given += 1;
        self.items.get(start..end)
    }
}

impl<T: DeserializeOwned> Queue<T> {
    /// Decodes the next item.
    pub(super) fn next(&mut self) -> Option<T> {
        match codec::from_slice(self.next_bytes()?) {
            Ok(item) => Some(item),
            Err(error) => panic!("a stored item of a `for` loop cannot be read back: {error}"),
        }
    }
}

impl<T> fmt::Debug for Queue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Queue")
            .field("given", &self.given)
            .field("of", &(self.ends.len() / 4))
            .finish_non_exhaustive()
    }
}

/// A queue as it is stored: what changes comes first.
#[derive(Serialize, Deserialize)]
struct Stored<B> {
    given: u32,
    ends: B,
    items: B,
}

/// Bytes as one blob rather than as a list of numbers.
struct Blob<B>(B);

impl Serialize for Blob<&Vec<u8>> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

impl<'de> Deserialize<'de> for Blob<Vec<u8>> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Vec<u8>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
                Ok(bytes.to_vec())
            }
        }
        deserializer.deserialize_bytes(Visitor).map(Blob)
    }
}

impl<T> Serialize for Queue<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self {
            given, ends, items, ..
        } = self;
        Stored {
            given: *given,
            ends: Blob(ends),
            items: Blob(items),
        }
        .serialize(serializer)
    }
}

impl<'de, T> Deserialize<'de> for Queue<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Stored { given, ends, items } = Stored::<Blob<Vec<u8>>>::deserialize(deserializer)?;
        Ok(Self {
            given,
            ends: ends.0,
            items: items.0,
            item: PhantomData,
        })
    }
}
