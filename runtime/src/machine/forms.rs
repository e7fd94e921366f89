//! Forms: what a local with borrows in it is stored as, and how it is lent again
//! out of what was stored. `Map<Ref<str>, Own<u64>>` is the form of a
//! `BTreeMap<&str, u64>`.

use std::collections::{BTreeMap, BTreeSet};
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::durable::Durable;

/// How a local is handed from state to state.
pub trait Form: 'static {
    /// What is decoded.
    type Stored: 'static;
    /// What the local is.
    type Lent<'a>;
    /// Gives it for as long as `stored` lives; once.
    fn lend(stored: &mut Self::Stored) -> Self::Lent<'_>;
}

/// A form whose values can be stored.
pub trait StoredForm: Form<Stored: DeserializeOwned> {
    /// Writes a value.
    ///
    /// # Errors
    ///
    /// What the value's own `Serialize` says.
    fn write<S: Serializer>(value: &Self::Lent<'_>, to: S) -> Result<S::Ok, S::Error>;
}

/// A value of a form, to be written.
pub(super) struct Written<'v, 'a, F: Form>(pub(super) &'v F::Lent<'a>);

impl<F: StoredForm> Serialize for Written<'_, '_, F> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        F::write(self.0, to)
    }
}

/// What can be borrowed: a sized value, or a part of a string or vector.
pub trait Referent {
    /// The value of its own that stands in for it.
    type Owned: DeserializeOwned + 'static;
    /// Borrows it.
    fn borrow(owned: &Self::Owned) -> &Self;
}

impl<T: DeserializeOwned + 'static> Referent for T {
    type Owned = T;

    fn borrow(owned: &T) -> &T {
        owned
    }
}

impl Referent for str {
    type Owned = String;

    fn borrow(owned: &String) -> &str {
        owned
    }
}

impl<T: DeserializeOwned + 'static> Referent for [T] {
    type Owned = Vec<T>;

    fn borrow(owned: &Vec<T>) -> &[T] {
        owned
    }
}

/// The form of a value without borrows.
#[derive(Debug)]
pub struct Own<T>(PhantomData<T>);

/// A value that is given away once.
#[derive(Debug)]
pub struct Once<T>(Option<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Once<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::deserialize(from).map(|value| Self(Some(value)))
    }
}

impl<T: 'static> Form for Own<T> {
    type Stored = Once<T>;
    type Lent<'a> = T;

    fn lend(stored: &mut Once<T>) -> T {
        let once = stored.0.take();
        once.expect("it is lent once, by the state that decoded it")
    }
}

impl<T: Durable> StoredForm for Own<T> {
    fn write<S: Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
        value.serialize(to)
    }
}

/// The form of a `&T`.
#[derive(Debug)]
pub struct Ref<T: ?Sized>(PhantomData<T>);

impl<T: Referent + ?Sized + 'static> Form for Ref<T> {
    type Stored = T::Owned;
    type Lent<'a> = &'a T;

    fn lend(stored: &mut T::Owned) -> &T {
        T::borrow(stored)
    }
}

impl<T: Referent + Serialize + ?Sized + 'static> StoredForm for Ref<T> {
    fn write<S: Serializer>(value: &&T, to: S) -> Result<S::Ok, S::Error> {
        value.serialize(to)
    }
}

/// The form of a pair.
#[derive(Debug)]
pub struct Pair<A, B>(PhantomData<(A, B)>);

impl<A: Form, B: Form> Form for Pair<A, B> {
    type Stored = (A::Stored, B::Stored);
    type Lent<'a> = (A::Lent<'a>, B::Lent<'a>);

    fn lend((a, b): &mut Self::Stored) -> Self::Lent<'_> {
        (A::lend(a), B::lend(b))
    }
}

impl<A: StoredForm, B: StoredForm> StoredForm for Pair<A, B> {
    fn write<S: Serializer>((a, b): &Self::Lent<'_>, to: S) -> Result<S::Ok, S::Error> {
        (Written::<A>(a), Written::<B>(b)).serialize(to)
    }
}

/// The form of an `Option`.
#[derive(Debug)]
pub struct Maybe<F>(PhantomData<F>);

impl<F: Form> Form for Maybe<F> {
    type Stored = Option<F::Stored>;
    type Lent<'a> = Option<F::Lent<'a>>;

