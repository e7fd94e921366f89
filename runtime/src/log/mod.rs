//! What flows log by `tracing`: held back while a segment runs, told once its step is
//! durable.
//!
//! In: a segment. Out: its lines, and later the same to whoever listens. A segment that
//! runs again because its step was lost says them again, but was not heard before.

mod hold;
mod line;
mod tell;

pub(crate) use hold::hold;
pub(crate) use line::Lines;
pub(crate) use tell::{Listener, listener};
