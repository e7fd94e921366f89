//! Lists, maps and enum variants on their way from bytes.
//!
//! In comes the length a token claimed, out go the items, one by one as the
//! visitor asks for them. An error that comes out of an item gets the item's
//! place added; items that the visitor leaves over are an error.

use serde::de::{
    DeserializeSeed, EnumAccess, Error as _, MapAccess, SeqAccess, Unexpected, VariantAccess,
    Visitor,
};
use serde::{Deserialize, Deserializer};

use super::error::{DecodeError, DecodeErrorKind, Step};
use super::json;
use super::read::Decoder;

/// Gives a visitor the list of `len` items that comes next.
#[inline]
pub(super) fn list<'de, V: Visitor<'de>>(
    decoder: &mut Decoder<'de>,
    len: usize,
    visitor: V,
) -> Result<V::Value, DecodeError> {
    decoder.nested(|decoder| {
        let mut items = Items {
            decoder,
            index: 0,
            len,
        };
        let value = visitor.visit_seq(&mut items)?;
        let left = items.len - items.index;
        nothing_left(items.decoder, left)?;
        Ok(value)
    })
}

/// Gives a visitor the map of `len` entries that comes next.
#[inline]
pub(super) fn map<'de, V: Visitor<'de>>(
    decoder: &mut Decoder<'de>,
    len: usize,
    visitor: V,
) -> Result<V::Value, DecodeError> {
    decoder.nested(|decoder| {
        let mut entries = Entries {
            key_at: decoder.offset(),
            decoder,
            left: len,
        };
        let value = visitor.visit_map(&mut entries)?;
        let left = entries.left;
        nothing_left(entries.decoder, left)?;
        Ok(value)
    })
}

#[inline]
fn nothing_left(decoder: &Decoder<'_>, left: usize) -> Result<(), DecodeError> {
    if left == 0 {
        Ok(())
    } else {
        Err(decoder.error(DecodeErrorKind::TooManyItems { left }))
    }
}

struct Items<'a, 'de> {
    decoder: &'a mut Decoder<'de>,
    index: usize,
    len: usize,
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = DecodeError;

    #[inline]
    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, DecodeError> {
        if self.index == self.len {
            return Ok(None);
        }
        let start = self.decoder.offset();
        match seed.deserialize(&mut *self.decoder) {
            Ok(item) => {
                self.index += 1;
                Ok(Some(item))
            }
            Err(error) => Err(error.inside(Step::Item(self.index.to_string()), start)),
        }
    }

    /// No more than the bytes that are left, as the token was checked.
    #[inline]
    fn size_hint(&self) -> Option<usize> {
        Some(self.len - self.index)
    }
}

struct Entries<'a, 'de> {
    decoder: &'a mut Decoder<'de>,
    left: usize,
    key_at: usize,
}

impl<'de> MapAccess<'de> for Entries<'_, 'de> {
    type Error = DecodeError;

    #[inline]
    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, DecodeError> {
        let Some(left) = self.left.checked_sub(1) else {
            return Ok(None);
        };
        self.left = left;
        self.key_at = self.decoder.offset();
        match seed.deserialize(&mut *self.decoder) {
            Ok(key) => Ok(Some(key)),
            Err(error) => Err(error.starting_at(self.key_at)),
        }
    }

    #[inline]
    fn next_value_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<S::Value, DecodeError> {
        at_key(self.decoder, self.key_at, |decoder| {
            seed.deserialize(decoder)
        })
    }

    /// No more than half the bytes that are left, as the token was checked.
    #[inline]
    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

/// Runs `body`, which takes the value that belongs to the key at `key_at`.
#[inline]
fn at_key<'de, T>(
    decoder: &mut Decoder<'de>,
    key_at: usize,
    body: impl FnOnce(&mut Decoder<'de>) -> Result<T, DecodeError>,
) -> Result<T, DecodeError> {
    let start = decoder.offset();
    body(decoder).map_err(|error| error.inside(key_step(decoder, key_at), start))
}

/// Reads a key again, to name it in an error.
#[cold]
fn key_step(decoder: &Decoder<'_>, key_at: usize) -> Step {
    const LONGEST: usize = 64;
    let key = json::view(&mut decoder.again_from(key_at)).unwrap_or_default();
    let text = json::key_text(&key).chars().take(LONGEST).collect();
    if key.is_string() {
        Step::Field(text)
    } else {
        Step::Item(text)
    }
}

/// A variant written as its name alone.
pub(super) struct UnitVariant<'a, 'de>(pub(super) &'a mut Decoder<'de>);

impl<'de> EnumAccess<'de> for UnitVariant<'_, 'de> {
    type Error = DecodeError;
    type Variant = Self;

    #[inline]
    fn variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<(S::Value, Self), DecodeError> {
        let name = seed.deserialize(&mut *self.0)?;
        Ok((name, self))
    }
}

impl<'de> VariantAccess<'de> for UnitVariant<'_, 'de> {
    type Error = DecodeError;

    #[inline]
    fn unit_variant(self) -> Result<(), DecodeError> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(
        self,
        _seed: S,
    ) -> Result<S::Value, DecodeError> {
        Err(without_content(&"newtype variant"))
    }

    fn tuple_variant<V: Visitor<'de>>(
        self,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        Err(without_content(&visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        Err(without_content(&visitor))
    }
}

#[cold]
fn without_content(expected: &dyn serde::de::Expected) -> DecodeError {
    DecodeError::invalid_type(Unexpected::UnitVariant, expected)
}

/// A variant written as a map of one entry, whose header is already taken.
pub(super) struct Variant<'a, 'de> {
    decoder: &'a mut Decoder<'de>,
    name_at: usize,
}

impl<'a, 'de> Variant<'a, 'de> {
    #[inline]
    pub(super) fn new(decoder: &'a mut Decoder<'de>) -> Self {
        Self {
            name_at: decoder.offset(),
            decoder,
        }
    }
}

impl<'de> EnumAccess<'de> for Variant<'_, 'de> {
    type Error = DecodeError;
    type Variant = Self;

    #[inline]
    fn variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<(S::Value, Self), DecodeError> {
        let name = seed.deserialize(&mut *self.decoder)?;
        Ok((name, self))
    }
}

impl<'de> VariantAccess<'de> for Variant<'_, 'de> {
    type Error = DecodeError;

    fn unit_variant(self) -> Result<(), DecodeError> {
        at_key(self.decoder, self.name_at, |decoder| {
            <()>::deserialize(decoder)
        })
    }

    #[inline]
    fn newtype_variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<S::Value, DecodeError> {
        at_key(self.decoder, self.name_at, |decoder| {
            seed.deserialize(decoder)
        })
    }

    #[inline]
    fn tuple_variant<V: Visitor<'de>>(
        self,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        at_key(self.decoder, self.name_at, |decoder| {
            decoder.deserialize_tuple(len, visitor)
        })
    }

    #[inline]
    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        at_key(self.decoder, self.name_at, |decoder| {
            decoder.deserialize_struct("", fields, visitor)
        })
    }
}
