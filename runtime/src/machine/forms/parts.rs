//! Forms of options, results and tuples.

use std::marker::PhantomData;

use serde::{Serialize, Serializer};

use super::{Form, StoredForm, Written};

/// The form of an `Option`.
#[derive(Debug)]
pub struct Maybe<F>(PhantomData<F>);

impl<F: Form> Form for Maybe<F> {
    type Stored = Option<F::Stored>;
    type Open<'a> = Option<F::Open<'a>>;
    type Lent<'a> = Option<F::Lent<'a>>;

    fn open(stored: &mut Self::Stored) -> Self::Open<'_> {
        stored.as_mut().map(F::open)
    }

    fn lend<'a>(open: &'a mut Self::Open<'a>) -> Self::Lent<'a> {
        open.as_mut().map(F::lend)
    }
}

impl<F: StoredForm> StoredForm for Maybe<F> {
    fn write<S: Serializer>(value: &Self::Lent<'_>, to: S) -> Result<S::Ok, S::Error> {
        value.as_ref().map(Written::<F>).serialize(to)
    }
}

/// The form of a `Result`.
#[derive(Debug)]
pub struct Either<A, B>(PhantomData<(A, B)>);

impl<A: Form, B: Form> Form for Either<A, B> {
    type Stored = Result<A::Stored, B::Stored>;
    type Open<'a> = Result<A::Open<'a>, B::Open<'a>>;
    type Lent<'a> = Result<A::Lent<'a>, B::Lent<'a>>;

    fn open(stored: &mut Self::Stored) -> Self::Open<'_> {
        stored.as_mut().map(A::open).map_err(B::open)
    }

    fn lend<'a>(open: &'a mut Self::Open<'a>) -> Self::Lent<'a> {
        open.as_mut().map(A::lend).map_err(B::lend)
    }
}

impl<A: StoredForm, B: StoredForm> StoredForm for Either<A, B> {
    fn write<S: Serializer>(value: &Self::Lent<'_>, to: S) -> Result<S::Ok, S::Error> {
        let written = value.as_ref().map(Written::<A>).map_err(Written::<B>);
        written.serialize(to)
    }
}

/// The form of a pair.
#[derive(Debug)]
pub struct Pair<A, B>(PhantomData<(A, B)>);

impl<A: Form, B: Form> Form for Pair<A, B> {
    type Stored = (A::Stored, B::Stored);
    type Open<'a> = (A::Open<'a>, B::Open<'a>);
    type Lent<'a> = (A::Lent<'a>, B::Lent<'a>);

    fn open((a, b): &mut Self::Stored) -> Self::Open<'_> {
        (A::open(a), B::open(b))
    }

    fn lend<'a>((a, b): &'a mut Self::Open<'a>) -> Self::Lent<'a> {
        (A::lend(a), B::lend(b))
    }
}

impl<A: StoredForm, B: StoredForm> StoredForm for Pair<A, B> {
    fn write<S: Serializer>((a, b): &Self::Lent<'_>, to: S) -> Result<S::Ok, S::Error> {
        (Written::<A>(a), Written::<B>(b)).serialize(to)
    }
}

/// The form of a tuple of three.
#[derive(Debug)]
pub struct Triple<A, B, C>(PhantomData<(A, B, C)>);

impl<A: Form, B: Form, C: Form> Form for Triple<A, B, C> {
    type Stored = (A::Stored, B::Stored, C::Stored);
    type Open<'a> = (A::Open<'a>, B::Open<'a>, C::Open<'a>);
    type Lent<'a> = (A::Lent<'a>, B::Lent<'a>, C::Lent<'a>);

    fn open((a, b, c): &mut Self::Stored) -> Self::Open<'_> {
        (A::open(a), B::open(b), C::open(c))
    }

    fn lend<'a>((a, b, c): &'a mut Self::Open<'a>) -> Self::Lent<'a> {
        (A::lend(a), B::lend(b), C::lend(c))
    }
}

impl<A: StoredForm, B: StoredForm, C: StoredForm> StoredForm for Triple<A, B, C> {
    fn write<S: Serializer>((a, b, c): &Self::Lent<'_>, to: S) -> Result<S::Ok, S::Error> {
        (Written::<A>(a), Written::<B>(b), Written::<C>(c)).serialize(to)
    }
}
