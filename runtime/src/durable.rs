//! What can be stored, and what may live across an `.await` of a flow.

use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::codec::{DecodeError, EncodeError};
use crate::payload::Payload;

/// A value that can be stored in a checkpoint and read back.
///
/// Implemented for everything that is `Serialize + DeserializeOwned + 'static`;
/// there is nothing to implement by hand. Arguments of flows, results of
/// actions, messages, and every local that is still needed after an `.await`
/// must be `Durable`.
///
/// # Examples
///
/// ```
/// use flowstone::Durable;
///
/// #[derive(serde::Serialize, serde::Deserialize)]
/// struct Receipt { id: u64 }
///
/// fn durable<T: Durable>() {}
/// durable::<Receipt>();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be stored",
    label = "not `Durable`: it is not both `Serialize` and `Deserialize`, or it borrows",
    note = "for a type of your own derive `serde::Serialize` and `serde::Deserialize`; of another store what \
            it can be made from"
)]
pub trait Durable: Serialize + DeserializeOwned + 'static {}

#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned + 'static> Durable for T {}

/// A local that a flow can keep across an `.await`.
///
/// Implemented for everything that is [`Durable`]; there is nothing to
/// implement by hand.
///
/// It has no supertrait, and generated code demands it by the name of its constant: of a
/// demand that is a trait's own rustc shows no code of ours. So it is with the
/// traits for arguments and results.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be kept across an `.await` in a flow",
    label = "still needed after an `.await`, but `{Self}` cannot be stored",
    note = "at each `.await` a flow stores what it still needs, so that it can go on after a crash; \
            for a type of your own derive `serde::Serialize` and `serde::Deserialize`, of another \
            keep what it can be made from, such as a `Vec` for an array of more than 32",
    note = "of a call of an action or a flow keep what its `.await` gives",
    note = "of an iterator keep what it gives, in a `Vec` (`.collect()`), or the number of items given; \
            `.iter()` and `.into_iter()` of a vector and ranges are kept as they are",
    note = "of a `&mut` keep an index or a key, and borrow again after the `.await`: \
            `let at = items.iter().position(..)`, then `&mut items[at]`; it is made again by itself where its \
            place can be found again, as of `&mut order.items[at]` and `map.get_mut(&key).unwrap()`; where a \
            method of your own gives it to the next call, await before: \
            `let count = count().await;`, then `cart.line(id).set(count)`",
    note = "or keep the value inside one step: make it again after the `.await`, or end its scope before"
)]
pub trait Kept: Sized {
    /// How it is stored.
    #[doc(hidden)]
    const CODEC: Codec<Self>;
}

#[diagnostic::do_not_recommend]
impl<T: Durable> Kept for T {
    const CODEC: Codec<T> = Codec {
        encode: Payload::encode,
        decode: Payload::decode,
    };
}

/// How a value is stored, and read back.
pub struct Codec<T> {
    pub(crate) encode: fn(&T) -> Result<Payload, EncodeError>,
    pub(crate) decode: fn(&Payload) -> Result<T, DecodeError>,
}

impl<T> Clone for Codec<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Codec<T> {}

impl<T> fmt::Debug for Codec<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Codec")
    }
}
