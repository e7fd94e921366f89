//! Values of an older type decode as the newer one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::codec::{DecodeErrorKind, from_slice, to_vec};

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct Old {
    id: u32,
    name: String,
    gone: Gone,
}

#[derive(Serialize, Deserialize, Debug, PartialEq, Default)]
struct Gone {
    map: BTreeMap<u8, Vec<Option<Option<()>>>>,
    big: (u128, i128, f32, Option<Kind>),
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
enum Kind {
    Card { number: u64 },
}

#[derive(Serialize, Deserialize, Debug, PartialEq)]
struct New {
    #[serde(default)]
    added: Vec<u8>,
    name: Option<String>,
    #[serde(default = "three")]
    count: u8,
    maybe: Option<u8>,
    #[serde(alias = "id")]
    number: u128,
}

fn three() -> u8 {
    3
}

#[test]
fn fields_may_be_added_removed_reordered_and_widened() {
    let old = Old {
        id: 7,
        name: "tea".into(),
        gone: Gone {
            map: BTreeMap::from([(1, vec![None, Some(None), Some(Some(()))])]),
            big: (u128::MAX, i128::MIN, 0.5, Some(Kind::Card { number: 1 })),
        },
    };
    let new: New = from_slice(&to_vec(&old).unwrap()).unwrap();
    let expected = New {
        added: vec![],
        name: Some("tea".into()),
        count: 3,
        maybe: None,
        number: 7,
    };
    assert_eq!(new, expected);
}

#[test]
fn a_missing_field_without_default_is_named() {
    let bytes = to_vec(&json!({ "id": 1, "name": "tea" })).unwrap();
    let error = from_slice::<Old>(&bytes).unwrap_err();
    assert!(matches!(
        error.kind(),
        DecodeErrorKind::MissingField { field: "gone" }
    ));
}

#[test]
fn integers_fit_any_type_that_holds_them() {
    let bytes = to_vec(&300_u16).unwrap();
    assert_eq!(from_slice::<i64>(&bytes).unwrap(), 300);
    assert_eq!(from_slice::<i128>(&bytes).unwrap(), 300);
    assert!((from_slice::<f64>(&bytes).unwrap() - 300.0).abs() < f64::EPSILON);
    assert!(from_slice::<u8>(&bytes).is_err());
    assert!(from_slice::<u64>(&to_vec(&-1).unwrap()).is_err());
    assert!(from_slice::<u64>(&to_vec(&u128::MAX).unwrap()).is_err());
    assert!(from_slice::<i128>(&to_vec(&u128::MAX).unwrap()).is_err());
}

#[test]
fn items_are_never_dropped() {
    let bytes = to_vec(&(1, 2, 3)).unwrap();
    let error = from_slice::<(u8, u8)>(&bytes).unwrap_err();
    assert!(matches!(
        error.kind(),
        DecodeErrorKind::TooManyItems { left: 1 }
    ));
}

#[test]
fn a_unit_variant_may_be_written_as_an_entry() {
    #[derive(Deserialize, Debug, PartialEq)]
    enum Now {
        Card,
    }
    assert_eq!(from_slice::<Now>(b"\x81\xa4Card\xc0").unwrap(), Now::Card);
    assert!(from_slice::<Now>(b"\x81\xa4Card\x01").is_err());
}
