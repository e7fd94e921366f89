//! Forms of vectors, sets and their kin, and of what turns an order round in a heap.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, VecDeque};
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serializer, de};

use super::{Form, StoredForm, Written};

/// Forms of collections that are stored as the list of what is in them.
macro_rules! listed {
    ($($(#[$doc:meta])* $form:ident => $collection:ident $(of $bound:ident)?;)+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $form<F>(PhantomData<F>);

        impl<F> Form for $form<F>
        where
            F: Form,
            $(for<'a> F::Lent<'a>: $bound,)?
        {
            type Stored = Vec<F::Stored>;
            type Open<'a> = Vec<F::Open<'a>>;
            type Lent<'a> = $collection<F::Lent<'a>>;

            fn open(stored: &mut Self::Stored) -> Self::Open<'_> {
                stored.iter_mut().map(F::open).collect()
            }

            fn lend<'a>(open: &'a mut Self::Open<'a>) -> Self::Lent<'a> {
                open.iter_mut().map(F::lend).collect()
            }
        }

        impl<F> StoredForm for $form<F>
        where
            F: StoredForm,
            $(for<'a> F::Lent<'a>: $bound,)?
        {
            fn write<S: Serializer>(value: &Self::Lent<'_>, to: S) -> Result<S::Ok, S::Error> {
                to.collect_seq(value.iter().map(Written::<F>))
            }
        }
    )+};
}

listed! {
    /// The form of a `Vec`.
    List => Vec;
    /// The form of a `VecDeque`.
    Deque => VecDeque;
    /// The form of a `BinaryHeap`.
    Heap => BinaryHeap of Ord;
    /// The form of a `BTreeSet`.
    Set => BTreeSet of Ord;
}

/// The form of a `Reverse`.
#[derive(Debug)]
pub struct Reversed<F>(PhantomData<F>);

impl<F: Form> Form for Reversed<F> {
    type Stored = F::Stored;
    type Open<'a> = F::Open<'a>;
    type Lent<'a> = Reverse<F::Lent<'a>>;

    fn open(stored: &mut Self::Stored) -> Self::Open<'_> {
        F::open(stored)
    }

    fn lend<'a>(open: &'a mut Self::Open<'a>) -> Self::Lent<'a> {
        Reverse(F::lend(open))
    }
}

impl<F: StoredForm> StoredForm for Reversed<F> {
    fn write<S: Serializer>(value: &Self::Lent<'_>, to: S) -> Result<S::Ok, S::Error> {
        F::write(&value.0, to)
    }
}

/// The form of an array.
#[derive(Debug)]
pub struct Array<F, const N: usize>(PhantomData<F>);

/// As many values as an array has.
#[derive(Debug)]
pub struct Exactly<T, const N: usize>([T; N]);

impl<'de, T: Deserialize<'de>, const N: usize> Deserialize<'de> for Exactly<T, N> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let items = Vec::<T>::deserialize(from)?;
        let len = items.len();
        let wrong = |_| de::Error::custom(format_args!("{len} items for an array of {N}"));
        items.try_into().map(Self).map_err(wrong)
    }
}

impl<F: Form, const N: usize> Form for Array<F, N> {
    type Stored = Exactly<F::Stored, N>;
    type Open<'a> = [F::Open<'a>; N];
    type Lent<'a> = [F::Lent<'a>; N];

    fn open(stored: &mut Self::Stored) -> Self::Open<'_> {
        stored.0.each_mut().map(F::open)
    }

    fn lend<'a>(open: &'a mut Self::Open<'a>) -> Self::Lent<'a> {
        open.each_mut().map(F::lend)
    }
}

impl<F: StoredForm, const N: usize> StoredForm for Array<F, N> {
    fn write<S: Serializer>(value: &Self::Lent<'_>, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(value.iter().map(Written::<F>))
    }
}