    fn lend(stored: &mut Self::Stored) -> Self::Lent<'_> {
        stored.as_mut().map(F::lend)
    }
}

impl<F: StoredForm> StoredForm for Maybe<F> {
    fn write<S: Serializer>(value: &Self::Lent<'_>, to: S) -> Result<S::Ok, S::Error> {
        value.as_ref().map(Written::<F>).serialize(to)
    }
}

/// The form of a `Vec`.
#[derive(Debug)]
pub struct List<F>(PhantomData<F>);

impl<F: Form> Form for List<F> {
    type Stored = Vec<F::Stored>;
    type Lent<'a> = Vec<F::Lent<'a>>;

    fn lend(stored: &mut Self::Stored) -> Self::Lent<'_> {
        stored.iter_mut().map(F::lend).collect()
    }
}

impl<F: StoredForm> StoredForm for List<F> {
    fn write<S: Serializer>(value: &Self::Lent<'_>, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(value.iter().map(Written::<F>))
    }
}

/// The form of a `BTreeSet<&T>`.
#[derive(Debug)]
pub struct Set<T: ?Sized>(PhantomData<T>);

impl<T: Referent + Ord + ?Sized + 'static> Form for Set<T> {
    type Stored = Vec<T::Owned>;
    type Lent<'a> = BTreeSet<&'a T>;

    fn lend(stored: &mut Self::Stored) -> Self::Lent<'_> {
        stored.iter().map(T::borrow).collect()
    }
}

impl<T: Referent + Serialize + Ord + ?Sized + 'static> StoredForm for Set<T> {
    fn write<S: Serializer>(value: &BTreeSet<&T>, to: S) -> Result<S::Ok, S::Error> {
        value.serialize(to)
    }
}

/// The form of a `BTreeMap` with borrowed keys.
#[derive(Debug)]
pub struct Keyed<K: ?Sized, F>(PhantomData<K>, PhantomData<F>);

impl<K, F> Form for Keyed<K, F>
where
    K: Referent<Owned: Ord> + Ord + ?Sized + 'static,
    F: Form,
{
    type Stored = BTreeMap<K::Owned, F::Stored>;
    type Lent<'a> = BTreeMap<&'a K, F::Lent<'a>>;

    fn lend(stored: &mut Self::Stored) -> Self::Lent<'_> {
        let entries = stored.iter_mut();
        let lent = entries.map(|(key, value)| (K::borrow(key), F::lend(value)));
        lent.collect()
    }
}

impl<K, F> StoredForm for Keyed<K, F>
where
    K: Referent<Owned: Ord> + Serialize + Ord + ?Sized + 'static,
    F: StoredForm,
{
    fn write<S: Serializer>(value: &Self::Lent<'_>, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(value.iter().map(|(key, value)| (key, Written::<F>(value))))
    }
}

/// The form of a `BTreeMap` with keys of its own.
#[derive(Debug)]
pub struct Map<K, F>(PhantomData<K>, PhantomData<F>);

/// The entries of a map, in its order.
#[derive(Debug)]
pub struct Entries<K, V>(Vec<(Once<K>, V)>);

impl<'de, K, V> Deserialize<'de> for Entries<K, V>
where
    K: Deserialize<'de> + Ord,
    V: Deserialize<'de>,
{
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let entries = BTreeMap::<K, V>::deserialize(from)?.into_iter();
        Ok(Self(
            entries
                .map(|(key, value)| (Once(Some(key)), value))
                .collect(),
        ))
    }
}

impl<K: Ord + 'static, F: Form> Form for Map<K, F> {
    type Stored = Entries<K, F::Stored>;
    type Lent<'a> = BTreeMap<K, F::Lent<'a>>;

    fn lend(stored: &mut Self::Stored) -> Self::Lent<'_> {
        let entries = stored.0.iter_mut();
        let lent = entries.map(|(key, value)| (Own::lend(key), F::lend(value)));
        lent.collect()
    }
}

impl<K: Durable + Ord, F: StoredForm> StoredForm for Map<K, F> {
    fn write<S: Serializer>(value: &Self::Lent<'_>, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(value.iter().map(|(key, value)| (key, Written::<F>(value))))
    }
}
