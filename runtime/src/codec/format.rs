//! The bytes that mean something, and the limits both directions keep.
//!
//! Encoder and decoder take every constant from here, so that neither can
//! drift from the table in the module's documentation.

/// How many lists and maps may lie inside each other: 128.
///
/// An enum variant with content is a map, and its fields, if it has several,
/// are a list or map inside that one. Since 0.1.
pub const MAX_DEPTH: u32 = 128;

/// How many `Some`s and newtype structs may lie on the way to any value: 256.
///
/// They may take no byte of their own, so only this limit keeps a type that
/// contains itself through them from overflowing the stack. Since 0.1.
pub const MAX_WRAPPERS: u32 = 256;

pub(super) const FIX_MAP: u8 = 0x80;
pub(super) const FIX_LIST: u8 = 0x90;
pub(super) const FIX_STR: u8 = 0xa0;
pub(super) const NIL: u8 = 0xc0;
/// Says that the nil or mark after it is the content of a `Some`.
pub(super) const MARK: u8 = 0xc1;
pub(super) const FALSE: u8 = 0xc2;
pub(super) const TRUE: u8 = 0xc3;
pub(super) const BIN_8: u8 = 0xc4;
pub(super) const BIN_16: u8 = 0xc5;
pub(super) const BIN_32: u8 = 0xc6;
pub(super) const EXT_8: u8 = 0xc7;
pub(super) const EXT_32: u8 = 0xc9;
pub(super) const F32: u8 = 0xca;
pub(super) const F64: u8 = 0xcb;
pub(super) const U8: u8 = 0xcc;
pub(super) const U16: u8 = 0xcd;
pub(super) const U32: u8 = 0xce;
pub(super) const U64: u8 = 0xcf;
pub(super) const I8: u8 = 0xd0;
pub(super) const I16: u8 = 0xd1;
pub(super) const I32: u8 = 0xd2;
pub(super) const I64: u8 = 0xd3;
pub(super) const FIX_EXT_1: u8 = 0xd4;
pub(super) const FIX_EXT_16: u8 = 0xd8;
pub(super) const STR_8: u8 = 0xd9;
pub(super) const STR_16: u8 = 0xda;
pub(super) const STR_32: u8 = 0xdb;
pub(super) const LIST_16: u8 = 0xdc;
pub(super) const LIST_32: u8 = 0xdd;
pub(super) const MAP_16: u8 = 0xde;
pub(super) const MAP_32: u8 = 0xdf;
pub(super) const FIX_NEGATIVE: u8 = 0xe0;

/// Extension code of a `u128` beyond `u64::MAX`, with `FIX_EXT_16`.
pub(super) const EXT_U128: u8 = 1;
/// Extension code of an `i128` below `i64::MIN`, with `FIX_EXT_16`.
pub(super) const EXT_I128: u8 = 2;
