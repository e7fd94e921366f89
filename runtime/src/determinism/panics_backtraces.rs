//! Catching panics, and backtraces. Refused in flows.
//!
//! # Why
//!
//! A panic parks the instance, its last checkpoint untouched, so that it goes on after
//! a fix: caught in the flow, it would be lost. A backtrace holds addresses, and is
//! taken only if the environment says so.
//!
//! # Instead
//!
//! `panic!`, `assert!`, `unwrap` and the like may be used; for what is expected, return
//! a `Result`.
//!
//! ```
//! use flowstone::prelude::*;
//!
//! #[flow]
//! async fn panics_backtraces_instead(number: String) -> Result<u64, String> {
//!     flow::sleep(Duration::from_millis(1)).await;
//!     number.parse().map_err(|error| format!("{number} is no number: {error}"))
//! }
//! ```
//!
//! # If it is meant
//!
//! The flow says so, with a reason; `flowstone audit` lists each such flow.
//!
//! ```
//! # use flowstone::prelude::*;
//! #[flow(allow(panics_backtraces, reason = "the library that is called panics on bad input"))]
//! async fn panics_backtraces_meant() {
//!     // ..
//! }
//! ```
//!
//! # What is told
//!
//! - comes between a panic and the engine, which parks the instance for it:
//!   `std::panic::catch_unwind`, `std::panic::resume_unwind`, `std::panic::set_hook`,
//!   `std::panic::take_hook`.
//! - reads the environment, and addresses of code:
//!   `std::backtrace::Backtrace::capture`, `std::backtrace::Backtrace::force_capture`.
