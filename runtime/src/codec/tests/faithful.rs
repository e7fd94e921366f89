//! What is encoded decodes to an equal value, whatever its shape.

use std::collections::{BTreeMap, HashMap};
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU8;
use std::time::{Duration, SystemTime};

use proptest::prelude::*;
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Serialize, Serializer};
use serde_bytes::{ByteBuf, Bytes};
use serde_json::json;

use super::any::{Newtype, Unit, any_value};
use super::same;
use crate::codec::{encode_into, from_slice, to_vec};

proptest! {
    #[test]
    fn any_value_comes_back(value in any_value()) {
        same(&value);
    }

    #[test]
    fn any_value_can_be_viewed_and_skipped(value in any_value()) {
        let bytes = to_vec(&value).unwrap();
        crate::codec::to_json(&bytes).unwrap();
        from_slice::<serde::de::IgnoredAny>(&bytes).unwrap();
    }

    #[test]
    fn floats_come_back_bit_for_bit(wide: u64, narrow: u32) {
        let bytes = to_vec(&(f64::from_bits(wide), f32::from_bits(narrow))).unwrap();
        let (a, b): (f64, f32) = from_slice(&bytes).unwrap();
        prop_assert_eq!((a.to_bits(), b.to_bits()), (wide, narrow));
    }

    #[test]
    fn integers_of_any_width_come_back(v: i128, shift in 0..128_u32) {
        let v = v >> shift;
        same(&v);
        same(&(v.unsigned_abs(), i64::try_from(v).ok(), u64::try_from(v).ok()));
    }

    #[test]
    fn json_values_come_back(value in json_value()) {
        same(&value);
        same(&Some(value));
    }
}

fn json_value() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(|v| json!(v)),
        any::<i64>().prop_map(|v| json!(v)),
        any::<u64>().prop_map(|v| json!(v)),
        prop::num::f64::NORMAL.prop_map(|v| json!(v)),
        ".*".prop_map(|v| json!(v)),
    ];
    leaf.prop_recursive(4, 32, 20, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..20).prop_map(|v| json!(v)),
            prop::collection::btree_map(".*", inner, 0..20).prop_map(|v| json!(v)),
        ]
    })
}

#[test]
fn special_floats_keep_their_bits() {
    for v in [
        -0.0,
        f64::NAN,
        -f64::NAN,
        f64::INFINITY,
        f64::MIN_POSITIVE / 2.0,
    ] {
        let back: f64 = from_slice(&to_vec(&v).unwrap()).unwrap();
        assert_eq!(back.to_bits(), v.to_bits());
    }
}

#[test]
fn nested_options_are_told_apart() {
    type Deep = Option<Option<Option<()>>>;
    assert_eq!(same(&(None as Deep)), [0xc0]);
    assert_eq!(same(&(Some(None) as Deep)), [0xc1, 0xc0]);
    assert_eq!(same(&(Some(Some(None)) as Deep)), [0xc1, 0xc1, 0xc0]);
    assert_eq!(
        same(&(Some(Some(Some(()))) as Deep)),
        [0xc1, 0xc1, 0xc1, 0xc0]
    );
    assert_eq!(same(&Some(Some(5))), [5]);
    assert_eq!(same(&Some(Unit)), [0xc1, 0xc0]);
    assert_eq!(
        same(&Some(Newtype(Some(Newtype(Unit))))),
        [0xc1, 0xc1, 0xc0]
    );
    assert_eq!(same(&Some(json!(null))), [0xc1, 0xc0]);
}

/// A `Some` that was resolved must not leave its mark to the nil after it.
#[test]
fn marks_do_not_leak_to_neighbours() {
    let list = vec![Some(Some(1)), Some(None), None, Some(Some(2)), Some(None)];
    assert_eq!(same(&list), [0x95, 1, 0xc1, 0xc0, 0xc0, 2, 0xc1, 0xc0]);
    let pair = Some((None::<u8>, Some(None::<u8>)));
    assert_eq!(same(&pair), [0x92, 0xc0, 0xc1, 0xc0]);
}

#[derive(Serialize, Deserialize, Debug, PartialEq, Clone)]
struct Inner {
    a: Option<Option<u32>>,
    ip: IpAddr,
    id: uuid::Uuid,
    unit: Unit,
    some_unit: Option<()>,
    some_null: Option<serde_json::Value>,
    kind: Kind,
    bytes: ByteBuf,
    letter: char,
    ratio: f32,
}

