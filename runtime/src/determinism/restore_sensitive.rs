//! What storing does not keep. Warned of in flows.
//!
//! # Why
//!
//! A value that was stored and read again is equal to what it was, but its capacity and
//! the number of its owners are others.
//!
//! # Instead
//!
//! Ask for what is stored: `.len()`, or a number of your own.
//!
//! ```
//! use flowstone::prelude::*;
//!
//! #[flow]
//! async fn restore_sensitive_instead(items: Vec<u64>) -> usize {
//!     flow::sleep(Duration::from_millis(1)).await;
//!     items.len()
//! }
//! ```
//!
//! # If it is meant
//!
//! The flow says so, with a reason; `flowstone audit` lists each such flow.
//!
//! ```
//! # use flowstone::prelude::*;
//! #[flow(allow(restore_sensitive, reason = "it only decides how much is read at once"))]
//! async fn restore_sensitive_meant() {
//!     // ..
//! }
//! ```
//!
//! # What is told
//!
//! - is not the same once the value was stored and read again (a warning):
//!   `std::rc::Rc::strong_count`, `std::rc::Rc::weak_count`,
//!   `std::sync::Arc::strong_count`, `std::sync::Arc::weak_count`.
//! - is not the same once the value was stored and read again (a warning):
//!   `Vec::capacity()`, `String::capacity()`.
