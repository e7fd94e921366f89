//! Timers, tasks and locks of an async runtime. Refused in flows.
//!
//! # Why
//!
//! They live in this process: after a crash nobody wakes the flow. And `tokio::select!`
//! begins with a branch at random.
//!
//! # Instead
//!
//! `flow::sleep` is stored; `flow::join!` and `flow::race!` wait for several things at
//! once.
//!
//! ```
//! use flowstone::prelude::*;
//!
//! #[action]
//! async fn async_runtime_quote(shop: u32) -> Result<u64, ActionFailure> {
//!     Ok(u64::from(shop) * 100)
//! }
//!
//! #[flow]
//! async fn async_runtime_instead() -> u64 {
//!     flow::race! {
//!         quoted = async_runtime_quote(7) => quoted.unwrap_or(0),
//!         _ = flow::sleep(Duration::from_secs(5)) => 0,
//!     }
//! }
//! ```
//!
//! # If it is meant
//!
//! The flow says so, with a reason; `flowstone audit` lists each such flow.
//!
//! ```
//! # use flowstone::prelude::*;
//! #[flow(allow(async_runtime, reason = "the runtime is only asked for its name"))]
//! async fn async_runtime_meant() {
//!     // ..
//! }
//! ```
//!
//! # What is told
//!
//! - waits for a timer of this process, which is gone after a crash:
//!   `tokio::time::timeout`, `tokio::time::timeout_at`.
//! - waits for a timer of this process, which is gone after a crash:
//!   `tokio::time::sleep`, `tokio::time::sleep_until`, `tokio::time::interval`,
//!   `tokio::time::interval_at`, `futures_timer::Delay::new`, `async_io::Timer::*`,
//!   `smol::Timer::*`, `async_std::task::sleep`.
//! - belongs to an async runtime, which a flow does not run on: `tokio::spawn`,
//!   `tokio::task::spawn`, `tokio::task::spawn_blocking`, `tokio::**`,
//!   `futures::future::**`, `futures::stream::**`, `futures::executor::**`,
//!   `futures_util::future::**`, `futures_util::stream::**`, `futures_lite::**`,
//!   `async_std::task::**`, `smol::**`, `pollster::block_on`, `std::future::poll_fn`,
//!   `std::future::pending`.
//! - begins with one of its branches at random, and is gone after a crash:
//!   `tokio::select!`, `futures::select!`, `futures::select_biased!`.
//! - waits for futures of this process, which are gone after a crash: `tokio::join!`,
//!   `tokio::try_join!`, `futures::join!`, `futures::try_join!`.
//! - belongs to an async runtime, which a flow does not run on: `tokio::pin!`,
//!   `futures::pending!`, `futures::poll!`.
