//! Anything encoded can be shown as JSON without its type.

use std::collections::BTreeMap;

use expect_test::{Expect, expect};
use serde::Serialize;
use serde_bytes::Bytes;

use super::any::Unit;
use crate::codec::{to_json, to_vec};

#[track_caller]
fn check<T: Serialize>(value: T, expected: &Expect) {
    let json = to_json(&to_vec(&value).unwrap()).unwrap();
    expected.assert_eq(&json.to_string());
}

#[test]
fn structs_and_variants_look_as_in_serde_json() {
    #[derive(Serialize)]
    struct Order<'a> {
        id: u64,
        items: Vec<Item<'a>>,
        paid: Option<bool>,
        unit: Unit,
    }
    #[derive(Serialize)]
    enum Item<'a> {
        Free,
        Sku(&'a str),
        Parcel { weight: f32 },
        Pair(i8, char),
    }
    let order = Order {
        id: u64::MAX,
        items: vec![
            Item::Free,
            Item::Sku("tea"),
            Item::Parcel { weight: 0.1 },
            Item::Pair(-5, 'ß'),
        ],
        paid: Some(true),
        unit: Unit,
    };
    check(
        order,
        &expect![[
            r#"{"id":18446744073709551615,"items":["Free",{"Sku":"tea"},{"Parcel":{"weight":0.1}},{"Pair":[-5,"ß"]}],"paid":true,"unit":null}"#
        ]],
    );
}

#[test]
fn what_json_lacks_is_still_readable() {
    check(
        Bytes::new(&[0xc0, 0xff, 0xee]),
        &expect![[r#"{"$bytes":"c0ffee"}"#]],
    );
    check(
        (u128::MAX, i128::MIN, i64::MIN),
        &expect![[
            r#"["340282366920938463463374607431768211455","-170141183460469231731687303715884105728",-9223372036854775808]"#
        ]],
    );
    check(
        [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.0, 1.0],
        &expect![[r#"["NaN","inf","-inf",-0.0,1.0]"#]],
    );
    check(
        [f32::NAN, f32::INFINITY, f32::MAX, f32::MIN_POSITIVE],
        &expect![[r#"["NaN","inf",3.4028235e+38,1.1754944e-38]"#]],
    );
    check(
        [None, Some(None), Some(Some(()))],
        &expect![[r#"[null,{"$some":null},{"$some":{"$some":null}}]"#]],
    );
    check([Some(Some(5))], &expect!["[5]"]);
}

#[test]
fn keys_become_text() {
    check(
        BTreeMap::from([(1, "a"), (-2, "b")]),
        &expect![[r#"{"-2":"b","1":"a"}"#]],
    );
    check(
        BTreeMap::from([((1, 'x'), 1)]),
        &expect![[r#"{"[1,\"x\"]":1}"#]],
    );
    check(
        BTreeMap::from([(None, 1), (Some(true), 2)]),
        &expect![[r#"{"null":1,"true":2}"#]],
    );
}

/// Two keys whose texts are equal must not hide one another.
#[test]
fn keys_that_look_the_same_are_both_shown() {
    let json = to_json(b"\x82\x01\xa1a\xa11\xa1b").unwrap();
    expect![[r#"{"$map":[[1,"a"],["1","b"]]}"#]].assert_eq(&json.to_string());
}
