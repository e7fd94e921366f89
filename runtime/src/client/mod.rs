//! What a program asks of an engine: typed start, messages, results, and
//! looking at what is there.
//!
//! In: calls of flows and values. Out: commands for the turn thread, whose
//! answers come once their effects are durable. Looking goes to the store.

mod ask;
mod data;
mod describe;
mod end;
mod error;
pub(crate) mod graph;
mod handle;
mod list;
mod locals;
mod manage;
mod options;
mod outstanding;
mod rerun;
mod show;
mod start;
#[cfg(test)]
#[cfg(feature = "redb")]
mod tests;

pub use self::data::StatusWatch;
pub use self::describe::Description;
#[cfg(feature = "testing")]
pub(crate) use self::describe::describe;
pub use self::error::{
    AskError, CancelError, DataError, DeleteError, LocalError, LookError, RerunError, ResultError,
    RetryError, RunError, SendError, SkipError, StartError,
};
pub use self::handle::{Handle, Stopped};
pub use self::list::{Cursor, Filter, Listed, Page};
pub use self::locals::Locals;
pub use self::options::Start;
pub use self::outstanding::{Outstanding, Waiting};
pub use crate::engine::Reuse;
