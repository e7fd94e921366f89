//! The value codec: MessagePack with named fields, made faithful.
//!
//! In comes any value that implements serde's traits; out come bytes that
//! decode to an equal value, today and after a field with `#[serde(default)]`
//! was added. The same bytes can be shown as JSON without the value's type.
//! What is encoded, when, and where it is stored is left to others.
//!
//! # Examples
//!
//! ```
//! use flowstone::codec;
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Serialize)]
//! struct Old {
//!     sku: String,
//!     gift: Option<Option<String>>,
//! }
//!
//! #[derive(Deserialize, PartialEq, Debug)]
//! struct New {
//!     #[serde(default)]
//!     count: u32,
//!     sku: String,
//!     gift: Option<Option<String>>,
//! }
//!
//! let bytes = codec::to_vec(&Old { sku: "tea".into(), gift: Some(None) })?;
//! assert_eq!(bytes, b"\x82\xa3sku\xa3tea\xa4gift\xc1\xc0");
//!
//! let new: New = codec::from_slice(&bytes)?;
//! assert_eq!(new, New { count: 0, sku: "tea".into(), gift: Some(None) });
//!
//! let json = codec::to_json(&bytes)?;
//! assert_eq!(json, serde_json::json!({ "sku": "tea", "gift": { "$some": null } }));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Format
//!
//! Every number is big-endian and takes the shortest form that holds it.
//!
//! | bytes | meaning |
//! | --- | --- |
//! | `00..=7f`, `e0..=ff` | small integer, `0..=127` and `-32..=-1` |
//! | `80..=8f`, `de`, `df` | map: up to 15 entries, 16-bit count, 32-bit count |
//! | `90..=9f`, `dc`, `dd` | list: up to 15 items, 16-bit count, 32-bit count |
//! | `a0..=bf`, `d9`, `da`, `db` | string: up to 31 bytes, 8-, 16-, 32-bit length |
//! | `c0` | nil: `None`, `()`, a unit struct |
//! | `c1` | mark: the nil or mark that follows is the content of a `Some` |
//! | `c2`, `c3` | `false`, `true` |
//! | `c4`, `c5`, `c6` | bytes: 8-, 16-, 32-bit length |
//! | `ca`, `cb` | `f32`, `f64`, bit for bit |
//! | `cc..=cf`, `d0..=d3` | unsigned and signed integer of 8, 16, 32, 64 bits |
//! | `d8 01`, `d8 02` | 128-bit integer beyond 64 bits: `u128`, `i128` (negative) |
//!
//! - A struct is a map from field names; a tuple, tuple struct or sequence is a
//!   list; a newtype struct is its content; a `char` is a string.
//! - An enum's unit variant is its name; any other variant is a map of one
//!   entry, from its name to its content.
//! - `None` is nil. `Some(x)` is `x`, with the mark before it if `x` begins with
//!   nil or the mark. So `Some(None)` is `c1 c0`, and `Some(Some(None))` is
//!   `c1 c1 c0`. MessagePack never uses the byte `c1`.
//! - Types that look different to people and to machines (IP addresses, UUIDs)
//!   are written as for people, as text. Serde forgets which of the two was
//!   written wherever it buffers (`flatten`, `untagged`, internal tags) and
//!   then assumes text; anything else could not be read back there.
//!
//! Without nested options, unit structs and 128-bit integers the bytes equal
//! those of `rmp_serde` with named fields and `with_human_readable`. It writes
//! unit structs as `[]`, which serde cannot read back inside `untagged` enums,
//! and 128-bit integers as plain bytes; this decoder reads `[]` as well.
//!
//! # Reading data of an older type
//!
//! Unknown fields are skipped, fields may come in any order, absent fields take
//! their `#[serde(default)]`, an integer may have been written by a type of any
//! width, `T` may have become `Option<T>`. A list or map longer than its type
//! takes is an error: data is never dropped silently.
//!
//! # Limits
//!
//! - [`MAX_DEPTH`] lists and maps inside each other, [`MAX_WRAPPERS`] `Some`s and
//!   newtypes around or between them, and `u32::MAX` bytes or items in one
//!   string, list or map. Encoding refuses what decoding would refuse.
//! - Serde cannot buffer 128-bit integers: a `u128` or `i128` inside `flatten`,
//!   `untagged` or an internally tagged enum does not decode, in any format.
//!
//! Since 0.1.

mod access;
mod container;
mod decode;
mod encode;
mod error;
mod failed;
mod format;
mod json;
mod read;
mod token;
mod write;

