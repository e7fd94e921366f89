//! The zone and the language of the machine. Refused in flows.
//!
//! # Why
//!
//! Instances move from machine to machine, and outlive changes of the settings of each.
//!
//! # Instead
//!
//! Give the zone to the flow as an argument. `chrono_tz` and the bundled zones of
//! `jiff` are compiled in, but they change with the version of the crate.
//!
//! ```
//! use flowstone::prelude::*;
//!
//! #[flow]
//! async fn timezone_locale_instead(offset_minutes: i32) -> String {
//!     flow::sleep(Duration::from_millis(1)).await;
//!     format!("UTC{offset_minutes:+}")
//! }
//! ```
//!
//! # If it is meant
//!
//! The flow says so, with a reason; `flowstone audit` lists each such flow.
//!
//! ```
//! # use flowstone::prelude::*;
//! #[flow(allow(timezone_locale, reason = "all our machines are set to UTC"))]
//! async fn timezone_locale_meant() {
//!     // ..
//! }
//! ```
//!
//! # What is told
//!
//! - reads the time zone or the language of the machine: `chrono::Local`,
//!   `time::UtcOffset::current_local_offset`, `time::UtcOffset::local_offset_at`,
//!   `jiff::tz::TimeZone::system`, `jiff::tz::TimeZone::try_system`,
//!   `jiff::tz::TimeZone::get`, `jiff::tz::db`, `iana_time_zone::get_timezone`,
//!   `sys_locale::get_locale`, `sys_locale::get_locales`.
//! - reads the time zone or the language of the machine: `chrono::Local`.
//! - asks for a zone by its name, of files of the machine if it has some: `.in_tz()`.
