//! Decode errors name what is wrong, the byte, and the path of fields.

use std::collections::BTreeMap;

use expect_test::{Expect, expect};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::codec::{from_slice, to_vec};

#[derive(Deserialize, Debug)]
#[expect(dead_code, reason = "only the errors of decoding it are of interest")]
struct Root {
    order: Order,
}

#[derive(Deserialize, Debug)]
#[expect(dead_code, reason = "only the errors of decoding it are of interest")]
struct Order {
    items: Vec<Item>,
    #[serde(default)]
    by_id: BTreeMap<u8, Item>,
    #[serde(default)]
    by_name: BTreeMap<String, Item>,
    payment: Option<Payment>,
}

#[derive(Deserialize, Debug)]
#[expect(dead_code, reason = "only the errors of decoding it are of interest")]
struct Item {
    sku: String,
}

#[derive(Deserialize, Debug)]
#[expect(dead_code, reason = "only the errors of decoding it are of interest")]
enum Payment {
    Cash,
    Card { number: u64 },
    Split(u8, u8),
    Voucher(Item),
}

#[track_caller]
fn check<T: DeserializeOwned>(bytes: &[u8], expected: &Expect) {
    let Err(error) = from_slice::<T>(bytes) else {
        panic!("this should not decode: {bytes:02x?}");
    };
    expected.assert_eq(&error.to_string());
}

#[track_caller]
fn check_order(order: &Value, expected: &Expect) {
    check::<Root>(&to_vec(&json!({ "order": order })).unwrap(), expected);
}

fn paying(payment: impl Into<Value>) -> Value {
    json!({ "items": [], "payment": payment.into() })
}

#[test]
fn the_path_leads_to_the_field() {
    let good = json!({ "sku": "x" });
    check_order(
        &json!({ "items": [good, good, {}] }),
        &expect!["missing field `sku` at order.items[2] (byte 29)"],
    );
    check_order(
        &json!({ "items": [{ "sku": 5 }] }),
        &expect!["invalid type: integer `5`, expected a string at order.items[0].sku (byte 20)"],
    );
    check_order(
        &json!({ "items": 5 }),
        &expect!["invalid type: integer `5`, expected a sequence at order.items (byte 14)"],
    );
    check_order(
        &json!({}),
        &expect!["missing field `items` at order (byte 7)"],
    );
    check_order(
        &json!({ "items": [], "by_name": { "a b": { "sku": null } } }),
        &expect!["invalid type: unit value, expected a string at order.by_name[a b].sku (byte 26)"],
    );
}

#[test]
fn keys_that_are_no_names_stand_in_brackets() {
    let bytes = to_vec(&BTreeMap::from([(7, BTreeMap::from([("sku", 5)]))])).unwrap();
    check::<BTreeMap<u8, Item>>(
        &bytes,
        &expect!["invalid type: integer `5`, expected a string at [7].sku (byte 7)"],
    );
}

#[test]
fn variants_are_steps_of_the_path() {
    check_order(
        &paying(json!({ "Card": { "number": "x" } })),
        &expect![[
            r#"invalid type: string "x", expected u64 at order.payment.Card.number (byte 37)"#
        ]],
    );
    check_order(
        &paying(json!({ "Split": [1, 2, 3] })),
        &expect![
            "a list or map holds more items than its type takes (1 more) at order.payment.Split (byte 33)"
        ],
    );
    check_order(
        &paying(json!({ "Split": [1, -2] })),
        &expect!["invalid value: integer `-2`, expected u8 at order.payment.Split[1] (byte 32)"],
    );
    check_order(
        &paying(json!({ "Voucher": {} })),
        &expect!["missing field `sku` at order.payment.Voucher (byte 32)"],
    );
    check_order(
        &paying(json!({ "Cash": 1 })),
        &expect!["invalid type: integer `1`, expected unit at order.payment.Cash (byte 29)"],
    );
}

#[test]
fn a_variant_of_another_form_is_named() {
    check_order(
        &paying(json!("Card")),
        &expect![
            "invalid type: unit variant, expected struct variant Payment::Card at order.payment (byte 23)"
        ],
    );
    check_order(
        &paying(json!("Split")),
        &expect![
            "invalid type: unit variant, expected tuple variant Payment::Split at order.payment (byte 23)"
        ],
    );
    check_order(
        &paying(json!("Voucher")),
        &expect!["invalid type: unit variant, expected newtype variant at order.payment (byte 23)"],
    );
    check_order(
        &paying(json!("Gold")),
        &expect![
            "unknown variant `Gold`, expected one of `Cash`, `Card`, `Split`, `Voucher` at order.payment (byte 23)"
        ],
    );
    check_order(
        &paying(json!({ "Gold": 1 })),
        &expect![
            "unknown variant `Gold`, expected one of `Cash`, `Card`, `Split`, `Voucher` at order.payment (byte 23)"
        ],
    );
    check_order(
        &paying(json!({ "Cash": 1, "Card": 2 })),
        &expect!["invalid type: map, expected enum Payment at order.payment (byte 23)"],
    );
    check_order(
        &paying(json!(1.5)),
        &expect![
            "invalid type: floating point `1.5`, expected enum Payment at order.payment (byte 23)"
        ],
    );
}

#[test]
fn malformed_bytes_are_told_apart() {
    check::<u8>(
        b"",
        &expect!["the bytes end before the value does (byte 0)"],
    );
    check::<u8>(
        b"\x01\x02\x03",
        &expect!["the input goes on for 2 bytes after the value (byte 1)"],
    );
    check::<(u8, u16)>(
        b"\x92\x01\xcd\x01",
        &expect!["the bytes end before the value does at [1] (byte 3)"],
    );
    check::<String>(
        b"\xa2\xff\xff",
        &expect!["a string is not valid UTF-8 (byte 1)"],
    );
    check::<(u8, String)>(
        b"\x92\x01\xa3\xff\xff\xff",
        &expect!["a string is not valid UTF-8 at [1] (byte 3)"],
    );
    check::<BTreeMap<u8, u8>>(
        b"\xde\x00\x03\x01\x02\x03\x04",
        &expect!["the bytes end before the value does (byte 3)"],
    );
    check::<(u8, char)>(
        b"\x92\x01\xa2ab",
        &expect![[r#"invalid value: string "ab", expected a character at [1] (byte 2)"#]],
    );
    check::<Option<u8>>(
        b"\xc1\x05",
        &expect!["the mark c1 stands before a value that needs none (byte 1)"],
    );
    check::<Option<()>>(
        b"\xc1",
        &expect!["the bytes end before the value does (byte 1)"],
    );
    check::<u64>(
        b"\xc1\xc0",
        &expect!["invalid type: Option value, expected u64 (byte 0)"],
    );
    check::<u128>(
        b"\xd8\x09abcdefghijklmnop",
        &expect!["MessagePack extension 9 is unknown (byte 0)"],
    );
    check::<u8>(
        b"\xc7\x01\xff\x00",
        &expect!["MessagePack extension -1 is unknown (byte 0)"],
    );
}
