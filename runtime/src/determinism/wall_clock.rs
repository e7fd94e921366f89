//! The time of day. Refused in flows.
//!
//! # Why
//!
//! A step that reads the clock finds another time when it is run again after a crash,
//! and may decide otherwise than it did before.
//!
//! # Instead
//!
//! `flow::now()` is the time at which the event was taken that woke the flow. It is
//! stored with the event, and the same whenever the step runs.
//!
//! ```
//! use flowstone::prelude::*;
//!
//! #[flow]
//! async fn wall_clock_instead(due: Timestamp) -> bool {
//!     flow::sleep(Duration::from_secs(60)).await;
//!     flow::now() > due
//! }
//! ```
//!
//! # If it is meant
//!
//! The flow says so, with a reason; `flowstone audit` lists each such flow.
//!
//! ```
//! # use flowstone::prelude::*;
//! #[flow(allow(wall_clock, reason = "only shown to people, never decided by"))]
//! async fn wall_clock_meant() {
//!     // ..
//! }
//! ```
//!
//! # What is told
//!
//! - reads the wall clock: `std::time::SystemTime::now`, `web_time::SystemTime::now`,
//!   `instant::SystemTime::now`.
//! - reads the wall clock: `chrono::Utc::now`, `chrono::Utc::today`.
//! - reads the clock, and the time zone of the machine: `chrono::Local::now`,
//!   `chrono::Local::today`.
//! - reads the wall clock: `time::OffsetDateTime::now_utc`,
//!   `time::OffsetDateTime::now_local`, `time::UtcDateTime::now`.
//! - reads the wall clock: `jiff::Zoned::now`, `jiff::Timestamp::now`.
//! - reads the wall clock: `time::Timestamp::now`,
//!   `coarsetime::Clock::now_since_epoch`, `coarsetime::Clock::recent_since_epoch`,
//!   `hifitime::Epoch::now`, `bson::DateTime::now`, `uuid::timestamp::Timestamp::now`,
//!   `libc::time`, `libc::clock_gettime`, `libc::gettimeofday`,
//!   `rustix::time::clock_gettime`, `nix::time::clock_gettime`.
//! - reads the wall clock: `std::time::SystemTime::elapsed()`.
