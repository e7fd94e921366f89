//! The bytes are those of `rmp_serde`, except where the docs say otherwise.

use std::collections::BTreeMap;
use std::net::IpAddr;

use proptest::prelude::*;
use serde::Serialize;
use serde_bytes::ByteBuf;

use super::any::Newtype;
use super::same;
use crate::codec::{from_slice, to_vec};
use crate::payload::Payload;

#[derive(Serialize, Debug, Clone)]
enum Plain {
    Empty,
    Unit(()),
    Bool(bool),
    Signed(i64, i8),
    Unsigned(u64, u16),
    Floats(f32, f64),
    Char(char),
    Text(String),
    Bytes(ByteBuf),
    Ip(IpAddr),
    Newtype(Newtype<u8>),
    Option(Option<Box<Plain>>),
    Struct {
        list: Vec<Plain>,
        text: Option<String>,
    },
    Map(BTreeMap<i8, Plain>),
    Flat(Flat),
}

#[derive(Serialize, Debug, Clone)]
struct Flat {
    a: u8,
    #[serde(flatten)]
    rest: BTreeMap<String, u8>,
}

fn plain() -> impl Strategy<Value = Plain> {
    let flat = (
        any::<u8>(),
        prop::collection::btree_map(".*", any::<u8>(), 0..20),
    );
    let leaf = prop_oneof![
        Just(Plain::Empty),
        Just(Plain::Unit(())),
        any::<bool>().prop_map(Plain::Bool),
        (any::<i64>(), 0..64, any::<i8>()).prop_map(|(v, by, b)| Plain::Signed(v >> by, b)),
        (any::<u64>(), 0..64, any::<u16>()).prop_map(|(v, by, b)| Plain::Unsigned(v >> by, b)),
        any::<(f32, f64)>().prop_map(|(a, b)| Plain::Floats(a, b)),
        any::<char>().prop_map(Plain::Char),
        ".{0,300}".prop_map(Plain::Text),
        prop::collection::vec(any::<u8>(), 0..300).prop_map(|v| Plain::Bytes(ByteBuf::from(v))),
        any::<IpAddr>().prop_map(Plain::Ip),
        any::<u8>().prop_map(|v| Plain::Newtype(Newtype(v))),
        flat.prop_map(|(a, rest)| Plain::Flat(Flat { a, rest })),
    ];
    leaf.prop_recursive(4, 48, 20, |inner| {
        let boxed = inner.clone().prop_map(Box::new);
        let list = prop::collection::vec(inner.clone(), 0..20);
        prop_oneof![
            prop::option::of(boxed).prop_map(Plain::Option),
            (list, any::<Option<String>>()).prop_map(|(list, text)| Plain::Struct { list, text }),
            prop::collection::btree_map(any::<i8>(), inner, 0..20).prop_map(Plain::Map),
        ]
    })
}

fn peer<T: Serialize>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut peer = rmp_serde::Serializer::new(&mut bytes)
        .with_struct_map()
        .with_human_readable();
    value.serialize(&mut peer).unwrap();
    bytes
}

proptest! {
    #[test]
    fn bytes_equal_those_of_rmp_serde(value in plain()) {
        prop_assert_eq!(to_vec(&value).unwrap(), peer(&value));
    }

    #[test]
    fn to_vec_named_agrees_without_readable_types(a: Vec<Option<(i32, String, f64)>>) {
        prop_assert_eq!(to_vec(&a).unwrap(), rmp_serde::to_vec_named(&a).unwrap());
    }
}

#[test]
fn long_lists_maps_and_texts_agree() {
    for len in [15, 16, 31, 32, 255, 256, 65_535, 65_536] {
        let text = "y".repeat(len);
        let map: BTreeMap<usize, bool> = (0..len).map(|i| (i, true)).collect();
        let value = (vec![1_u8; len], text.clone(), ByteBuf::from(text), map);
        assert_eq!(same(&value), peer(&value));
    }
}

#[test]
fn a_list_of_encoded_values_is_the_encoded_list() {
    for len in [0, 1, 15, 16, 255, 65_535, 65_536] {
        let list = Payload::list(&vec![Payload::encode(&7).unwrap(); len]);
        assert_eq!(list, Payload::encode(&vec![7; len]).unwrap(), "{len}");
    }
}

/// The three differences that the module's docs name.
#[test]
fn the_differences_are_those_documented() {
    #[derive(Serialize, serde::Deserialize, PartialEq, Debug)]
    struct Unit;

    assert_eq!(
        (to_vec(&Unit).unwrap(), peer(&Unit)),
        (vec![0xc0], vec![0x90])
    );
    assert_eq!(from_slice::<Unit>(&[0x90]).unwrap(), Unit);
    assert_eq!(
        (to_vec(&5_u128).unwrap(), peer(&5_u128).len()),
        (vec![5], 18)
    );
    assert_eq!(peer(&Some(None::<u8>)), [0xc0]);
    let mut wide = vec![0xd8, 1];
    wide.extend(u128::MAX.to_be_bytes());
    assert_eq!(same(&u128::MAX), wide);
    let mut low = vec![0xd8, 2];
    low.extend(i128::MIN.to_be_bytes());
    assert_eq!(same(&i128::MIN), low);
}