#[derive(Serialize, Deserialize, Debug, PartialEq, Clone)]
enum Kind {
    Plain,
    One(Option<Option<u8>>),
    Two(u8, Unit),
    Named { x: Option<()> },
}

#[derive(Serialize, Deserialize, Debug, PartialEq, Clone)]
struct Flat {
    before: u8,
    #[serde(flatten)]
    inner: Inner,
    #[serde(flatten)]
    rest: BTreeMap<String, Option<Option<u8>>>,
}

#[derive(Serialize, Deserialize, Debug, PartialEq, Clone)]
#[serde(untagged)]
enum Untagged {
    Number(u64),
    Inner(Inner),
    List(Vec<Option<Option<u8>>>),
    Unit(Unit),
}

#[derive(Serialize, Deserialize, Debug, PartialEq, Clone)]
#[serde(tag = "type")]
enum Internal {
    Empty,
    Wrapped(Inner),
    Named {
        deep: Option<Option<u8>>,
        list: Vec<Kind>,
    },
}

#[derive(Serialize, Deserialize, Debug, PartialEq, Clone)]
#[serde(tag = "t", content = "c")]
enum Adjacent {
    Empty,
    One(Option<Option<Unit>>),
    Two(Inner, ()),
    Named { deep: Option<Option<u8>> },
}

fn inners() -> Vec<Inner> {
    let one = Inner {
        a: Some(None),
        ip: "2001:db8::1".parse().unwrap(),
        id: uuid::Uuid::from_u128(7),
        unit: Unit,
        some_unit: Some(()),
        some_null: Some(json!(null)),
        kind: Kind::One(Some(None)),
        bytes: ByteBuf::from([0xc1, 0xc0]),
        letter: 'ß',
        ratio: 0.1,
    };
    let two = Inner {
        a: None,
        some_unit: None,
        some_null: None,
        kind: Kind::Named { x: Some(()) },
        ..one.clone()
    };
    let three = Inner {
        kind: Kind::Two(1, Unit),
        ..one.clone()
    };
    let four = Inner {
        kind: Kind::Plain,
        ..one.clone()
    };
    vec![one, two, three, four]
}

/// Serde buffers all of these and decodes them from the buffer, without the
/// codec's help: whatever the codec tells apart has to survive that.
#[test]
fn buffered_shapes_come_back() {
    for inner in inners() {
        same(&inner);
        let rest = BTreeMap::from([("x".into(), Some(None)), ("y".into(), None)]);
        same(&Flat {
            before: 1,
            inner: inner.clone(),
            rest,
        });
        same(&Some(Some(Untagged::Inner(inner.clone()))));
        same(&Internal::Wrapped(inner.clone()));
        same(&Adjacent::Two(inner, ()));
    }
    same(&Untagged::Number(3));
    same(&Untagged::List(vec![None, Some(None), Some(Some(1))]));
    same(&Some(Untagged::Unit(Unit)));
    same(&Internal::Empty);
    let list = vec![Kind::Plain, Kind::One(Some(None)), Kind::Two(0, Unit)];
    same(&Internal::Named {
        deep: Some(None),
        list,
    });
    same(&Adjacent::Empty);
    same(&Adjacent::One(Some(None)));
    same(&Adjacent::Named { deep: Some(None) });
}

/// A flattened map of `n` entries, whose number is not known when it starts.
#[test]
fn flattened_maps_of_any_size_come_back() {
    for n in [0, 1, 14, 15, 16, 300, 65_535, 65_536] {
        let rest = (0..n).map(|i| (format!("k{i}"), Some(None))).collect();
        let inner = inners().remove(0);
        same(&Flat {
            before: 1,
            inner,
            rest,
        });
    }
}

struct Unsized<'a>(&'a [Option<Option<u8>>], Option<usize>);

impl Serialize for Unsized<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(self.1)?;
        for item in self.0 {
            list.serialize_element(item)?;
        }
        list.end()
    }
}

struct UnsizedMap(usize, Option<usize>);

impl Serialize for UnsizedMap {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(self.1)?;
        for i in 0..self.0 {
            map.serialize_key(&i)?;
            map.serialize_value(&Some(None::<u8>))?;
        }
        map.end()
    }
}

