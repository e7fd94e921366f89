//! Kept locals that may be shared borrows. What is borrowed cannot change while
//! the borrow lives: so a copy of it is stored, and the next state borrows that.
//!
//! A macro sees no types. Whether a local is a borrow is found by the autoref
//! technique: method resolution prefers the impl that needs fewer references.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::RangeInclusive;
use std::{slice, vec};

use serde::Serialize;

use super::forms::{
    Form, Keyed, List, Map, Maybe, Own, Pair, Ref, Referent, Set, StoredForm, Written,
};
use super::items::Collected;
use super::iterators::{Inclusive, Left, LeftOf};
use super::lent_items::{Lending, LentItems};
use super::run::Run;
use crate::codec::{self, DecodeError, EncodeError};
use crate::durable::Durable;
use crate::payload::Payload;

/// The form of a kept local, and how to store it.
pub struct LentTie<F: Form> {
    encode: fn(&F::Lent<'_>) -> Result<Payload, EncodeError>,
    decode: fn(&Payload) -> Result<F::Stored, DecodeError>,
}

impl<F: Form> Clone for LentTie<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F: Form> Copy for LentTie<F> {}

impl<F: Form> fmt::Debug for LentTie<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LentTie")
    }
}

/// Makes the tie of a local that may be a borrow.
#[must_use]
pub fn lent<F: StoredForm>() -> LentTie<F> {
    LentTie {
        encode: |value| {
            Ok(Payload::from_bytes(
                codec::to_vec(&Written::<F>(value))?.into(),
            ))
        },
        decode: |payload| codec::from_slice(payload.bytes()),
    }
}

impl<F: Form> LentTie<F> {
    /// The type of the local, for code that is never reached.
    #[must_use]
    pub fn never<'a>(self) -> F::Lent<'a> {
        unreachable!("generated for its type only")
    }
}

/// Makes the tie of an option of borrows.
#[must_use]
pub fn lent_option<T: Lendable + ?Sized>() -> LentTie<Maybe<Ref<T>>> {
    lent()
}

/// Makes the tie of a list of borrows.
#[must_use]
pub fn lent_list<T: Lendable + ?Sized>() -> LentTie<List<Ref<T>>> {
    lent()
}

/// What a state borrows a local from.
pub struct Held<F: Form>(F::Stored);

impl<F: Form> fmt::Debug for Held<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Held")
    }
}

impl<F: Form> Held<F> {
    /// The local; once.
    pub fn lend(&mut self) -> F::Lent<'_> {
        F::lend(&mut self.0)
    }
}

impl Run<'_> {
    /// Restores a local that may be a borrow; `None` stops the machine.
    pub fn hold<F: Form>(&mut self, local: u16, tie: LentTie<F>) -> Option<Held<F>> {
        self.take_with(local, tie.decode).map(Held)
    }

    /// Keeps a local of a known form.
    pub fn put_lent<F: Form>(&mut self, local: u16, tie: LentTie<F>, value: &F::Lent<'_>) {
        self.put_encoded(local, (tie.encode)(value));
    }
}

/// A local, on its way to the impl that fits its type.
pub struct Probe<'p, T>(pub &'p T);

impl<T> fmt::Debug for Probe<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Probe")
    }
}

/// What may be borrowed and stored.
pub trait Lendable: Referent + Serialize + 'static {}

impl<T: Referent + Serialize + ?Sized + 'static> Lendable for T {}

/// The same as a key of a map.
pub trait LendableKey: Lendable + Referent<Owned: Ord> + Ord {}

impl<T: Lendable + Referent<Owned: Ord> + Ord + ?Sized> LendableKey for T {}

/// A type as method resolution comes to it, the first one first.
macro_rules! tried {
    (first $ty:ty) => {
        &&&$ty
    };
    (second $ty:ty) => {
        &&$ty
    };
    (third $ty:ty) => {
        &$ty
    };
}

/// Finds the form of a local by its type.
macro_rules! found {
    ($turn:ident: $via:ident; $([$($generics:tt)*] $local:ty => $form:ty $(, $type:ty: $bound:ident)?;)+) => {$(
        impl<$($generics)*> $via for tried!($turn Probe<'_, $local>) $(where $type: $bound)? {
            type Form = $form;

            fn put(&self, run: &mut Run<'_>, local: u16, tie: LentTie<$form>) {
                run.put_encoded(local, (tie.encode)(self.0));
            }
        }
    )+};
}

