//! Durable workflows for Rust: plain async functions compiled into resumable
//! state machines.

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
pub mod action;
pub mod client;
pub mod codec;
mod durable;
pub mod engine;
pub mod flow;
mod ids;
pub mod machine;
mod payload;
pub mod prelude;
pub mod record;
pub mod registry;
mod report;
pub mod store;
mod time;
pub mod turn;

pub use durable::Durable;
pub use engine::Engine;
pub use ids::{InstanceId, InstanceKey, InvalidId, LeafId, TurnNo};
pub use payload::{Fields, FieldsBuilder, Payload};
pub use time::Timestamp;

pub use flowstone_macros::{action, flow};

/// The example of the README.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
