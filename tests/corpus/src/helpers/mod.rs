//! What the benign flows call: each the same in each run.

pub(crate) mod collections;
pub(crate) mod data;
pub(crate) mod dates;
pub(crate) mod numbers;
pub(crate) mod text;
pub(crate) mod twins;
