//! Forms of iterators over a list that were peeked at, or go from its end. What is left is
//! stored as that of the list's own iterator, in the order of the list.

use std::iter::{Peekable, Rev};
use std::marker::PhantomData;
use std::{slice, vec};

use serde::Serializer;

use super::iterators::{Left, LeftOf};
use super::{Form, StoredForm, Written};

/// Writes what is left of a list that is gone over by value.
fn owned<'a, F: StoredForm, S: Serializer>(
    left: impl Iterator<Item = F::Lent<'a>>,
    to: S,
) -> Result<S::Ok, S::Error> {
    let left: Vec<F::Lent<'a>> = left.collect();
    to.collect_seq(left.iter().map(Written::<F>))
}

/// The same of one that is borrowed.
fn lent<'v, 'a: 'v, F: StoredForm, S: Serializer>(
    left: impl Iterator<Item = &'v F::Lent<'a>>,
    to: S,
) -> Result<S::Ok, S::Error> {
    to.collect_seq(left.map(Written::<F>))
}

/// The form of what is made of a list's own iterator, whose items in the order of the list
/// are written.
macro_rules! over {
    ($(
        $(#[$doc:meta])*
        $form:ident: $list:ident, $iterator:ty, $made:ident, $write:ident of $in_order:expr,
        $($item:ident)?;
    )+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $form<F>(PhantomData<F>);

        impl<F: Form> Form for $form<F> {
            type Stored = <$list<F> as Form>::Stored;
            type Open<'a> = <$list<F> as Form>::Open<'a>;
            type Lent<'a> = $iterator;

            fn open(stored: &mut Self::Stored) -> Self::Open<'_> {
                $list::<F>::open(stored)
            }

            fn lend<'a>(open: &'a mut Self::Open<'a>) -> Self::Lent<'a> {
                $list::<F>::lend(open).$made()
            }
        }

        impl<F: StoredForm> StoredForm for $form<F>
        $(where
            for<'i> F::Lent<'i>: $item,)?
        {
            fn write<S: Serializer>(value: &Self::Lent<'_>, to: S) -> Result<S::Ok, S::Error> {
                $write::<F, S>($in_order(value.clone()), to)
            }
        }
    )+};
}

over! {
    /// The form of a `Peekable` of a `vec::IntoIter`.
    LeftPeeked: Left, Peekable<vec::IntoIter<F::Lent<'a>>>, peekable, owned of std::convert::identity, Clone;
    /// The form of a `Peekable` of a `slice::Iter`.
    LeftOfPeeked: LeftOf, Peekable<slice::Iter<'a, F::Lent<'a>>>, peekable, lent of std::convert::identity,;
    /// The form of a `Rev` of a `vec::IntoIter`.
    LeftTurned: Left, Rev<vec::IntoIter<F::Lent<'a>>>, rev, owned of Iterator::rev, Clone;
    /// The form of a `Rev` of a `slice::Iter`.
    LeftOfTurned: LeftOf, Rev<slice::Iter<'a, F::Lent<'a>>>, rev, lent of Iterator::rev,;
}
