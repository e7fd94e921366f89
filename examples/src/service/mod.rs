//! The outside world of the programs: a service that is asked over HTTP, gives trouble,
//! and keeps books.
//!
//! [`Server`] is the service, of the program's own; [`Client`] asks it, in an action.
//! What was done stands in a `Ledger`, each key once.

mod client;
mod ledger;
mod server;

pub use client::{Client, ServiceError};
pub use ledger::{Books, Request};
pub use server::{Server, Verdict};
