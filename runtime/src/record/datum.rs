//! What a flow keeps beside its frame, for itself and for others to read: values by key,
//! and its status.

use crate::payload::Payload;

/// A value that a flow put, one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Datum {
    /// The number of the turn that put it, from 1: it grows with each.
    pub version: u64,
    /// The value.
    pub value: Payload,
}
