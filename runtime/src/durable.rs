//! What may live across an `.await` of a flow.

use serde::Serialize;
use serde::de::DeserializeOwned;

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
    message = "`{Self}` cannot be kept across an `.await` in a flow",
    label = "still needed after an `.await`, but `{Self}` cannot be stored",
    note = "at each `.await` a flow stores what it still needs, so that it can go on after a crash; \
            for a type of your own derive `serde::Serialize` and `serde::Deserialize`, of another \
            keep what it can be made from, such as a `Vec` for an array of more than 32",
    note = "of a call of an action or a flow keep what its `.await` gives",
    note = "of an iterator keep what it gives, in a `Vec` (`.collect()`), or the number of items given; \
            `.iter()` and `.into_iter()` of a vector and ranges are kept as they are",
    note = "or keep the value inside one step: make it again after the `.await`, or end its scope before"
)]
pub trait Durable: Serialize + DeserializeOwned + 'static {}

#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned + 'static> Durable for T {}
