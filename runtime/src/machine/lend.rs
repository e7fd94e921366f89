//! Kept locals that may be shared borrows. What is borrowed cannot change while
//! the borrow lives: so a copy of it is stored, and the next state borrows that.
//!
//! A macro sees no types. Whether a local is a borrow is found by the autoref
//! technique: method resolution prefers the impl that needs fewer references.

use std::fmt;
use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::run::Run;
use crate::codec::{self, DecodeError, EncodeError};
use crate::durable::Durable;
use crate::payload::Payload;

/// How a local is handed from state to state.
pub trait Form: 'static {
    /// What is decoded.
    type Stored;
    /// What the local is.
    type Lent<'a>;
    /// Gives it for as long as `stored` lives.
    fn lend(stored: &mut Option<Self::Stored>) -> Option<Self::Lent<'_>>;
}

/// A form whose values can be stored.
pub trait StoredForm: Form {
    /// Encodes a value.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] when the value's own `Serialize` fails.
    fn encode(value: &Self::Lent<'_>) -> Result<Payload, EncodeError>;
    /// Decodes it.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] when the bytes are of another type.
    fn decode(payload: &Payload) -> Result<Self::Stored, DecodeError>;
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

/// The form of a value.
#[derive(Debug)]
pub struct Own<T>(PhantomData<T>);

impl<T: 'static> Form for Own<T> {
    type Stored = T;
    type Lent<'a> = T;

    fn lend(stored: &mut Option<T>) -> Option<T> {
        stored.take()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Durable> StoredForm for Own<T> {
    fn encode(value: &T) -> Result<Payload, EncodeError> {
        Payload::encode(value)
    }

    fn decode(payload: &Payload) -> Result<T, DecodeError> {
        payload.decode()
    }
}

/// The form of a `&T`.
#[derive(Debug)]
pub struct Shared<T: ?Sized>(PhantomData<T>);

impl<T: Referent + ?Sized + 'static> Form for Shared<T> {
    type Stored = T::Owned;
    type Lent<'a> = &'a T;

    fn lend(stored: &mut Option<T::Owned>) -> Option<&T> {
        stored.as_ref().map(T::borrow)
    }
}

/// The form of a `(&K, &V)`, as an item of a loop.
#[derive(Debug)]
pub struct SharedPair<K: ?Sized, V: ?Sized>(PhantomData<K>, PhantomData<V>);

impl<K, V> Form for SharedPair<K, V>
where
    K: Referent + ?Sized + 'static,
    V: Referent + ?Sized + 'static,
{
    type Stored = (K::Owned, V::Owned);
    type Lent<'a> = (&'a K, &'a V);

    fn lend(stored: &mut Option<Self::Stored>) -> Option<(&K, &V)> {
        let (key, value) = stored.as_ref()?;
        Some((K::borrow(key), V::borrow(value)))
    }
}

/// The form of an `Option<&T>`.
#[derive(Debug)]
pub struct MaybeShared<T: ?Sized>(PhantomData<T>);

impl<T: Referent + ?Sized + 'static> Form for MaybeShared<T> {
    type Stored = Option<T::Owned>;
    type Lent<'a> = Option<&'a T>;

    fn lend(stored: &mut Option<Option<T::Owned>>) -> Option<Option<&T>> {
        stored.as_ref().map(|stored| stored.as_ref().map(T::borrow))
    }
}

/// The form of a `Vec<&T>`.
#[derive(Debug)]
pub struct SharedItems<T: ?Sized>(PhantomData<T>);

impl<T: Referent + ?Sized + 'static> Form for SharedItems<T> {
    type Stored = Vec<T::Owned>;
    type Lent<'a> = Vec<&'a T>;

    fn lend(stored: &mut Option<Vec<T::Owned>>) -> Option<Vec<&T>> {
        let stored = stored.as_ref()?;
        Some(stored.iter().map(T::borrow).collect())
    }
}

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
        encode: F::encode,
        decode: F::decode,
    }
}

/// What a state borrows a local from.
pub struct Held<F: Form>(Option<F::Stored>);

impl<F: Form> fmt::Debug for Held<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Held")
    }
}

impl<F: Form> Held<F> {
    /// The local.
    ///
    /// # Panics
    ///
    /// Panics when it is called twice: generated code calls it once.
    pub fn lend(&mut self) -> F::Lent<'_> {
        F::lend(&mut self.0).expect("it is lent once, by the state that decoded it")
    }
}

impl Run<'_> {
    /// Restores a local that may be a borrow; `None` stops the machine.
    pub fn hold<F: Form>(&mut self, local: u16, tie: LentTie<F>) -> Option<Held<F>> {
        let stored = self.take_with(local, tie.decode)?;
        Some(Held(Some(stored)))
    }
}

/// A local, on its way to the impl that fits its type.
pub struct Probe<'p, T>(pub &'p T);

impl<T> fmt::Debug for Probe<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Probe")
    }
}

/// Borrows.
pub trait ViaShared {
    /// The form.
    type Form: Form;
    /// Keeps the local.
    fn put(&self, run: &mut Run<'_>, local: u16, tie: LentTie<Self::Form>);
}

/// Stores what a form lends, and finds the form by the type of a local.
macro_rules! shared {
    ($($form:ident for $local:ty;)+) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: Referent + Serialize + ?Sized + 'static> StoredForm for $form<T> {
            fn encode(value: &Self::Lent<'_>) -> Result<Payload, EncodeError> {
                Ok(Payload::from_bytes(codec::to_vec(value)?.into()))
            }

            fn decode(payload: &Payload) -> Result<Self::Stored, DecodeError> {
                codec::from_slice(payload.bytes())
            }
        }

        impl<T: Referent + ?Sized + 'static> ViaShared for Probe<'_, $local> {
            type Form = $form<T>;

            fn put(&self, run: &mut Run<'_>, local: u16, tie: LentTie<$form<T>>) {
                run.put_encoded(local, (tie.encode)(self.0));
            }
        }
    )+};
}

shared! {
    Shared for &T;
    MaybeShared for Option<&T>;
    SharedItems for Vec<&T>;
}

/// All other values.
pub trait ViaOwn {
    /// The form.
    type Form: Form;
    /// Keeps the local.
    fn put(&self, run: &mut Run<'_>, local: u16, tie: LentTie<Self::Form>);
}

impl<T: 'static> ViaOwn for &Probe<'_, T> {
    type Form = Own<T>;

    fn put(&self, run: &mut Run<'_>, local: u16, tie: LentTie<Own<T>>) {
        run.put_encoded(local, (tie.encode)(self.0));
    }
}
