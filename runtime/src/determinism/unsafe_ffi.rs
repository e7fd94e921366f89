//! `unsafe` code, and calls of the system. Refused in flows.
//!
//! # Why
//!
//! No check can see what it does.
//!
//! # Instead
//!
//! A safe function, or an action. What is `unsafe` inside of a function that the flow
//! calls is that function's matter, and is not told.
//!
//! ```
//! use flowstone::prelude::*;
//!
//! #[flow]
//! async fn unsafe_ffi_instead(bytes: Vec<u8>) -> String {
//!     flow::sleep(Duration::from_millis(1)).await;
//!     String::from_utf8_lossy(&bytes).into_owned()
//! }
//! ```
//!
//! # If it is meant
//!
//! The flow says so, with a reason; `flowstone audit` lists each such flow.
//!
//! ```
//! # use flowstone::prelude::*;
//! #[flow(allow(unsafe_ffi, reason = "it only computes"))]
//! async fn unsafe_ffi_meant() {
//!     // ..
//! }
//! ```
//!
//! # What is told
//!
//! - may do what no check can see: an `unsafe` block, an `extern` block.
//! - may do what no check can see: `std::arch::asm!`, `std::arch::naked_asm!`,
//!   `std::arch::global_asm!`.
//! - calls the system, which may answer otherwise the next time: `libc::**`,
//!   `nix::**`, `rustix::**`, `windows::**`, `windows_sys::**`.
