//! Bytes that nobody vouches for never panic, nor make the decoder reserve
//! more than they are long.

use std::collections::{BTreeMap, HashMap};

use proptest::prelude::*;
use serde::de::{DeserializeOwned, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_bytes::ByteBuf;
use serde_json::Value;

use super::any::{Any, Unit, any_value};
use super::same;
use crate::codec::{
    DecodeErrorKind, EncodeError, MAX_DEPTH, MAX_WRAPPERS, from_slice, to_json, to_vec,
};

#[derive(Serialize, Deserialize, Debug, PartialEq)]
#[serde(untagged)]
enum Untagged {
    Any(Any),
    List(Vec<Untagged>),
    Map(BTreeMap<String, Untagged>),
    Option(Option<u8>),
}

/// Decodes as many types; none may panic, and what decodes must come back.
fn survive(bytes: &[u8]) {
    let _ = to_json(bytes);
    let _ = from_slice::<IgnoredAny>(bytes);
    let _ = from_slice::<Untagged>(bytes);
    let _ = from_slice::<&str>(bytes);
    let _ = from_slice::<&[u8]>(bytes);
    let _ = from_slice::<(f64, char)>(bytes);
    let _ = from_slice::<HashMap<Option<i128>, Vec<Unit>>>(bytes);
    let _ = from_slice::<Value>(bytes);
    if let Ok(value) = from_slice::<Any>(bytes) {
        let again = to_vec(&value).unwrap();
        assert_eq!(from_slice::<Any>(&again).unwrap(), value);
    }
}

proptest! {
    #[test]
    fn random_bytes_do_no_harm(bytes: Vec<u8>) {
        survive(&bytes);
    }

    #[test]
    fn damaged_bytes_do_no_harm(
        value in any_value(),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..5),
    ) {
        let mut bytes = to_vec(&value).unwrap();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        survive(&bytes);
    }

    #[test]
    fn truncated_bytes_are_refused(value in any_value(), at: prop::sample::Index) {
        let bytes = to_vec(&value).unwrap();
        let cut = &bytes[..at.index(bytes.len())];
        survive(cut);
        prop_assert!(from_slice::<Any>(cut).is_err());
        prop_assert!(to_json(cut).is_err());
        prop_assert!(from_slice::<IgnoredAny>(cut).is_err());
    }
}

/// Reserves whatever it is told to, as some collections do.
struct Trusting;

impl<'de> Deserialize<'de> for Trusting {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Hint;
        impl<'de> Visitor<'de> for Hint {
            type Value = Trusting;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Trusting, A::Error> {
                let hint = list.size_hint().unwrap();
                assert!(hint <= 3, "the hint goes beyond the input: {hint}");
                while list.next_element::<u8>()?.is_some() {}
                Ok(Trusting)
            }
        }
        deserializer.deserialize_seq(Hint)
    }
}

#[test]
fn claimed_lengths_are_not_trusted() {
    fn refused<T: DeserializeOwned>(bytes: &[u8]) {
        let error = from_slice::<T>(bytes).err().unwrap();
        assert!(
            matches!(error.kind(), DecodeErrorKind::UnexpectedEnd),
            "{error}"
        );
    }
    for marker in [0xdd, 0xdf, 0xdb, 0xc6] {
        let bytes = [marker, 0xff, 0xff, 0xff, 0xff];
        refused::<Vec<u64>>(&bytes);
        refused::<String>(&bytes);
        refused::<ByteBuf>(&bytes);
        refused::<BTreeMap<u8, u8>>(&bytes);
        refused::<Any>(&bytes);
        refused::<Value>(&bytes);
        refused::<IgnoredAny>(&bytes);
        assert!(to_json(&bytes).is_err());
    }
    from_slice::<Trusting>(b"\xdd\x00\x00\x00\x03\x01\x02\x03").unwrap();
    refused::<Trusting>(b"\xdd\x00\x00\x00\x04\x01\x02\x03");
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Tree(Vec<Tree>);

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Chain {
    next: Option<Box<Chain>>,
}

/// Contains itself without taking a byte.
#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Endless(Option<Box<Endless>>);

#[test]
fn depth_bombs_are_refused() {
    for byte in [0x91, 0xc1, 0x81] {
        let bomb = vec![byte; 1_000_000];
        survive(&bomb);
        assert!(from_slice::<Tree>(&bomb).is_err());
        assert!(from_slice::<Endless>(&bomb).is_err());
        assert!(from_slice::<Value>(&bomb).is_err());
    }
    let mut list = vec![0x91; 1_000_000];
    list.push(0xc0);
    let error = from_slice::<Value>(&list).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::TooDeep));
    from_slice::<IgnoredAny>(&list).unwrap();
    let error = from_slice::<Endless>(&[5]).unwrap_err();
    assert!(matches!(error.kind(), DecodeErrorKind::TooDeep));
}

/// Only what is open counts: many lists, maps and `Some`s side by side are not deep.
#[test]
fn breadth_is_no_depth() {
    let many = usize::try_from(2 * MAX_DEPTH.max(MAX_WRAPPERS)).unwrap();
    same(&vec![Vec::<u8>::new(); many]);
    same(&vec![BTreeMap::<u8, u8>::new(); many]);
    same(&vec![Some(1); many]);
    to_json(&to_vec(&vec![Some(Vec::<u8>::new()); many]).unwrap()).unwrap();
}

#[test]
fn the_limits_of_both_directions_agree() {
    let chain = |len| {
        (1..len).fold(Chain { next: None }, |c, _| Chain {
            next: Some(Box::new(c)),
        })
    };
    let longest = chain(MAX_DEPTH);
    let bytes = to_vec(&longest).unwrap();
    assert_eq!(from_slice::<Chain>(&bytes).unwrap(), longest);
    to_json(&bytes).unwrap();
    assert!(matches!(
        to_vec(&chain(MAX_DEPTH + 1)),
        Err(EncodeError::TooDeep)
    ));

    // Each link is a newtype and, but for the last, a `Some`.
    let endless = |len| (1..len).fold(Endless(None), |c, _| Endless(Some(Box::new(c))));
    let longest = endless(MAX_WRAPPERS / 2);
    let bytes = to_vec(&longest).unwrap();
    assert_eq!(from_slice::<Endless>(&bytes).unwrap(), longest);
    to_json(&bytes).unwrap();
    assert!(matches!(
        to_vec(&endless(MAX_WRAPPERS)),
        Err(EncodeError::TooDeep)
    ));
}