#[cfg(test)]
#[expect(
    clippy::option_option,
    reason = "telling nested options apart is what is tested"
)]
mod tests;

use serde::{Deserialize, Serialize};

use self::read::Decoder;
use self::write::Encoder;

pub use self::error::{DecodeError, DecodeErrorKind, EncodeError};
pub use self::format::{MAX_DEPTH, MAX_WRAPPERS};
pub(crate) use failed::is_err;
pub(crate) use write::{array_header, map_header};

/// Encodes a value into a new vector.
///
/// # Errors
///
/// As [`encode_into`].
///
/// # Examples
///
/// ```
/// use flowstone::codec;
///
/// assert_eq!(codec::to_vec("hi")?, b"\xa2hi");
/// assert_eq!(codec::to_vec(&Some(()))?, b"\xc1\xc0");
/// # Ok::<(), codec::EncodeError>(())
/// ```
pub fn to_vec<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, EncodeError> {
    let mut bytes = Vec::with_capacity(128);
    encode_into(&mut bytes, value)?;
    Ok(bytes)
}

/// Appends the encoding of a value to `bytes`.
///
/// On an error `bytes` is as it was before.
///
/// # Errors
///
/// [`EncodeError`] if the value is nested too deeply, holds a string, list or
/// map of more than `u32::MAX` bytes or items, or its `Serialize` refuses.
///
/// # Examples
///
/// ```
/// use flowstone::codec;
///
/// let mut bytes = vec![7];
/// codec::encode_into(&mut bytes, &(1, true))?;
/// assert_eq!(bytes, [7, 0x92, 1, 0xc3]);
/// # Ok::<(), codec::EncodeError>(())
/// ```
pub fn encode_into<T: Serialize + ?Sized>(
    bytes: &mut Vec<u8>,
    value: &T,
) -> Result<(), EncodeError> {
    let start = bytes.len();
    value
        .serialize(&mut Encoder::new(bytes))
        .map_err(|failure| {
            bytes.truncate(start);
            failure.into_error()
        })
}

/// Decodes a value from all of `bytes`.
///
/// Strings and byte strings may be borrowed from the input. No input, however
/// broken, makes this panic, overflow the stack or reserve more memory than
/// the input is long (times the size of what it is decoded to).
///
/// # Errors
///
/// [`DecodeError`] if the bytes are malformed, go on after the value, or do not
/// fit the type; it names the byte and the path of fields.
///
/// # Examples
///
/// ```
/// use flowstone::codec;
///
/// let text: &str = codec::from_slice(b"\xa2hi")?;
/// assert_eq!(text, "hi");
///
/// let error = codec::from_slice::<Vec<u8>>(b"\x93\x01\x02\xa2hi").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "invalid type: string \"hi\", expected u8 at [2] (byte 3)"
/// );
/// # Ok::<(), codec::DecodeError>(())
/// ```
pub fn from_slice<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, DecodeError> {
    let mut decoder = Decoder::new(bytes);
    let value = T::deserialize(&mut decoder).map_err(|error| error.starting_at(0))?;
    decoder.finish()?;
    Ok(value)
}

/// Shows encoded bytes as JSON, without knowing the type they came from.
///
/// This is a view for people; it cannot be encoded again. What JSON lacks is
/// shown as follows:
///
/// - byte strings as `{"$bytes": "c0ffee"}`, in hexadecimal
/// - integers beyond 64 bits, NaN and infinities as strings
/// - the `None` of a `Some(None)` as `{"$some": null}`, so that it can be told
///   from a plain `None`
/// - keys that are no strings as their JSON text (`{"7": ..}`); if two keys of
///   a map then look the same, the map as `{"$map": [[key, value], ..]}`
///
/// # Errors
///
/// [`DecodeError`] if the bytes are malformed or go on after the value.
///
/// # Examples
///
/// ```
/// use flowstone::codec;
/// use serde_json::json;
///
/// let bytes = codec::to_vec(&(u128::MAX, f64::NAN, Some(())))?;
/// assert_eq!(
///     codec::to_json(&bytes)?,
///     json!(["340282366920938463463374607431768211455", "NaN", { "$some": null }])
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn to_json(bytes: &[u8]) -> Result<serde_json::Value, DecodeError> {
    let mut decoder = Decoder::new(bytes);
    let value = json::view(&mut decoder)?;
    decoder.finish()?;
    Ok(value)
}
