//! Tests of the value codec: each file one promise of the module's docs.
//!
//! `any` generates values of every serde shape; the others say what must hold
//! of them, and of bytes that nobody vouches for.

mod any;
mod errors;
mod evolve;
mod faithful;
mod hostile;
mod peer;
mod quick;
mod view;

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{from_slice, to_vec};

/// Encodes and decodes, and wants the same value back.
#[track_caller]
fn same<T: Serialize + DeserializeOwned + PartialEq + Debug>(value: &T) -> Vec<u8> {
    let bytes = to_vec(value).unwrap();
    let back: T = from_slice(&bytes).unwrap_or_else(|e| panic!("{value:?} as {bytes:02x?}: {e}"));
    assert_eq!(&back, value, "as {bytes:02x?}");
    bytes
}