#[test]
fn absent_and_wrong_lengths_are_made_right() {
    for n in [0, 1, 15, 16, 255, 65_535, 65_536] {
        let items: Vec<_> = (0..n)
            .map(|i| [None, Some(None), Some(Some(7))][i % 3])
            .collect();
        let map: HashMap<usize, Option<Option<u8>>> = (0..n).map(|i| (i, Some(None))).collect();
        for declared in [None, Some(0), Some(3), Some(20), Some(100_000)] {
            let around = to_vec(&(Unsized(&items, declared), Some(None::<u8>))).unwrap();
            assert_eq!(around, to_vec(&(&items, Some(None::<u8>))).unwrap());
            let bytes = to_vec(&UnsizedMap(n, declared)).unwrap();
            assert_eq!(from_slice::<HashMap<_, _>>(&bytes).unwrap(), map);
        }
    }
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Borrowed<'a> {
    text: &'a str,
    bytes: &'a [u8],
}

#[test]
fn text_and_bytes_are_borrowed() {
    let long = "x".repeat(300);
    for text in ["short", &long] {
        let encoded = to_vec(&(Bytes::new(b"raw"), text)).unwrap();
        let (bytes, back): (&[u8], &str) = from_slice(&encoded).unwrap();
        assert_eq!((bytes, back), (b"raw".as_slice(), text));
        assert!(encoded.as_ptr_range().contains(&back.as_ptr()));
        assert!(encoded.as_ptr_range().contains(&bytes.as_ptr()));
    }
    let encoded = b"\x82\xa4text\xa2hi\xa5bytes\xc4\x01\xff";
    let back: Borrowed<'_> = from_slice(encoded).unwrap();
    assert_eq!(
        back,
        Borrowed {
            text: "hi",
            bytes: &[0xff]
        }
    );
}

#[test]
fn types_of_the_standard_library_come_back() {
    same(&(
        Duration::new(5, 7),
        SystemTime::UNIX_EPOCH + Duration::from_nanos(1),
    ));
    same(&"[::1]:80".parse::<SocketAddr>().unwrap());
    same(&(
        NonZeroU8::new(3),
        Ok::<(), Option<()>>(()),
        Err::<(), _>(Some(())),
    ));
    same(&HashMap::from([((1, 'a'), vec![1_u8]), ((2, 'b'), vec![])]));
    same(&[[0_u8; 32]; 3]);
    same(&BTreeMap::from([
        (Some(None), 1),
        (None, 2),
        (Some(Some(Unit)), 3),
    ]));
}

#[derive(Serialize)]
struct Shown(#[serde(serialize_with = "shown")] String);

fn shown<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(text)
}

#[test]
fn displayed_text_of_any_length_comes_back() {
    for len in [0, 31, 32, 255, 256, 65_535, 65_536] {
        let text = "x".repeat(len);
        assert_eq!(
            to_vec(&Shown(text.clone())).unwrap(),
            to_vec(&text).unwrap()
        );
        let behind = (1, Shown(text.clone()));
        assert_eq!(to_vec(&behind).unwrap(), to_vec(&(1, text)).unwrap());
    }
}

struct Refusing;

impl Serialize for Refusing {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("out of paper"))
    }
}

#[test]
fn a_refusal_leaves_the_buffer_as_it_was() {
    let mut bytes = vec![1, 2, 3];
    let error = encode_into(&mut bytes, &(vec![7; 1000], Refusing)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the value refused to be encoded: out of paper"
    );
    assert_eq!(bytes, [1, 2, 3]);
}

/// Says where it was refused, as some derived implementations do.
struct Placed;

impl Serialize for Placed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Refusing
            .serialize(serializer)
            .map_err(|error| serde::ser::Error::custom(format!("tray 2: {error}")))
    }
}

#[test]
fn a_refusal_can_be_told_by_whoever_holds_the_value() {
    assert_eq!(
        to_vec(&Placed).unwrap_err().to_string(),
        "the value refused to be encoded: tray 2: \
         the value refused to be encoded: out of paper"
    );
}

/// The limit that the module's docs name; should serde lift it, so must they.
#[test]
fn serde_cannot_buffer_wide_integers() {
    #[derive(Serialize, Deserialize, Debug)]
    #[serde(tag = "type")]
    enum Wide {
        Number { value: u128 },
    }
    let bytes = to_vec(&Wide::Number { value: 5 }).unwrap();
    let error = from_slice::<Wide>(&bytes).unwrap_err();
    assert_eq!(error.to_string(), "u128 is not supported (byte 0)");
}
