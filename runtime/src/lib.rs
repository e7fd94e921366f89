//! Durable workflows for Rust.

pub mod codec;
