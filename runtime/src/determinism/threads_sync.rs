//! Threads, and what they share. Refused in flows.
//!
//! # Why
//!
//! Which thread comes first differs each time; and threads end with the process. Locks
//! and atomics as locals are warned of: they are right, and say something that is not
//! meant.
//!
//! # Instead
//!
//! Wait for several things with `flow::join!`. For much work on many threads, write an
//! action.
//!
//! ```
//! use flowstone::prelude::*;
//!
//! #[action]
//! fn threads_sync_sum(numbers: &[u64]) -> u64 {
//!     numbers.iter().sum() // or on as many threads as you like
//! }
//!
//! #[flow]
//! async fn threads_sync_instead(left: Vec<u64>, right: Vec<u64>) -> u64 {
//!     let (a, b) = flow::join!(threads_sync_sum(&left), threads_sync_sum(&right));
//!     a + b
//! }
//! ```
//!
//! # If it is meant
//!
//! The flow says so, with a reason; `flowstone audit` lists each such flow.
//!
//! ```
//! # use flowstone::prelude::*;
//! #[flow(allow(threads_sync, reason = "a type of ours holds a lock that nobody else takes"))]
//! async fn threads_sync_meant() {
//!     // ..
//! }
//! ```
//!
//! # What is told
//!
//! - depends on threads, which end with the process: `std::thread::spawn`,
//!   `std::thread::scope`, `std::thread::sleep`, `std::thread::sleep_ms`,
//!   `std::thread::sleep_until`, `std::thread::park`, `std::thread::park_timeout`,
//!   `std::thread::yield_now`, `std::thread::current`, `std::thread::panicking`,
//!   `std::thread::Builder::*`, `std::sync::mpsc::*`, `std::sync::Condvar::*`,
//!   `std::sync::Barrier::*`, `rayon::**`, `crossbeam::**`, `crossbeam_channel::**`,
//!   `flume::*`, `kanal::*`, `async_channel::*`.
//! - depends on threads, which end with the process: `crossbeam::select!`,
//!   `crossbeam_channel::select!`.
//! - runs on threads, in another order each time: `.par_iter()`, `.par_iter_mut()`,
//!   `.into_par_iter()`, `.par_bridge()`, `.par_chunks()`, `.par_sort()`.
//! - is for threads, which a flow does not have (a warning): `std::sync::Mutex::new`,
//!   `std::sync::RwLock::new`, `std::sync::atomic::AtomicBool::new`,
//!   `std::sync::atomic::AtomicI32::new`, `std::sync::atomic::AtomicI64::new`,
//!   `std::sync::atomic::AtomicIsize::new`, `std::sync::atomic::AtomicU32::new`,
//!   `std::sync::atomic::AtomicU64::new`, `std::sync::atomic::AtomicUsize::new`,
//!   `parking_lot::Mutex::new`, `parking_lot::RwLock::new`.
