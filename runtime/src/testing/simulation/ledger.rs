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
    /// Whether another attempt of the call is a fault.
    pub(super) at_most_once: bool,
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
    ///
    /// Calls are known by action and arguments: which number a call gets may depend
    /// on what came first in a fork.
    pub(super) fn departure(&self, undisturbed: &Self, crashes: usize) -> Option<String> {
        let (then, now) = (undisturbed.calls(), self.calls());
        let missing = || {
            let (row, _) = less(&now, &then)?;
            Some(format!("the call {row} was not made"))
        };
        let more = || {
            let (row, times) = less(&then, &now)?;
            let before = match times {
                0 => "which it never made before".to_owned(),
                times => format!("the same {times} times already"),
            };
            Some(format!("it made the call {row}, {before}"))
        };
        let often = || {
            now.iter().find_map(|(call, now)| {
                let (had, has) = (then.get(call)?.attempts, now.attempts);
                let explained = had + crashes * now.keys.len();
                (has > explained).then(|| {
                    let row = now.first;
                    format!("the call {row} was attempted {has} times instead of {had}, after {crashes} crashes")
                })
            })
        };
        more()
            .or_else(missing)
            .or_else(|| self.wrong_attempt())
            .or_else(often)
    }

    /// An attempt that cannot be, whatever crashed.
    pub(super) fn wrong_attempt(&self) -> Option<String> {
        let mut attempts = BTreeSet::new();
        let mut calls = BTreeMap::new();
        self.0.iter().find_map(|row| {
            let key = &row.idempotency_key;
            let number = row.attempt;
            let first: &mut &LedgerRow = calls.entry(key).or_insert(row);
            if !attempts.insert((key, number)) {
                return Some(format!("attempt {number} of the call {row} was made twice"));
            }
            if row.at_most_once && first.attempt != number {
                return Some(format!(
                    "the call {row} was attempted twice, though `at_most_once`"
                ));
            }
            (first.call() != row.call()).then(|| format!("the call {first} became {row}"))
        })
    }

    fn calls(&self) -> Calls<'_> {
        let mut calls = Calls::new();
        for row in &self.0 {
            let call = calls.entry(row.call()).or_insert_with(|| Made {
                first: row,
                keys: BTreeSet::new(),
                attempts: 0,
            });
            call.keys.insert(&row.idempotency_key);
            call.attempts += 1;
        }
        calls
    }
}

/// Calls by action and arguments.
type Calls<'a> = BTreeMap<(&'a str, &'a [u8]), Made<'a>>;

/// How a call was made.
struct Made<'a> {
    first: &'a LedgerRow,
    /// Under these idempotency keys: once under each.
    keys: BTreeSet<&'a str>,
    attempts: usize,
}

/// A call that is made less often than in the `other` ledger, as it is there, and how
/// often it is made.
fn less<'a>(calls: &Calls<'_>, other: &Calls<'a>) -> Option<(&'a LedgerRow, usize)> {
    other.iter().find_map(|(call, there)| {
        let here = calls.get(call).map_or(0, |here| here.keys.len());
        (here < there.keys.len()).then_some((there.first, here))
    })
}

impl LedgerRow {
    fn call(&self) -> (&str, &[u8]) {
        (self.action, self.arguments.bytes())
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
