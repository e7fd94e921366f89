//! What the random bodies of [`crate::fuzz`] say: types and functions.
//!
//! Compiled with this crate, and once more with each generated one. Nothing
//! here awaits; what has an effect writes it to the log of the run.

use std::fmt::Debug;

use serde::{Deserialize, Serialize};

pub use std::collections::{BTreeMap, BTreeSet};

pub use crate::differ::{note, see, tick};
pub use crate::spawned::{Spawned, spawn, undo};
pub use std::time::Duration;

/// A record.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct P {
    /// A number.
    pub x: i64,
    /// A text.
    pub s: String,
    /// Numbers.
    pub v: Vec<i64>,
}

/// A record with others in it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct D {
    /// A record.
    pub p: P,
    /// A pair.
    pub t: (i64, String),
    /// A text.
    pub s: String,
}

/// A choice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum E {
    /// Nothing.
    Unit,
    /// A number.
    One(i64),
    /// A number and a text.
    Two(i64, String),
    /// The same with names.
    Rec {
        /// A number.
        n: i64,
        /// A text.
        s: String,
    },
}

/// An ordered map.
pub type M = BTreeMap<i64, String>;

impl P {
    /// Made of its parts; the call is logged.
    #[must_use]
    pub fn new(x: i64, s: &str) -> Self {
        note(x);
        let (s, v) = (s.to_owned(), vec![x]);
        Self { x, s, v }
    }

    /// Reads; the call is logged.
    #[must_use]
    pub fn get(&self, n: i64) -> i64 {
        note(self.x ^ n)
    }

    /// Writes, and gives what was there.
    pub fn set(&mut self, n: i64) -> i64 {
        note(n);
        std::mem::replace(&mut self.x, n)
    }

    /// Takes and gives back.
    #[must_use]
    pub fn with(mut self, n: i64) -> Self {
        note(n);
        self.v.push(n);
        self
    }
}

/// `value`, unseen by the compiler of flows.
pub fn id<T>(value: T) -> T {
    value
}

/// Logs when it is dropped. It cannot be kept over an await.
#[derive(Debug)]
pub struct Noisy(pub i64);

impl Noisy {
    /// Its number.
    #[must_use]
    pub fn get(&self) -> i64 {
        self.0
    }
}

impl Drop for Noisy {
    fn drop(&mut self) {
        see(&format!("drop {}", self.0));
    }
}

/// `value`; the call is logged with a number.
pub fn pass<T>(value: T, n: i64) -> T {
    note(n);
    value
}

/// What `value` is; takes it.
pub fn eat<T: Debug>(value: T) -> i64 {
    see(&value);
    i64::from(u8::try_from(format!("{value:?}").len() & 0x7f).unwrap_or(0))
}

/// Two numbers in one.
#[must_use]
pub fn two(a: i64, b: i64) -> i64 {
    note(a.wrapping_mul(10).wrapping_add(b))
}

/// The same of borrowed numbers.
#[must_use]
pub fn refs(a: &i64, b: &i64) -> i64 {
    two(*a, *b)
}

/// Adds to a number, and gives what it was.
pub fn bump(n: &mut i64, by: i64) -> i64 {
    note(by);
    let old = *n;
    *n = n.wrapping_add(by);
    old
}

/// Both texts, cut to a short one, so that no loop makes them grow for ever.
#[must_use]
pub fn join(a: &str, b: &str) -> String {
    cut(format!("{a}{b}"))
}

/// A text that is short.
#[must_use]
#[expect(
    clippy::needless_pass_by_value,
    reason = "bodies give it what they made"
)]
pub fn cut(text: String) -> String {
    text.chars().take(12).collect()
}

/// A number as text.
#[must_use]
pub fn name(n: i64) -> String {
    format!("n{}", n & 0xff)
}

/// How much is there.
#[must_use]
pub fn total(items: &[i64], n: i64) -> i64 {
    note(items.iter().fold(n, |sum, item| sum.wrapping_add(*item)))
}

/// Calls twice.
pub fn apply(call: impl Fn(i64) -> i64, n: i64) -> i64 {
    note(call(call(n)))
}

/// Calls with a number, and what it writes stays.
pub fn apply_mut(mut call: impl FnMut(i64), n: i64) -> i64 {
    call(n);
    call(n.wrapping_add(1));
    n
}

/// Half of an even number.
#[must_use]
pub fn half(n: i64) -> Option<i64> {
    (n & 1 == 0).then_some(n / 2)
}

/// A small number, or what is wrong with it.
///
/// # Errors
///
/// If `n` is odd.
pub fn check(n: i64) -> Result<i64, String> {
    half(n).ok_or_else(|| format!("odd{}", n & 0xf))
}

/// A number between 0 and 2.
#[must_use]
pub fn third(n: i64) -> usize {
    usize::try_from(n.rem_euclid(3)).unwrap_or(0)
}
