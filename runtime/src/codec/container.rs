//! Lists and maps on their way to bytes.
//!
//! The header is written first, with the length that was declared, or room for
//! the shortest one if none was. Items are counted; only if the count turns
//! out different is the header corrected, which moves what follows it when the
//! header grows.

use serde::Serialize;
use serde::ser::{
    SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};

use super::error::EncodeFailure;
use super::format::{FIX_LIST, FIX_MAP, LIST_16, LIST_32, MAP_16, MAP_32};
use super::write::{Encoder, Header};

/// An open list or map.
pub(super) struct Container<'a, 'b> {
    encoder: &'a mut Encoder<'b>,
    shape: Shape,
    start: usize,
    declared: usize,
    count: usize,
    /// How many levels of depth it gives back when it is closed.
    levels: u32,
}

#[derive(Clone, Copy)]
pub(super) enum Shape {
    List,
    Map,
}

impl Shape {
    #[inline]
    fn header(self, len: usize) -> Result<Header, EncodeFailure> {
        let (fix, m16, m32) = match self {
            Self::List => (FIX_LIST, LIST_16, LIST_32),
            Self::Map => (FIX_MAP, MAP_16, MAP_32),
        };
        if len < 16 {
            Ok(Header::of_1(fix | len.to_le_bytes()[0]))
        } else if let Ok(len) = u16::try_from(len) {
            Ok(Header::of_3(m16, len))
        } else {
            Header::of_5(m32, len)
        }
    }
}

impl<'a, 'b> Container<'a, 'b> {
    #[inline]
    pub(super) fn open(
        encoder: &'a mut Encoder<'b>,
        shape: Shape,
        declared: usize,
        levels: u32,
    ) -> Result<Self, EncodeFailure> {
        let start = encoder.bytes.len();
        encoder
            .bytes
            .extend_from_slice(shape.header(declared)?.bytes());
        Ok(Self {
            encoder,
            shape,
            start,
            declared,
            count: 0,
            levels,
        })
    }

    #[inline]
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeFailure> {
        self.count += 1;
        value.serialize(&mut *self.encoder)
    }

    #[inline]
    fn entry<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), EncodeFailure> {
        key.serialize(&mut *self.encoder)?;
        self.item(value)
    }

    #[inline]
    fn close(self) -> Result<(), EncodeFailure> {
        self.encoder.leave(self.levels);
        if self.count == self.declared {
            Ok(())
        } else {
            self.correct()
        }
    }

    fn correct(self) -> Result<(), EncodeFailure> {
        let old_len = self.shape.header(self.declared)?.bytes().len();
        let new = self.shape.header(self.count)?;
        let old = self.start..self.start + old_len;
        self.encoder.replace(old, new);
        Ok(())
    }
}

macro_rules! list {
    ($($name:ident :: $item:ident)*) => {$(
        impl $name for Container<'_, '_> {
            type Ok = ();
            type Error = EncodeFailure;

            #[inline]
            fn $item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeFailure> {
                self.item(value)
            }

            #[inline]
            fn end(self) -> Result<(), EncodeFailure> {
                self.close()
            }
        }
    )*};
}

list! {
    SerializeSeq::serialize_element
    SerializeTuple::serialize_element
    SerializeTupleStruct::serialize_field
    SerializeTupleVariant::serialize_field
}

macro_rules! fields {
    ($($name:ident)*) => {$(
        impl $name for Container<'_, '_> {
            type Ok = ();
            type Error = EncodeFailure;

            #[inline]
            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), EncodeFailure> {
                self.entry(key, value)
            }

            #[inline]
            fn end(self) -> Result<(), EncodeFailure> {
                self.close()
            }
        }
    )*};
}

fields! { SerializeStruct SerializeStructVariant }

impl SerializeMap for Container<'_, '_> {
    type Ok = ();
    type Error = EncodeFailure;

    #[inline]
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), EncodeFailure> {
        key.serialize(&mut *self.encoder)
    }

    #[inline]
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), EncodeFailure> {
        self.item(value)
    }

    #[inline]
    fn end(self) -> Result<(), EncodeFailure> {
        self.close()
    }
}
