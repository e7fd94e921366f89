//! Addresses. Refused in flows.
//!
//! # Why
//!
//! A value that is stored and read again lies elsewhere in memory.
//!
//! # Instead
//!
//! Compare the values, or ids of your own.
//!
//! ```
//! use flowstone::prelude::*;
//!
//! #[flow]
//! async fn pointer_identity_instead(left: String, right: String) -> bool {
//!     flow::sleep(Duration::from_millis(1)).await;
//!     left == right
//! }
//! ```
//!
//! # If it is meant
//!
//! The flow says so, with a reason; `flowstone audit` lists each such flow.
//!
//! ```
//! # use flowstone::prelude::*;
//! #[flow(allow(pointer_identity, reason = "only shown while we look for a fault"))]
//! async fn pointer_identity_meant() {
//!     // ..
//! }
//! ```
//!
//! # What is told
//!
//! - depends on where a value lies in memory: `std::ptr::eq`, `std::ptr::addr_eq`,
//!   `std::ptr::fn_addr_eq`, `std::ptr::hash`, `std::rc::Rc::ptr_eq`,
//!   `std::rc::Rc::as_ptr`, `std::sync::Arc::ptr_eq`, `std::sync::Arc::as_ptr`,
//!   `std::mem::transmute`.
//! - depends on where a value lies in memory: `std::ptr::addr_of!`,
//!   `std::ptr::addr_of_mut!`.
//! - depends on where a value lies in memory: `.expose_provenance()`,
//!   `pointer::addr()`, `std::ptr::NonNull::addr()`.
//! - depends on where a value lies in memory: a pointer as integer, `{:p}`, `{:?}` of
//!   a pointer.
