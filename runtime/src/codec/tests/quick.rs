//! The quick ways take what they say and leave the rest where it was: with them or without
//! them values are the same, so nothing else would tell that one is lost.

use std::fmt;

use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::codec::format::{FIX_LIST, FIX_MAP};
use crate::codec::from_slice;
use crate::codec::read::Decoder;

/// What `take` gives of the bytes, and how many are left.
fn taken<'a, T>(
    bytes: &'a [u8],
    take: impl FnOnce(&mut Decoder<'a>) -> Option<T>,
) -> (Option<T>, usize) {
    let mut decoder = Decoder::new(bytes);
    let value = take(&mut decoder);
    (value, decoder.rest.len())
}

#[test]
fn unsigned_integers_are_taken_at_once() {
    let some: [(&[u8], u64); 6] = [
        (b"\x00", 0),
        (b"\x7f", 127),
        (b"\xcc\xff", 255),
        (b"\xcd\x01\x00", 256),
        (b"\xce\x00\x01\x00\x00", 65_536),
        (b"\xcf\x00\x00\x00\x01\x00\x00\x00\x00", 1 << 32),
    ];
    for (bytes, value) in some {
        assert_eq!(taken(bytes, Decoder::unsigned), (Some(value), 0));
        let cut = &bytes[..bytes.len() - 1];
        assert_eq!(taken(cut, Decoder::unsigned), (None, cut.len()));
    }
    for bytes in [b"\x80\x01", b"\xff\x01", b"\xd0\x01", b"\xa1a"] {
        assert_eq!(taken(bytes, Decoder::unsigned), (None, 2));
    }
}

#[test]
fn short_texts_are_taken_at_once() {
    let longest = [&[0xbf][..], &[b'x'; 31]].concat();
    for bytes in [&b"\xa0"[..], b"\xa2ab", &longest] {
        assert_eq!(taken(bytes, Decoder::short_text), (Some(&bytes[1..]), 0));
    }
    for bytes in [&b""[..], b"\xa2a", b"\xd9\x01a", b"\x82\x01\x02", b"\xe1a"] {
        assert_eq!(taken(bytes, Decoder::short_text), (None, bytes.len()));
    }
}

#[test]
fn short_headers_are_taken_at_once_if_the_input_can_hold_a_map_of_that_length() {
    for fix in [FIX_LIST, FIX_MAP] {
        for (len, rest) in [(0, 0), (1, 2), (2, 4), (2, 5), (15, 30)] {
            let bytes = [&[fix | len][..], &vec![0; rest]].concat();
            let header = taken(&bytes, |decoder| decoder.short_header(fix));
            assert_eq!(header, (Some(usize::from(len)), rest));
        }
        for (len, rest) in [(1, 1), (2, 3), (3, 5), (15, 29)] {
            let bytes = [&[fix | len][..], &vec![0; rest]].concat();
            let header = taken(&bytes, |decoder| decoder.short_header(fix));
            assert_eq!(header, (None, rest + 1));
        }
    }
    let header = taken(b"\x81\x01\x02", |decoder| decoder.short_header(FIX_LIST));
    assert_eq!(header, (None, 3));
}

/// How long a list or map says that it still is, before each item and at its end.
#[derive(Debug, PartialEq)]
struct Hints(Vec<Option<usize>>);

impl<'de> Deserialize<'de> for Hints {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Asking;
        impl<'de> Visitor<'de> for Asking {
            type Value = Hints;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list or map")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Hints, A::Error> {
                let mut hints = vec![list.size_hint()];
                while list.next_element::<IgnoredAny>()?.is_some() {
                    hints.push(list.size_hint());
                }
                Ok(Hints(hints))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Hints, A::Error> {
                let mut hints = vec![map.size_hint()];
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
                    hints.push(map.size_hint());
                }
                Ok(Hints(hints))
            }
        }
        deserializer.deserialize_any(Asking)
    }
}

#[test]
fn collections_can_make_room_for_what_comes() {
    let counted = || Hints((0..=3).rev().map(Some).collect());
    let list = from_slice::<Hints>(b"\x93\x01\x02\x03");
    assert_eq!(list.expect("a list of three"), counted());
    let map = from_slice::<Hints>(b"\x83\x01\x01\x02\x02\x03\x03");
    assert_eq!(map.expect("a map of three"), counted());
}
