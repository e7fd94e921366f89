//! Encoded values: one ([`Payload`]) and several with their names ([`Fields`]).
//!
//! Both are cheap to clone slices of the bytes they were read from. Nothing
//! here knows the type of what it holds; [`crate::codec`] does the encoding.

use std::fmt;

use bytes::Bytes;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::codec::{self, DecodeError, EncodeError};

/// One value in Flowstone's encoding.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Payload(Bytes);

impl Payload {
    /// Encodes `value`.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] when the value's own `Serialize` fails.
    pub fn encode<T: Serialize>(value: &T) -> Result<Self, EncodeError> {
        Ok(Self(codec::to_vec(value)?.into()))
    }

    /// Decodes the value.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] when the bytes do not hold a `T`.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        codec::from_slice(&self.0)
    }

    /// Takes bytes that are already encoded, unchecked.
    #[must_use]
    pub fn from_bytes(bytes: Bytes) -> Self {
        Self(bytes)
    }

    /// The encoded bytes.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.0
    }

    /// Whether it is the `Err` of a `Result`, as far as its bytes tell: of one that is no
    /// `Result` they may look the same.
    #[must_use]
    pub(crate) fn looks_like_err(&self) -> bool {
        self.0.starts_with(b"\x81\xa3Err")
    }

    /// A list of these values.
    #[must_use]
    pub fn list(values: &[Self]) -> Self {
        let mut bytes = codec::array_header(values.len());
        for value in values {
            bytes.extend_from_slice(value.bytes());
        }
        Self(bytes.into())
    }

    /// A map with this value under its key, or an empty one: what cannot be read of it is
    /// told with the key.
    #[must_use]
    pub(crate) fn entry(key: &str, value: Option<&Self>) -> Self {
        let mut bytes = codec::map_header(value.map(|_| key));
        bytes.extend(value.into_iter().flat_map(Self::bytes));
        Self(bytes.into())
    }

    /// The value as JSON, without knowing its type.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] when the bytes are no value at all.
    pub fn to_json(&self) -> Result<serde_json::Value, DecodeError> {
        codec::to_json(&self.0)
    }
}

/// Values with names, in the order in which they were added.
///
/// As bytes: for each entry the length of its name and of its value as
/// variable-length integers (LEB128), then name and value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fields(Bytes);

impl Fields {
    /// Takes bytes that [`FieldsBuilder`] made.
    #[must_use]
    pub fn from_bytes(bytes: Bytes) -> Self {
        Self(bytes)
    }

    /// The encoded bytes.
    #[must_use]
    pub fn bytes(&self) -> &Bytes {
        &self.0
    }

    /// Each name with its value; ends early where the bytes are damaged.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Payload)> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let name_len = varint(&self.0, &mut at)?;
            let value_len = varint(&self.0, &mut at)?;
            let name = self.0.get(at..at.checked_add(name_len)?)?;
            let start = at + name_len;
            let end = start.checked_add(value_len)?;
            self.0.get(start..end)?;
            at = end;
            Some((
                std::str::from_utf8(name).ok()?,
                Payload(self.0.slice(start..end)),
            ))
        })
    }

    /// The value called `name`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Payload> {
        self.iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    }

    /// All of it as a JSON object; what cannot be decoded is shown as `null`.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        self.iter()
            .map(|(name, value)| (name.to_owned(), value.to_json().unwrap_or_default()))
            .collect::<serde_json::Map<_, _>>()
            .into()
    }
}

/// Text for people: all of it, or what fits in a line.
pub(crate) struct Brief<'a> {
    text: &'a str,
    whole: bool,
}

impl<'a> Brief<'a> {
    /// Longer text is cut, unless it is wanted `whole`.
    const MAX_CHARS: usize = 200;

    pub(crate) fn new(text: &'a str, whole: bool) -> Self {
        Self { text, whole }
    }
}

impl fmt::Display for Brief<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.text.char_indices().nth(Self::MAX_CHARS) {
            Some((end, _)) if !self.whole => {
                write!(f, "{}...", self.text.get(..end).unwrap_or_default())
            }
            _ => f.write_str(self.text),
        }
    }
}

/// Collects [`Fields`].
#[derive(Debug, Default)]
pub struct FieldsBuilder {
    bytes: Vec<u8>,
    scratch: Vec<u8>,
}

impl FieldsBuilder {
    /// Adds a value that is already encoded.
    pub fn push_encoded(&mut self, name: &str, value: &[u8]) {
        put_varint(&mut self.bytes, name.len());
        put_varint(&mut self.bytes, value.len());
        self.bytes.extend_from_slice(name.as_bytes());
        self.bytes.extend_from_slice(value);
    }

    /// Encodes `value` and adds it.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] when the value's own `Serialize` fails; nothing is added.
    pub fn push<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        value: &T,
    ) -> Result<(), EncodeError> {
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        let encoded = codec::encode_into(&mut scratch, value);
        if encoded.is_ok() {
            self.push_encoded(name, &scratch);
        }
        self.scratch = scratch;
        encoded
    }

    /// Adds an argument of a flow.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] when the value's own `Serialize` fails; nothing is added.
    pub fn argument(
        &mut self,
        name: &str,
        value: Result<Payload, EncodeError>,
    ) -> Result<(), EncodeError> {
        self.push_encoded(name, value?.bytes());
        Ok(())
    }

    /// What was collected.
    #[must_use]
    pub fn finish(self) -> Fields {
        Fields(self.bytes.into())
    }
}

/// Appends `value` as LEB128.
pub(crate) fn put_varint(bytes: &mut Vec<u8>, value: usize) {
    let mut rest = value;
    while rest >= 0x80 {
        bytes.push(0x80 | low_bits(rest));
        rest >>= 7;
    }
    bytes.push(low_bits(rest));
}

/// Reads a LEB128 number at `at` and moves behind it.
pub(crate) fn varint(bytes: &[u8], at: &mut usize) -> Option<usize> {
    let mut value = 0usize;
    for shift in (0..usize::BITS).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        value |= usize::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

/// The seven lowest bits.
fn low_bits(value: usize) -> u8 {
    u8::try_from(value & 0x7f).expect("seven bits fit a byte")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_come_back_in_order_and_by_name() {
        let mut builder = FieldsBuilder::default();
        builder.push("order", &7u32).unwrap();
        builder.push("note", &"x".repeat(300)).unwrap();
        let fields = builder.finish();
        let names: Vec<_> = fields.iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["order", "note"]);
        assert_eq!(fields.get("order").unwrap().decode::<u32>().unwrap(), 7);
        assert_eq!(fields.get("missing"), None);
    }

    #[test]
    fn damaged_fields_end_early_instead_of_panicking() {
        let mut builder = FieldsBuilder::default();
        builder.push("a", &1u8).unwrap();
        builder.push("b", &2u8).unwrap();
        let whole = builder.finish();
        for cut in 0..whole.bytes().len() {
            let part = Fields::from_bytes(whole.bytes().slice(..cut));
            assert!(part.iter().count() < 2);
        }
        assert_eq!(
            Fields::from_bytes(Bytes::from_static(&[0xff; 12]))
                .iter()
                .count(),
            0
        );
    }
}
