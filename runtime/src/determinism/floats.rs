//! The last digits of floats. Warned of in flows that are `#[flow(strict)]`.
//!
//! # Why
//!
//! Sine, powers, logarithms and the like may differ in their last digits between
//! platforms and versions of Rust, as std documents. It matters where an instance moves
//! between unlike machines, and is told in flows that are `#[flow(strict)]` only. Sums,
//! products, quotients, `.sqrt()` and `.mul_add()` are exact everywhere.
//!
//! # Instead
//!
//! Integers (cents, millionths); or compute in an action, whose result is stored.
//!
//! ```
//! use flowstone::prelude::*;
//!
//! #[flow(strict)]
//! async fn floats_instead(cents: u64, percent: u64) -> u64 {
//!     flow::sleep(Duration::from_millis(1)).await;
//!     cents + cents * percent / 100
//! }
//! ```
//!
//! # If it is meant
//!
//! The flow says so, with a reason; `flowstone audit` lists each such flow.
//!
//! ```
//! # use flowstone::prelude::*;
//! #[flow(allow(floats, reason = "the result is rounded to whole cents"))]
//! async fn floats_meant() {
//!     // ..
//! }
//! ```
//!
//! # What is told
//!
//! - may differ in its last digits between platforms and versions of Rust (a warning,
//!   if `strict`): `.powi()`, `.powf()`, `.exp()`, `.exp2()`, `.exp_m1()`, `.ln()`,
//!   `.ln_1p()`, `.log()`, `.log2()`, `.log10()`, `.cbrt()`, `.hypot()`, `.sin()`,
//!   `.cos()`, `.tan()`, `.asin()`, `.acos()`, `.atan()`, `.atan2()`, `.sin_cos()`,
//!   `.sinh()`, `.cosh()`, `.tanh()`, `.asinh()`, `.acosh()`, `.atanh()`,
//!   `.to_degrees()`, `.to_radians()`.
