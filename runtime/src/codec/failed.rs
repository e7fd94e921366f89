//! Whether a value is an `Err`, asked through `Serialize`: whoever stores a
//! result does not know its type, and serde names `Result` and its variants.

use std::fmt;

use serde::ser::{Impossible, Serialize, Serializer};

/// Whether a value is the `Err` of a `Result`.
///
/// An enum of the user that is called `Result` and has an `Err` counts as one.
pub(crate) fn is_err<T: Serialize>(value: &T) -> bool {
    matches!(value.serialize(Probe), Err(Seen::Err))
}

/// Looks at the outermost value only.
struct Probe;

/// What the outermost value is.
#[derive(Debug)]
enum Seen {
    Err,
    Other,
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for Seen {}

impl serde::ser::Error for Seen {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::Other
    }
}

macro_rules! other {
    ($($method:ident($($ty:ty),*) $(-> $as:ident)?;)+) => {$(
        fn $method(self $(, _: $ty)*) -> Result<other!(@ $($as)?), Seen> {
            Err(Seen::Other)
        }
    )+};
    (@) => { () };
    (@ $as:ident) => { Self::$as };
}

impl Serializer for Probe {
    type Ok = ();
    type Error = Seen;
    type SerializeSeq = Impossible<(), Seen>;
    type SerializeTuple = Impossible<(), Seen>;
    type SerializeTupleStruct = Impossible<(), Seen>;
    type SerializeTupleVariant = Impossible<(), Seen>;
    type SerializeMap = Impossible<(), Seen>;
    type SerializeStruct = Impossible<(), Seen>;
    type SerializeStructVariant = Impossible<(), Seen>;

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
        _: &T,
    ) -> Result<(), Seen> {
        Err(match (name, variant) {
            ("Result", "Err") => Seen::Err,
            _ => Seen::Other,
        })
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<(), Seen> {
        Err(Seen::Other)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: &T,
    ) -> Result<(), Seen> {
        Err(Seen::Other)
    }

    other! {
        serialize_bool(bool);
        serialize_i8(i8);
        serialize_i16(i16);
        serialize_i32(i32);
        serialize_i64(i64);
        serialize_i128(i128);
        serialize_u8(u8);
        serialize_u16(u16);
        serialize_u32(u32);
        serialize_u64(u64);
        serialize_u128(u128);
        serialize_f32(f32);
        serialize_f64(f64);
        serialize_char(char);
        serialize_str(&str);
        serialize_bytes(&[u8]);
        serialize_none();
        serialize_unit();
        serialize_unit_struct(&'static str);
        serialize_unit_variant(&'static str, u32, &'static str);
        serialize_seq(Option<usize>) -> SerializeSeq;
        serialize_tuple(usize) -> SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> SerializeTupleVariant;
        serialize_map(Option<usize>) -> SerializeMap;
        serialize_struct(&'static str, usize) -> SerializeStruct;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> SerializeStructVariant;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_err_is_one() {
        assert!(is_err(&Err::<u8, u8>(1)));
        assert!(is_err(&Err::<(), ()>(())));
        assert!(!is_err(&Ok::<u8, u8>(1)));
        assert!(!is_err(&Some(Err::<u8, u8>(1))));
        assert!(!is_err(&[1, 2]));
        assert!(!is_err(&"Err"));
    }
}
