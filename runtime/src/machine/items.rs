//! How a `for` loop with an await in its body keeps what it loops over.
//!
//! Ranges are stored as they are; other owned iterators are collected once,
//! when the loop begins; a borrowed collection stays where it is, and a
//! [`Cursor`] says where in it the loop stands.

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Range, RangeFrom, RangeInclusive};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::codec;
use crate::durable::Durable;

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

    fn source(&self) -> I {
        self.0.take().expect("generated code asks once")
    }
}

/// Ranges.
pub trait ViaRange {
    /// What is kept.
    type Items;
    /// Makes it.
    fn items(&self) -> Self::Items;
}

impl<T> ViaRange for Iterated<Range<T>> {
    type Items = Counted<Range<T>>;

    fn items(&self) -> Self::Items {
        Counted(self.source())
    }
}

impl<T> ViaRange for Iterated<RangeFrom<T>> {
    type Items = Counted<RangeFrom<T>>;

    fn items(&self) -> Self::Items {
        Counted(self.source())
    }
}

impl<T: PartialOrd> ViaRange for Iterated<RangeInclusive<T>> {
    type Items = Inclusive<T>;

    fn items(&self) -> Self::Items {
        Inclusive(Some(self.source()))
    }
}

/// All other iterators.
pub trait ViaItems {
    /// The items.
    type Item;
    /// Collects them.
    fn items(&self) -> Collected<Self::Item>;
}

impl<I: IntoIterator> ViaItems for &Iterated<I> {
    type Item = I::Item;

    fn items(&self) -> Collected<I::Item> {
        let items = self.source().into_iter();
        assert!(
            items.size_hint().0 < usize::MAX,
            "a `for` loop with an `.await` in its body was given an endless iterator; \
             use `loop`, or a range such as `0..`"
        );
        Collected(items.collect())
    }
}

/// Items that are not stored yet.
#[derive(Debug)]
pub struct Collected<T>(Vec<T>);

/// What can be kept while a loop runs.
pub trait Keep {
    /// In what form.
    type Kept: Items;
    /// Turns it into that form.
    fn keep(self) -> Self::Kept;
}

/// What a loop takes its items from.
pub trait Items {
    /// The items.
    type Item;
    /// The next of them.
    fn next_item(&mut self) -> Option<Self::Item>;
}

/// Keeps items for a loop.
///
/// The result is a type of its own in the signature, so that rustc reports an
/// item that is not [`Durable`] once.
pub fn keep_items<I, K: Keep<Kept = I>>(items: K) -> I {
    items.keep()
}

/// The next item of a loop.
pub fn next_item<T, I: Items<Item = T>>(items: &mut I) -> Option<T> {
    items.next_item()
}

/// A range that says all of where it stands.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Counted<R>(R);

impl<R: Iterator> Keep for Counted<R> {
    type Kept = Self;

    fn keep(self) -> Self {
        self
    }
}

impl<R: Iterator> Items for Counted<R> {
    type Item = R::Item;

    fn next_item(&mut self) -> Option<R::Item> {
        self.0.next()
    }
}

/// `a..=b`: serde forgets whether its last item was given, so that is said by
/// its absence.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(serialize = "T: Serialize", deserialize = "T: DeserializeOwned"))]
pub struct Inclusive<T>(Option<RangeInclusive<T>>);

impl<T: PartialOrd> Keep for Inclusive<T>
where
    RangeInclusive<T>: Iterator<Item = T>,
{
    type Kept = Self;

    fn keep(self) -> Self {
        self
    }
}

impl<T: PartialOrd> Items for Inclusive<T>
where
    RangeInclusive<T>: Iterator<Item = T>,
{
    type Item = T;

    fn next_item(&mut self) -> Option<T> {
        let range = self.0.as_mut()?;
        let item = range.next();
        if range.is_empty() {
            self.0 = None;
        }
        item
    }
}

impl<T: Durable> Keep for Collected<T> {
    type Kept = Queue<T>;

    fn keep(self) -> Queue<T> {
        Queue::of(&self.0)
    }
}

/// Collected items, each encoded once; giving one changes a number at the
/// front only, so that a long loop does not store all of them again and again.
#[derive(Clone)]
pub struct Queue<T> {
    given: u32,
    ends: Vec<u32>,
    bytes: Vec<u8>,
    items: PhantomData<fn() -> T>,
}

impl<T: Durable> Queue<T> {
    fn of(items: &[T]) -> Self {
        let mut bytes = Vec::new();
        let mut ends = Vec::with_capacity(items.len());
        for item in items {
            if let Err(error) = codec::encode_into(&mut bytes, item) {
                panic!("an item of a `for` loop cannot be stored: {error}");
            }
            ends.push(u32::try_from(bytes.len()).expect("a value is far smaller than 4 GiB"));
        }
        Self {
            given: 0,
            ends,
            bytes,
            items: PhantomData,
        }
    }
}

impl<T: Durable> Items for Queue<T> {
    type Item = T;

    fn next_item(&mut self) -> Option<T> {
        let index = usize::try_from(self.given).ok()?;
        let end = usize::try_from(*self.ends.get(index)?).ok()?;
        let start = match index.checked_sub(1) {
            Some(before) => usize::try_from(*self.ends.get(before)?).ok()?,
            None => 0,
        };
        self.given += 1;
        match codec::from_slice(self.bytes.get(start..end)?) {
            Ok(item) => Some(item),
            Err(error) => panic!("a stored item of a `for` loop cannot be read back: {error}"),
        }
    }
}

impl<T> fmt::Debug for Queue<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Queue")
            .field("given", &self.given)
            .field("of", &self.ends.len())
            .finish()
    }
}

/// A queue as it is stored.
#[derive(Serialize, Deserialize)]
struct Stored<B> {
    given: u32,
    ends: Vec<u32>,
    bytes: B,
}

/// Bytes as one blob rather than as a list of numbers.
struct Blob<B>(B);

impl<B: AsRef<[u8]>> Serialize for Blob<B> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0.as_ref())
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
            given, ends, bytes, ..
        } = self;
        Stored {
            given: *given,
            ends: ends.clone(),
            bytes: Blob(bytes),
        }
        .serialize(serializer)
    }
}

impl<'de, T> Deserialize<'de> for Queue<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Stored { given, ends, bytes } = Stored::<Blob<Vec<u8>>>::deserialize(deserializer)?;
        Ok(Self {
            given,
            ends,
            bytes: bytes.0,
            items: PhantomData,
        })
    }
}
