//! Names and places of the program. Warned of in flows.
//!
//! # Why
//!
//! The next build may have others: instances that were begun before go on with it.
//!
//! # Instead
//!
//! Names of your own.
//!
//! ```
//! use flowstone::prelude::*;
//!
//! #[flow]
//! async fn reflection_location_instead() -> String {
//!     flow::sleep(Duration::from_millis(1)).await;
//!     String::from("checkout")
//! }
//! ```
//!
//! # If it is meant
//!
//! The flow says so, with a reason; `flowstone audit` lists each such flow.
//!
//! ```
//! # use flowstone::prelude::*;
//! #[flow(allow(reflection_location, reason = "it is part of an error message only"))]
//! async fn reflection_location_meant() {
//!     // ..
//! }
//! ```
//!
//! # What is told
//!
//! - may give something else in the next build (a warning): `std::any::type_name`,
//!   `std::any::type_name_of_val`, `std::any::TypeId::of`,
//!   `std::panic::Location::caller`.
//! - may give another number in the next build (a warning): `std::mem::size_of`,
//!   `std::mem::size_of_val`, `std::mem::align_of`, `std::mem::align_of_val`.
//! - may hash otherwise in the next version of Rust (a warning):
//!   `std::hash::DefaultHasher::new`.
//! - gives something else once the source is changed (a warning): `std::line!`,
//!   `std::column!`, `std::file!`, `std::module_path!`.
