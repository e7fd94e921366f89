//! Random bodies, each compiled as a plain `async fn` and as a flow, run, and
//! compared.
//!
//! `body` writes them, `project` makes a crate of them and has it compiled,
//! `verdict` says what came of each. A body that does not compile is left out
//! and reported, and the others go on.

mod again;
mod apart;
mod body;
mod branch;
mod built;
mod calls;
pub mod case;
mod expr;
mod files;
mod forks;
mod given;
mod idiom;
mod lends;
mod levels;
mod loops;
mod message;
mod noisy;
mod pattern;
mod project;
mod rng;
mod scope;
mod shrink;
mod spawns;
mod stmt;
mod types;
mod vague;
mod walks;

pub use self::body::{Body, generate};
pub use self::project::{Finding, Kind, Project};
pub use self::shrink::shrink;
