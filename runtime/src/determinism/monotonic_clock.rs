//! The time since the machine was started. Refused in flows.
//!
//! # Why
//!
//! It counts from the start of a machine, and means nothing on the next one, or after a
//! restart.
//!
//! # Instead
//!
//! Subtract two `flow::now()`; wait with `flow::sleep`; measure an action inside of the
//! action.
//!
//! ```
//! use flowstone::prelude::*;
//!
//! #[flow]
//! async fn monotonic_clock_instead() -> Duration {
//!     let begun = flow::now();
//!     flow::sleep(Duration::from_millis(20)).await;
//!     flow::now().since(begun)
//! }
//! ```
//!
//! # If it is meant
//!
//! The flow says so, with a reason; `flowstone audit` lists each such flow.
//!
//! ```
//! # use flowstone::prelude::*;
//! #[flow(allow(monotonic_clock, reason = "counted for statistics only"))]
//! async fn monotonic_clock_meant() {
//!     // ..
//! }
//! ```
//!
//! # What is told
//!
//! - reads the monotonic clock: `std::time::Instant::now`,
//!   `tokio::time::Instant::now`, `web_time::Instant::now`, `instant::Instant::now`,
//!   `quanta::Instant::now`, `quanta::Instant::recent`, `quanta::Clock::*`,
//!   `minstant::Instant::now`, `fastant::Instant::now`, `coarsetime::Instant::now`,
//!   `coarsetime::Instant::recent`, `coarsetime::Instant::now_without_cache_update`,
//!   `std::arch::x86_64::_rdtsc`, `std::arch::x86_64::__rdtscp`.
//! - reads the monotonic clock: `std::time::Instant::elapsed()`,
//!   `tokio::time::Instant::elapsed()`.