/// Finds the form of a local, and of the items of a loop, by its type.
macro_rules! forms {
    ($turn:ident: $via:ident, $items:ident;
        $([$($generics:tt)*] [$($own:ident $(: $key:ident)?),*] $local:ty => $form:ty;)+) => {
        /// Locals whose form this turn of method resolution finds.
        pub trait $via {
            /// The form.
            type Form: Form;
            /// Keeps the local.
            fn put(&self, run: &mut Run<'_>, local: u16, tie: LentTie<Self::Form>);
        }

        /// Items whose form this turn of method resolution finds.
        pub trait $items {
            /// What is kept.
            type Kept;
            /// Makes it.
            fn kept(&self) -> Self::Kept;
        }

        $(
            found! { $turn: $via; [$($generics)* $(, $own: $($key +)? 'static)*] $local => $form; }

            impl<$($generics)* $(, $own: $($key +)? Durable)*> $items for tried!($turn Lending<Collected<$local>>) {
                type Kept = LentItems<$form>;

                fn kept(&self) -> LentItems<$form> {
                    LentItems::of(self.items().all())
                }
            }
        )+
    };
}

forms! {
    first: ViaBorrow, ViaBorrows;
    [T: Lendable + ?Sized] [] &T => Ref<T>;
    [T: Lendable + ?Sized] [] Option<&T> => Maybe<Ref<T>>;
    [T: Lendable + ?Sized] [] Vec<&T> => List<Ref<T>>;
    [T: LendableKey + ?Sized] [] BTreeSet<&T> => Set<T>;
    [A: Lendable + ?Sized, B: Lendable + ?Sized] [] (&A, &B) => Pair<Ref<A>, Ref<B>>;
    [A: Lendable + ?Sized, B: Lendable + ?Sized] [] Option<(&A, &B)> => Maybe<Pair<Ref<A>, Ref<B>>>;
    [A: Lendable + ?Sized, B: Lendable + ?Sized] [] Vec<(&A, &B)> => List<Pair<Ref<A>, Ref<B>>>;
    [K: LendableKey + ?Sized, V: Lendable + ?Sized] [] BTreeMap<&K, &V> => Keyed<K, Ref<V>>;
    [K: LendableKey + ?Sized, V: Lendable + ?Sized] [] BTreeMap<&K, Vec<&V>> => Keyed<K, List<Ref<V>>>;
}

found! {
    first: ViaBorrow;
    [T: 'static] vec::IntoIter<T> => Left<T>;
    [T: 'static] slice::Iter<'_, T> => LeftOf<T>;
    [T: Clone + PartialOrd + 'static] RangeInclusive<T> => Inclusive<T>, RangeInclusive<T>: Iterator;
}

forms! {
    second: ViaBorrowFirst, ViaBorrowsFirst;
    [A: Lendable + ?Sized] [B] (&A, B) => Pair<Ref<A>, Own<B>>;
    [A: Lendable + ?Sized] [B] Option<(&A, B)> => Maybe<Pair<Ref<A>, Own<B>>>;
    [A: Lendable + ?Sized] [B] Vec<(&A, B)> => List<Pair<Ref<A>, Own<B>>>;
    [K: LendableKey + ?Sized] [V] BTreeMap<&K, V> => Keyed<K, Own<V>>;
}

forms! {
    third: ViaBorrowSecond, ViaBorrowsSecond;
    [B: Lendable + ?Sized] [A] (A, &B) => Pair<Own<A>, Ref<B>>;
    [B: Lendable + ?Sized] [A] Option<(A, &B)> => Maybe<Pair<Own<A>, Ref<B>>>;
    [B: Lendable + ?Sized] [A] Vec<(A, &B)> => List<Pair<Own<A>, Ref<B>>>;
    [V: Lendable + ?Sized] [K: Ord] BTreeMap<K, &V> => Map<K, Ref<V>>;
    [V: Lendable + ?Sized] [K: Ord] BTreeMap<K, Vec<&V>> => Map<K, List<Ref<V>>>;
}

/// All other locals.
pub trait ViaOwn {
    /// The form.
    type Form: Form;
    /// Keeps the local.
    fn put(&self, run: &mut Run<'_>, local: u16, tie: LentTie<Self::Form>);
}

impl<T: 'static> ViaOwn for Probe<'_, T> {
    type Form = Own<T>;

    fn put(&self, run: &mut Run<'_>, local: u16, tie: LentTie<Own<T>>) {
        run.put_encoded(local, (tie.encode)(self.0));
    }
}
