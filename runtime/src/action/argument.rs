//! Arguments of actions: encoded when the action is called, decoded into
//! owned values when an attempt runs.
//!
//! In: a parameter's type, from generated code. Out: a tie that holds how to
//! encode and decode it. Making the tie is the only place that demands
//! anything of the type, so a mistake is told once.

use std::fmt;

use serde::Serialize;

use super::AttemptOutcome;
use crate::codec::EncodeError;
use crate::durable::Durable;
use crate::payload::{Fields, FieldsBuilder};

/// A value that can be given to an action.
///
/// Implemented for everything that is [`Durable`]; there is nothing to
/// implement by hand. A parameter may borrow: `&T`, `&str`, `&[T]` and `&Path`
/// are given to an attempt as borrows of the decoded, owned values.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an argument of an action",
    label = "cannot be stored",
    note = "the arguments of an action are stored before it runs, so that it can be tried again after a crash; \
            for a type of your own derive `serde::Serialize` and `serde::Deserialize`",
    note = "what an action uses but nobody stores, such as a client or a pool, it takes as a `Dep<..>` \
            that the engine provides"
)]
pub trait Argument: Sized {
    /// The tie of a parameter `Self` or `&Self`.
    #[doc(hidden)]
    const TIE: ArgumentTie<Self, Self>;

    /// The tie of a parameter `&[Self]`.
    #[doc(hidden)]
    const SLICE: ArgumentTie<[Self], Vec<Self>>;
}

#[diagnostic::do_not_recommend]
impl<T: Durable> Argument for T {
    const TIE: ArgumentTie<T, T> = ArgumentTie {
        encode: |fields, name, value| fields.push(name, value),
        decode,
    };

    const SLICE: ArgumentTie<[T], Vec<T>> = ArgumentTie {
        encode: |fields, name, value| fields.push(name, value),
        decode,
    };
}

/// How a parameter of type `B` or `&B` is encoded, and decoded as an `O`.
pub struct ArgumentTie<B: ?Sized, O> {
    encode: fn(&mut FieldsBuilder, &str, &B) -> Result<(), EncodeError>,
    decode: fn(&Fields, &'static str) -> Result<O, AttemptOutcome>,
}

impl<B: ?Sized, O> fmt::Debug for ArgumentTie<B, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ArgumentTie")
    }
}

impl<B: ?Sized, O> ArgumentTie<B, O> {
    /// Encodes `value` as the argument called `name`.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] when the value's own `Serialize` fails.
    pub fn encode(
        &self,
        fields: &mut FieldsBuilder,
        name: &str,
        value: &B,
    ) -> Result<(), EncodeError> {
        (self.encode)(fields, name, value)
    }

    /// Decodes the argument called `name`.
    ///
    /// # Errors
    ///
    /// [`AttemptOutcome::BadArguments`] when it is missing or not an `O`.
    pub fn decode(&self, fields: &Fields, name: &'static str) -> Result<O, AttemptOutcome> {
        (self.decode)(fields, name)
    }
}

/// The tie of a parameter `&str` or `&Path`.
#[must_use]
pub const fn borrowed_argument<B>() -> ArgumentTie<B, B::Owned>
where
    B: ToOwned<Owned: Durable> + Serialize + ?Sized,
{
    ArgumentTie {
        encode: |fields, name, value| fields.push(name, value),
        decode,
    }
}

fn decode<O: Durable>(fields: &Fields, parameter: &'static str) -> Result<O, AttemptOutcome> {
    let bad = |source| AttemptOutcome::BadArguments { parameter, source };
    let payload = fields.get(parameter).ok_or_else(|| bad(None))?;
    payload.decode().map_err(|source| bad(Some(source)))
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::*;

    fn round_trip<B: ?Sized, O>(tie: &ArgumentTie<B, O>, value: &B) -> O {
        let mut fields = FieldsBuilder::default();
        tie.encode(&mut fields, "it", value).unwrap();
        tie.decode(&fields.finish(), "it").unwrap()
    }

    #[test]
    fn borrows_come_back_as_owned_values() {
        assert_eq!(round_trip(&u64::TIE, &7u64), 7);
        assert_eq!(round_trip(&u8::SLICE, &[1u8, 2][..]), vec![1, 2]);
        assert_eq!(round_trip(&borrowed_argument(), "text"), "text");
        let path = Path::new("a/b");
        assert_eq!(round_trip(&borrowed_argument(), path), PathBuf::from("a/b"));
    }

    #[test]
    fn a_missing_or_wrong_argument_is_named() {
        let mut fields = FieldsBuilder::default();
        fields.push("it", "no number").unwrap();
        let fields = fields.finish();
        let named = |outcome| match outcome {
            Err(AttemptOutcome::BadArguments { parameter, source }) => {
                (parameter, source.is_some())
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(named(u64::TIE.decode(&fields, "it")), ("it", true));
        assert_eq!(named(u64::TIE.decode(&fields, "other")), ("other", false));
    }
}
