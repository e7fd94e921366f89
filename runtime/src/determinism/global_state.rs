//! Statics that can change. Refused in flows.
//!
//! # Why
//!
//! They are shared by all flows of the process, and lost when it ends: an instance that
//! goes on elsewhere finds others.
//!
//! # Instead
//!
//! Keep it in a local, which is stored, or take it as an argument. Statics that never
//! change may be read.
//!
//! ```
//! use flowstone::prelude::*;
//!
//! static PRICES: [u64; 3] = [5, 7, 9];
//!
//! #[flow]
//! async fn global_state_instead(items: Vec<usize>) -> u64 {
//!     let mut sum = 0;
//!     for item in items {
//!         sum += PRICES.get(item).copied().unwrap_or(0);
//!         flow::sleep(Duration::from_millis(1)).await;
//!     }
//!     sum
//! }
//! ```
//!
//! A `LazyLock` or `OnceLock` is told of, since what fills it may ask anything; one that
//! is always filled with the same is a reason to allow it.
//!
//! # If it is meant
//!
//! The flow says so, with a reason; `flowstone audit` lists each such flow.
//!
//! ```
//! # use flowstone::prelude::*;
//! #[flow(allow(global_state, reason = "a cache of what is computed, always the same"))]
//! async fn global_state_meant() {
//!     // ..
//! }
//! ```
//!
//! # What is told
//!
//! - is shared by all flows of this process, and lost when it ends:
//!   `std::thread_local!`, `lazy_static::lazy_static!`, `tokio::task_local!`.
//! - is shared by all flows of this process, and lost when it ends: a static of the
//!   same file, of one of these or of an own type that has one: `static mut`, `Mutex`,
//!   `RwLock`, `Cell`, `RefCell`, `UnsafeCell`, `ArcSwap`, `DashMap`, `Atomic..`.
//! - is filled when something in this process first uses it, with whatever that finds:
//!   a static of the same file, of one of these or of an own type that has one:
//!   `LazyLock`, `OnceLock`, `LazyCell`, `OnceCell`, `Lazy`.
