//! The output and input of the process. Refused in flows.
//!
//! # Why
//!
//! A step that runs again prints again; and what is typed in comes once.
//!
//! # Instead
//!
//! Print in an action. To show where an instance is, look at it with `Engine::describe`
//! and `Engine::journal`.
//!
//! ```
//! use flowstone::prelude::*;
//!
//! #[action]
//! fn printing_show(line: &str) {
//!     println!("{line}");
//! }
//!
//! #[flow]
//! async fn printing_instead(name: String) {
//!     printing_show(&format!("hello {name}")).await;
//! }
//! ```
//!
//! # If it is meant
//!
//! The flow says so, with a reason; `flowstone audit` lists each such flow.
//!
//! ```
//! # use flowstone::prelude::*;
//! #[flow(allow(printing, reason = "a message that may come twice, while we look for a fault"))]
//! async fn printing_meant() {
//!     // ..
//! }
//! ```
//!
//! # What is told
//!
//! - prints, and prints again whenever the step is run again: `std::print!`,
//!   `std::println!`, `std::eprint!`, `std::eprintln!`, `std::dbg!`.
//! - reads or writes what belongs to the process: `std::io::stdin`, `std::io::stdout`,
//!   `std::io::stderr`.
