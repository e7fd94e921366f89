//! A library as many programs have one beside them: it knows nothing of flows, and
//! some of its functions, traits and macros read what differs from run to run.

#![allow(missing_docs, reason = "the names say it")]
#![allow(
    clippy::must_use_candidate,
    clippy::missing_panics_doc,
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::dbg_macro,
    reason = "what others write is what is collected here"
)]

pub mod model;
pub mod traits;

use std::time::{SystemTime, UNIX_EPOCH};

use rust_decimal::Decimal;
use uuid::Uuid;

/// Seconds since 1970.
pub fn seconds() -> u64 {
    let past = SystemTime::now().duration_since(UNIX_EPOCH);
    past.map_or(0, |past| past.as_secs())
}

/// An id from the clock.
#[inline]
pub fn next_ticket() -> Uuid {
    Uuid::now_v7()
}

/// Tells of what is out of date.
pub fn deprecated(what: &str) {
    eprintln!("{what} is out of date");
}

/// A value, shown on the way.
pub fn debugged(value: u32) -> u32 {
    dbg!(value) + 1
}

/// Where the settings are.
pub fn settings_folder() -> String {
    std::env::var("CORPUS_SETTINGS").unwrap_or_else(|_| "settings".to_owned())
}

/// A thing with the second of its making.
#[macro_export]
macro_rules! stamped {
    ($value:expr) => {
        ($crate::seconds(), $value)
    };
}

/// A counter of the process.
#[macro_export]
macro_rules! next_number {
    () => {{
        static NUMBER: ::std::sync::atomic::AtomicU32 = ::std::sync::atomic::AtomicU32::new(0);
        NUMBER.fetch_add(1, ::std::sync::atomic::Ordering::Relaxed)
    }};
}

/// What of a list is in it, as JSON.
pub fn as_json(items: &[String]) -> String {
    serde_json::to_string(items).unwrap_or_default()
}

/// The sum with 19 % of tax.
pub fn with_tax(sum: &str) -> String {
    let sum: Decimal = sum.parse().unwrap_or_default();
    let tax = (sum * Decimal::new(19, 2)).round_dp(2);
    format!("{:.2}", sum + tax)
}

/// The id of a name, the same in each run.
pub fn id_of(name: &str) -> String {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes()).to_string()
}
