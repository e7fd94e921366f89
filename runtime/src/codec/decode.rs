//! From bytes to a value: serde's `Deserializer`.
//!
//! In come tokens, out go calls of the visitor that serde supplies. Each method
//! tries what its type is written as; anything else goes to `deserialize_any`,
//! so that the visitor itself decides what to make of it, and says what it
//! expected. Lists, maps and variants are left to `access`.

use serde::Deserializer;
use serde::de::Visitor;

use super::access::{self, UnitVariant, Variant};
use super::error::DecodeError;
use super::format::{FIX_LIST, FIX_MAP, FIX_STR, MARK, NIL, STR_8, STR_32};
use super::read::Decoder;
use super::token::Token;

/// Methods that take a number, of whatever width it was written.
macro_rules! numbers {
    ($($name:ident)*) => {$(
        #[inline]
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
            match self.unsigned() {
                Some(v) => visitor.visit_u64(v),
                None => self.deserialize_any(visitor),
            }
        }
    )*};
}

macro_rules! texts {
    ($($name:ident)*) => {$(
        #[inline]
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
            match self.short_text() {
                Some(text) => visitor.visit_borrowed_str(self.utf8(text)?),
                None => self.deserialize_any(visitor),
            }
        }
    )*};
}

macro_rules! lists {
    ($($name:ident($($arg:ident: $ty:ty),*))*) => {$(
        #[inline]
        fn $name<V: Visitor<'de>>(self, $($arg: $ty,)* visitor: V) -> Result<V::Value, DecodeError> {
            match self.short_header(FIX_LIST) {
                Some(len) => access::list(self, len, visitor),
                None => self.deserialize_any(visitor),
            }
        }
    )*};
}

macro_rules! maps {
    ($($name:ident($($arg:ident: $ty:ty),*))*) => {$(
        #[inline]
        fn $name<V: Visitor<'de>>(self, $($arg: $ty,)* visitor: V) -> Result<V::Value, DecodeError> {
            match self.short_header(FIX_MAP) {
                Some(len) => access::map(self, len, visitor),
                None => self.deserialize_any(visitor),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for &mut Decoder<'de> {
    type Error = DecodeError;

    // Serde forgets the answer `false` wherever it buffers; see the module's docs.
    #[inline]
    fn is_human_readable(&self) -> bool {
        true
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.token()? {
            Token::Nil => visitor.visit_unit(),
            Token::Mark => self.wrapped(|decoder| visitor.visit_some(decoder)),
            Token::Bool(v) => visitor.visit_bool(v),
            Token::Unsigned(v) => visitor.visit_u64(v),
            Token::Signed(v) => visitor.visit_i64(v),
            Token::BigUnsigned(v) => visitor.visit_u128(u128::from_be_bytes(*v)),
            Token::BigSigned(v) => visitor.visit_i128(i128::from_be_bytes(*v)),
            Token::F32(v) => visitor.visit_f32(v),
            Token::F64(v) => visitor.visit_f64(v),
            Token::Text(text) => visitor.visit_borrowed_str(self.utf8(text)?),
            Token::Bytes(bytes) => visitor.visit_borrowed_bytes(bytes),
            Token::List(len) => access::list(self, len, visitor),
            Token::Map(len) => access::map(self, len, visitor),
        }
    }

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    texts! { deserialize_str deserialize_string deserialize_char deserialize_identifier }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        if self.eat(NIL) {
            visitor.visit_none()
        } else {
            if self.peek() == Some(MARK) {
                self.token()?;
            }
            self.wrapped(|decoder| visitor.visit_some(decoder))
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        // An empty list is what `rmp_serde` writes for a unit struct.
        if self.eat(NIL) || self.eat(FIX_LIST) {
            visitor.visit_unit()
        } else {
            self.deserialize_any(visitor)
        }
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        self.wrapped(|decoder| visitor.visit_newtype_struct(decoder))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        const ONE_ENTRY: u8 = FIX_MAP | 1;
        match self.peek() {
            Some(FIX_STR..NIL | STR_8..=STR_32) => visitor.visit_enum(UnitVariant(self)),
            Some(ONE_ENTRY) => {
                self.token()?;
                self.nested(|decoder| visitor.visit_enum(Variant::new(decoder)))
            }
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        self.skip()?;
        visitor.visit_unit()
    }

    lists! {
        deserialize_seq()
        deserialize_tuple(_len: usize)
        deserialize_tuple_struct(_name: &'static str, _len: usize)
    }

    maps! {
        deserialize_map()
        deserialize_struct(_name: &'static str, _fields: &'static [&'static str])
    }

    serde::forward_to_deserialize_any! { bool f32 f64 bytes byte_buf unit }
}
