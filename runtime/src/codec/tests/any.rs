//! Values of every serde shape, nested at random.
//!
//! Out comes `Any`, a type that contains itself through options, units, all
//! kinds of structs and variants, lists, maps and bytes.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq, PartialOrd, Eq, Ord)]
pub(super) struct Unit;

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
pub(super) struct Newtype<T>(pub(super) T);

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
pub(super) struct Pair(Any, Option<Any>);

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
pub(super) struct Fields {
    first: Any,
    second: Option<Any>,
    third: Option<Option<Any>>,
}

#[derive(Serialize, Deserialize, Debug, Clone, PartialEq)]
pub(super) enum Any {
    Empty,
    Unit(()),
    UnitStruct(Unit),
    Bool(bool),
    I8(i8),
    I64(i64),
    I128(i128),
    U16(u16),
    U32(u32),
    U64(u64),
    U128(u128),
    Char(char),
    Text(String),
    Bytes(ByteBuf),
    Small(Option<u8>),
    Deep(Option<Option<Option<()>>>),
    Mixed(Option<Newtype<Option<Newtype<Unit>>>>),
    Some(Box<Option<Any>>),
    Twice(Box<Option<Option<Any>>>),
    Newtype(Box<Newtype<Option<Any>>>),
    Tuple(Box<(Any, Option<Any>)>),
    Three(Box<Any>, (), Box<Any>),
    Struct {
        left: Box<Any>,
        right: Box<Option<Any>>,
    },
    Pair(Box<Pair>),
    Fields(Box<Fields>),
    List(Vec<Any>),
    Options(Vec<Option<Option<bool>>>),
    Units(Vec<Option<Unit>>),
    Map(BTreeMap<String, Any>),
    Keyed(BTreeMap<Option<i16>, Option<Any>>),
    Tupled(BTreeMap<(u8, char), Any>),
}

pub(super) fn any_value() -> impl Strategy<Value = Any> {
    leaf().prop_recursive(5, 48, 6, |inner| {
        let boxed = inner.clone().prop_map(Box::new);
        let maybe = prop::option::of(inner.clone());
        let twice = prop::option::of(maybe.clone());
        let fields = (inner.clone(), maybe.clone(), twice.clone());
        prop_oneof![
            maybe.clone().prop_map(|v| Any::Some(Box::new(v))),
            twice.prop_map(|v| Any::Twice(Box::new(v))),
            maybe
                .clone()
                .prop_map(|v| Any::Newtype(Box::new(Newtype(v)))),
            (inner.clone(), maybe.clone()).prop_map(|v| Any::Tuple(Box::new(v))),
            (boxed.clone(), boxed.clone()).prop_map(|(a, b)| Any::Three(a, (), b)),
            (boxed, maybe.clone()).prop_map(|(left, right)| Any::Struct {
                left,
                right: Box::new(right)
            }),
            (inner.clone(), maybe.clone()).prop_map(|(a, b)| Any::Pair(Box::new(Pair(a, b)))),
            fields.prop_map(|(first, second, third)| {
                let fields = Fields {
                    first,
                    second,
                    third,
                };
                Any::Fields(Box::new(fields))
            }),
            prop::collection::vec(inner.clone(), 0..20).prop_map(Any::List),
            prop::collection::btree_map(".{0,40}", inner.clone(), 0..6).prop_map(Any::Map),
            prop::collection::btree_map(any::<Option<i16>>(), maybe, 0..20).prop_map(Any::Keyed),
            prop::collection::btree_map(any::<(u8, char)>(), inner, 0..6).prop_map(Any::Tupled),
        ]
    })
}

fn leaf() -> impl Strategy<Value = Any> {
    let mixed = prop::option::of(prop::option::of(Just(Newtype(Unit))).prop_map(Newtype));
    prop_oneof![
        Just(Any::Empty),
        Just(Any::Unit(())),
        Just(Any::UnitStruct(Unit)),
        any::<bool>().prop_map(Any::Bool),
        any::<i8>().prop_map(Any::I8),
        any::<i64>().prop_map(Any::I64),
        near_zero().prop_map(Any::I64),
        any::<i128>().prop_map(Any::I128),
        near_zero().prop_map(|v| Any::I128(v.into())),
        any::<u16>().prop_map(Any::U16),
        any::<u32>().prop_map(Any::U32),
        any::<u64>().prop_map(Any::U64),
        any::<u128>().prop_map(Any::U128),
        any::<char>().prop_map(Any::Char),
        ".{0,300}".prop_map(Any::Text),
        prop::collection::vec(any::<u8>(), 0..300).prop_map(|v| Any::Bytes(ByteBuf::from(v))),
        any::<Option<u8>>().prop_map(Any::Small),
        any::<Option<Option<Option<()>>>>().prop_map(Any::Deep),
        mixed.prop_map(Any::Mixed),
        prop::collection::vec(any::<Option<Option<bool>>>(), 0..20).prop_map(Any::Options),
        prop::collection::vec(prop::option::of(Just(Unit)), 0..20).prop_map(Any::Units),
    ]
}

/// Numbers of every width, so that each form of integer is met.
fn near_zero() -> impl Strategy<Value = i64> {
    (any::<i64>(), 0..64_u32).prop_map(|(v, shift)| v >> shift)
}
