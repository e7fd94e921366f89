//! Which attempts touched the world.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::action::Action;
use crate::payload::{Fields, Payload};
use crate::time::Timestamp;
use crate::turn::Report;

/// All attempts that began in a run of a [`Simulation`](super::Simulation), in
/// order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ledger(Vec<LedgerRow>);

/// One attempt of an action.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerRow {
    /// When it began.
    pub at: Timestamp,
    /// The action's name.
    pub action: &'static str,
    /// `instance/leaf`: the same for all attempts of a call.
    pub idempotency_key: String,
    /// The attempt's number, from 1.
    pub attempt: u32,
    /// What it was called with.
    pub arguments: Fields,
    /// What it came to: `None` when the process ended before.
    pub outcome: Option<String>,
}

impl Ledger {
    /// All attempts.
    #[must_use]
    pub fn rows(&self) -> &[LedgerRow] {
        &self.0
    }

    /// The arguments of each attempt of `A`.
    ///
    /// # Panics
    ///
    /// When stored arguments cannot be read as those of `A`.
    #[track_caller]
    #[must_use]
    pub fn of<A: Action>(&self) -> Vec<A::Arguments> {
        let rows = self.0.iter().filter(|row| row.action == A::DEF.name);
        let decoded = rows.map(|row| {
            let arguments = A::arguments(&row.arguments);
            arguments.unwrap_or_else(|outcome| {
                panic!("the arguments of {row} cannot be read: {outcome:?}")
            })
        });
        decoded.collect()
    }

    /// Notes an attempt that begins; gives its number here.
    pub(super) fn begin(&mut self, row: LedgerRow) -> usize {
        self.0.push(row);
        self.0.len() - 1
    }

    pub(super) fn end(&mut self, number: usize, report: &Report) {
        if let Some(row) = self.0.get_mut(number) {
            row.outcome = Some(shown(report));
        }
    }

    pub(super) fn has(&self, action: &str) -> bool {
        self.0.iter().any(|row| row.action == action)
    }

    /// How it departs from an undisturbed run more than attempts that a crash cut
    /// off and that were made again can explain.
    pub(super) fn departure(&self, undisturbed: &Self, crashes: usize) -> Option<String> {
        let (there, here) = (undisturbed.by_call(), self.by_call());
        let keys: BTreeSet<_> = there.keys().chain(here.keys()).collect();
        keys.into_iter().find_map(|key| {
            let (then, now) = match (there.get(key), here.get(key)) {
                (Some(then), Some(now)) => (then, now),
                (Some(then), None) => {
                    let row = then.first()?;
                    return Some(format!("the call {row} was never made"));
                }
                (None, now) => {
                    let row = now?.first()?;
                    return Some(format!("the call {row} was made, which nobody made before"));
                }
            };
            let (first, other) = (then.first()?, now.first()?);
            if let Some(row) = now.iter().find(|row| !row.is_call_of(first)) {
                return Some(format!("the call {first} became {row}"));
            }
            let numbers: BTreeSet<u32> = now.iter().map(|row| row.attempt).collect();
            if numbers.len() < now.len() {
                return Some(format!("an attempt of the call {other} was made twice"));
            }
            let (had, has) = (then.len(), now.len());
            (has > had + crashes).then(|| {
                format!("the call {other} was attempted {has} times instead of {had}, after {crashes} crashes")
            })
        })
    }

    fn by_call(&self) -> BTreeMap<&str, Vec<&LedgerRow>> {
        let mut calls: BTreeMap<&str, Vec<&LedgerRow>> = BTreeMap::new();
        for row in &self.0 {
            calls.entry(&row.idempotency_key).or_default().push(row);
        }
        calls
    }
}

impl LedgerRow {
    fn is_call_of(&self, other: &Self) -> bool {
        self.action == other.action && self.arguments == other.arguments
    }
}

impl fmt::Display for LedgerRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (action, key) = (self.action, &self.idempotency_key);
        write!(f, "`{action}` {} ({key})", self.arguments.to_json())
    }
}

impl fmt::Display for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|row| {
            let outcome = row.outcome.as_deref().unwrap_or("cut off");
            writeln!(f, "{} {row} attempt {}: {outcome}", row.at, row.attempt)
        })
    }
}

/// What an attempt came to, for people.
pub(super) fn shown(report: &Report) -> String {
    let value = |payload: &Payload| payload.to_json().unwrap_or_default();
    match report {
        Report::Returned(payload) => format!("returned {}", value(payload)),
        Report::Failed { payload, .. } => format!("failed with {}", value(payload)),
        Report::Broken(failure) => failure.to_string(),
        Report::Unusable(problem) => problem.clone(),
    }
}
