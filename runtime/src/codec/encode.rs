//! From a value to bytes: serde's `Serializer`.
//!
//! In comes a value, out come bytes at the end of a vector, in one pass. The
//! bytes of single values are left to `write`; what belongs to lists and maps
//! (items, and counts that turn out wrong) to `container`.

use std::fmt::{Display, Write};

use serde::{Serialize, Serializer};

use super::container::{Container, Shape};
use super::error::EncodeFailure;
use super::format::{EXT_I128, EXT_U128, F32, F64, FALSE, FIX_STR, TRUE};
use super::write::{Encoder, Sink, bin_header, text_header};

impl<'a, 'b> Serializer for &'a mut Encoder<'b> {
    type Ok = ();
    type Error = EncodeFailure;
    type SerializeSeq = Container<'a, 'b>;
    type SerializeTuple = Container<'a, 'b>;
    type SerializeTupleStruct = Container<'a, 'b>;
    type SerializeTupleVariant = Container<'a, 'b>;
    type SerializeMap = Container<'a, 'b>;
    type SerializeStruct = Container<'a, 'b>;
    type SerializeStructVariant = Container<'a, 'b>;

    // Serde forgets the answer `false` wherever it buffers; see the module's docs.
    #[inline]
    fn is_human_readable(&self) -> bool {
        true
    }

    #[inline]
    fn serialize_bool(self, v: bool) -> Result<(), EncodeFailure> {
        self.bytes.push(if v { TRUE } else { FALSE });
        Ok(())
    }

    #[inline]
    fn serialize_i8(self, v: i8) -> Result<(), EncodeFailure> {
        self.serialize_i64(v.into())
    }

    #[inline]
    fn serialize_i16(self, v: i16) -> Result<(), EncodeFailure> {
        self.serialize_i64(v.into())
    }

    #[inline]
    fn serialize_i32(self, v: i32) -> Result<(), EncodeFailure> {
        self.serialize_i64(v.into())
    }

    #[inline]
    fn serialize_i64(self, v: i64) -> Result<(), EncodeFailure> {
        self.signed(v);
        Ok(())
    }

    fn serialize_i128(self, v: i128) -> Result<(), EncodeFailure> {
        if let Ok(v) = u128::try_from(v) {
            return self.serialize_u128(v);
        }
        match i64::try_from(v) {
            Ok(v) => self.signed(v),
            Err(_) => self.wide(EXT_I128, v.to_be_bytes()),
        }
        Ok(())
    }

    #[inline]
    fn serialize_u8(self, v: u8) -> Result<(), EncodeFailure> {
        self.serialize_u64(v.into())
    }

    #[inline]
    fn serialize_u16(self, v: u16) -> Result<(), EncodeFailure> {
        self.serialize_u64(v.into())
    }

    #[inline]
    fn serialize_u32(self, v: u32) -> Result<(), EncodeFailure> {
        self.serialize_u64(v.into())
    }

    #[inline]
    fn serialize_u64(self, v: u64) -> Result<(), EncodeFailure> {
        self.unsigned(v);
        Ok(())
    }

    fn serialize_u128(self, v: u128) -> Result<(), EncodeFailure> {
        match u64::try_from(v) {
            Ok(v) => self.unsigned(v),
            Err(_) => self.wide(EXT_U128, v.to_be_bytes()),
        }
        Ok(())
    }

    #[inline]
    fn serialize_f32(self, v: f32) -> Result<(), EncodeFailure> {
        self.marked(F32, v.to_bits().to_be_bytes());
        Ok(())
    }

    #[inline]
    fn serialize_f64(self, v: f64) -> Result<(), EncodeFailure> {
        self.marked(F64, v.to_bits().to_be_bytes());
        Ok(())
    }

    #[inline]
    fn serialize_char(self, v: char) -> Result<(), EncodeFailure> {
        self.text(v.encode_utf8(&mut [0; 4]))
    }

    #[inline]
    fn serialize_str(self, v: &str) -> Result<(), EncodeFailure> {
        self.text(v)
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<(), EncodeFailure> {
        let start = self.bytes.len();
        self.bytes.push(FIX_STR);
        write!(Sink(self.bytes), "{value}").map_err(serde::ser::Error::custom)?;
        let header = text_header(self.bytes.len() - start - 1)?;
        self.replace(start..start + 1, header);
        Ok(())
    }

    #[inline]
    fn serialize_bytes(self, v: &[u8]) -> Result<(), EncodeFailure> {
        let header = bin_header(v.len())?;
        self.bytes.extend_from_slice(header.bytes());
        self.bytes.extend_from_slice(v);
        Ok(())
    }

    #[inline]
    fn serialize_none(self) -> Result<(), EncodeFailure> {
        self.nil();
        Ok(())
    }

    #[inline]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), EncodeFailure> {
        self.some();
        self.wrapped(value)
    }

    #[inline]
    fn serialize_unit(self) -> Result<(), EncodeFailure> {
        self.nil();
        Ok(())
    }

    #[inline]
    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), EncodeFailure> {
        self.nil();
        Ok(())
    }

    #[inline]
    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<(), EncodeFailure> {
        self.text(variant)
    }

    #[inline]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Result<(), EncodeFailure> {
        self.wrapped(value)
    }

    #[inline]
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), EncodeFailure> {
        self.variant(variant, 1)?;
        value.serialize(&mut *self)?;
        self.leave(1);
        Ok(())
    }

    #[inline]
    fn serialize_seq(self, len: Option<usize>) -> Result<Self::SerializeSeq, EncodeFailure> {
        self.enter(1)?;
        Container::open(self, Shape::List, len.unwrap_or_default(), 1)
    }

    #[inline]
    fn serialize_tuple(self, len: usize) -> Result<Self::SerializeTuple, EncodeFailure> {
        self.enter(1)?;
        Container::open(self, Shape::List, len, 1)
    }

    #[inline]
    fn serialize_tuple_struct(
        self,
        _name: &'static str,
        len: usize,
    ) -> Result<Self::SerializeTupleStruct, EncodeFailure> {
        self.enter(1)?;
        Container::open(self, Shape::List, len, 1)
    }

    #[inline]
    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Self::SerializeTupleVariant, EncodeFailure> {
        self.variant(variant, 2)?;
        Container::open(self, Shape::List, len, 2)
    }

    #[inline]
    fn serialize_map(self, len: Option<usize>) -> Result<Self::SerializeMap, EncodeFailure> {
        self.enter(1)?;
        Container::open(self, Shape::Map, len.unwrap_or_default(), 1)
    }

    #[inline]
    fn serialize_struct(
        self,
        _name: &'static str,
        len: usize,
    ) -> Result<Self::SerializeStruct, EncodeFailure> {
        self.enter(1)?;
        Container::open(self, Shape::Map, len, 1)
    }

    #[inline]
    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        len: usize,
    ) -> Result<Self::SerializeStructVariant, EncodeFailure> {
        self.variant(variant, 2)?;
        Container::open(self, Shape::Map, len, 2)
    }
}
