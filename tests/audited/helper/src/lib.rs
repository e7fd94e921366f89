//! What a dependency offers: a clock behind a trait, behind a default, in an
//! inline function, in a macro, and the like of each that always does the same.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Tells the time.
pub trait Clock {
    /// The seconds since 1970.
    fn seconds(&self) -> u64;
}

/// The clock of the machine.
#[derive(Debug)]
pub struct Real;

/// A clock that stands still.
#[derive(Debug)]
pub struct Still(pub u64);

impl Clock for Real {
    fn seconds(&self) -> u64 {
        seconds()
    }
}

impl Clock for Still {
    fn seconds(&self) -> u64 {
        self.0
    }
}

/// Reads the clock, in no way that a name would tell.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "a dependency obeys no lint of its users"
)]
pub fn seconds() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.unwrap_or(Duration::ZERO).as_secs()
}

/// The same for a time that is given.
#[must_use]
pub fn seconds_of(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH);
    since.unwrap_or(Duration::ZERO).as_secs()
}

/// Compiled into whoever calls it.
#[inline(always)]
#[must_use]
#[expect(clippy::inline_always, reason = "the test is of this attribute")]
pub fn started() -> bool {
    Instant::now().elapsed() > Duration::ZERO
}

/// The like of it.
#[inline(always)]
#[must_use]
#[expect(clippy::inline_always, reason = "the test is of this attribute")]
pub fn is_long(time: Duration) -> bool {
    time > Duration::from_secs(1)
}

/// Asks any clock.
pub fn twice<C: Clock>(clock: &C) -> u64 {
    clock.seconds() * 2
}

/// A time whose default is now.
#[derive(Debug)]
pub struct Stamp(pub u64);

impl Default for Stamp {
    fn default() -> Self {
        Self(seconds())
    }
}

/// Applies what it is given.
pub fn applied(to: u64, apply: impl Fn(u64) -> u64) -> u64 {
    apply(to)
}

/// Reads the clock where it is written.
#[macro_export]
macro_rules! stamped {
    ($value:expr) => {
        ($value, $crate::seconds())
    };
}

/// Doubles where it is written.
#[macro_export]
macro_rules! doubled {
    ($value:expr) => {
        ($value, $value)
    };
}

/// Counts letters, in an order that differs from run to run.
#[must_use]
pub fn letters(text: &str) -> String {
    let mut counted: HashMap<char, u32> = HashMap::new();
    for c in text.chars() {
        *counted.entry(c).or_default() += 1;
    }
    let told: Vec<String> = counted
        .iter()
        .map(|(c, count)| format!("{c}{count}"))
        .collect();
    told.concat()
}

/// The same in the order of the alphabet.
#[must_use]
pub fn letters_in_order(text: &str) -> String {
    let mut counted: BTreeMap<char, u32> = BTreeMap::new();
    for c in text.chars() {
        *counted.entry(c).or_default() += 1;
    }
    let told: Vec<String> = counted
        .iter()
        .map(|(c, count)| format!("{c}{count}"))
        .collect();
    told.concat()
}

/// An id from random numbers.
#[must_use]
pub fn new_id() -> u128 {
    uuid::Uuid::new_v4().as_u128()
}

/// An id from a name.
#[must_use]
pub fn id_of(name: &str) -> u128 {
    uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_URL, name.as_bytes()).as_u128()
}

/// What the environment says.
#[must_use]
pub fn region() -> String {
    std::env::var("REGION").unwrap_or_default()
}

/// What was known when this was compiled.
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Tells it to whoever looks at the terminal.
#[expect(
    clippy::print_stdout,
    reason = "a dependency obeys no lint of its users"
)]
pub fn told(what: &str) {
    println!("{what}");
}

/// Tells it to the caller.
#[must_use]
pub fn line(what: &str) -> String {
    format!("{what}\n")
}
