//! Forms of shared borrows.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Form, Own, StoredForm, Written};

/// The form of a `&T`, when `F` is that of `T`.
#[derive(Debug)]
pub struct Seen<F>(PhantomData<F>);

/// A value, and what it is lent from.
#[derive(Debug)]
pub struct Seeing<O, T> {
    open: O,
    lent: Option<T>,
}

impl<F: Form> Form for Seen<F> {
    type Stored = F::Stored;
    type Open<'a> = Seeing<F::Open<'a>, F::Lent<'a>>;
    type Lent<'a> = &'a F::Lent<'a>;

    fn open(stored: &mut F::Stored) -> Self::Open<'_> {
        let (open, lent) = (F::open(stored), None);
        Seeing { open, lent }
    }

    fn lend<'a>(seeing: &'a mut Self::Open<'a>) -> &'a F::Lent<'a> {
        seeing.lent.insert(F::lend(&mut seeing.open))
    }
}

impl<F: StoredForm> StoredForm for Seen<F> {
    fn write<S: Serializer>(value: &&F::Lent<'_>, to: S) -> Result<S::Ok, S::Error> {
        Written::<F>(value).serialize(to)
    }
}

/// What borrows point to, in the form of those that are not asked further.
pub trait Borrowed {
    /// The form of the borrow.
    type Form;
}

impl<T> Borrowed for T {
    type Form = Seen<Own<T>>;
}

impl<T> Borrowed for [T] {
    type Form = Ref<[T]>;
}

impl Borrowed for str {
    type Form = Ref<str>;
}

impl Borrowed for Path {
    type Form = Ref<Path>;
}

/// The form of a `&T` to a string or a slice.
#[derive(Debug)]
pub struct Ref<T: ?Sized>(PhantomData<T>);

/// A copy of what is borrowed.
#[derive(Debug)]
pub struct Copied<T: ?Sized>(pub(super) Box<T>);

impl<'de, T: Lendable + ?Sized> Deserialize<'de> for Copied<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::read(from).map(Self)
    }
}

impl<T: ?Sized + 'static> Form for Ref<T> {
    type Stored = Copied<T>;
    type Open<'a> = &'a T;
    type Lent<'a> = &'a T;

    fn open(stored: &mut Copied<T>) -> &T {
        &stored.0
    }

    fn lend<'a>(open: &'a mut &'a T) -> &'a T {
        open
    }
}

impl<T: Lendable + ?Sized + 'static> StoredForm for Ref<T> {
    fn write<S: Serializer>(value: &&T, to: S) -> Result<S::Ok, S::Error> {
        value.serialize(to)
    }
}

/// The form of a `Cow<T>`.
#[derive(Debug)]
pub struct Cowed<T: ?Sized>(PhantomData<T>);

impl<T: ToOwned + ?Sized + 'static> Form for Cowed<T> {
    type Stored = Copied<T>;
    type Open<'a> = &'a T;
    type Lent<'a> = Cow<'a, T>;

    fn open(stored: &mut Copied<T>) -> &T {
        &stored.0
    }

    fn lend<'a>(open: &'a mut &'a T) -> Cow<'a, T> {
        Cow::Borrowed(open)
    }
}

impl<T: Lendable + ToOwned + ?Sized + 'static> StoredForm for Cowed<T> {
    fn write<S: Serializer>(value: &Cow<'_, T>, to: S) -> Result<S::Ok, S::Error> {
        T::serialize(value, to)
    }
}

/// What can be stored where it is borrowed.
#[diagnostic::on_unimplemented(
    message = "`&{Self}` cannot be kept across an `.await` in a flow",
    label = "still needed after an `.await`, but `{Self}` cannot be stored",
    note = "of a borrow that cannot be made again behind an `.await`, a copy of what it borrows is \
            stored; for a type of your own derive `serde::Serialize` and `serde::Deserialize`",
    note = "or keep the borrow inside one step: make it again after the `.await`, or end its scope before"
)]
pub trait Lendable: Serialize {
    /// Reads what is borrowed.
    ///
    /// # Errors
    ///
    /// What its `Deserialize` says.
    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Box<Self>, D::Error>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + ?Sized> Lendable for T
where
    Box<T>: DeserializeOwned,
{
    fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Box<T>, D::Error> {
        Box::deserialize(from)
    }
}
