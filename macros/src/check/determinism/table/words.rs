//! The words of which one stands wherever a rule forbids something: code that has none
//! of them need not be looked through.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::super::names::Segments;
use super::lookup::{ENDS, ROOTS, canonical, is_full};
use super::{At, GROUPS};

/// The last names of paths and methods; of stars the module or type before them.
static NAMES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| words(|at| at != At::Macro));

/// Types, each with the last name of a path through it.
static OF_TYPES: LazyLock<BTreeSet<(&str, &str)>> = LazyLock::new(|| {
    let pairs = patterns(|at| at != At::Macro).filter_map(|pattern| {
        let (owner, name) = pattern.rsplit_once("::")?;
        Some((owner.rsplit("::").next()?, name))
    });
    pairs.collect()
});

/// The last names of methods alone.
static METHODS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| words(|at| at == At::Method));

/// The same of macros.
static MACROS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| words(|at| at == At::Macro));

/// What a word is used as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Use<'c> {
    /// A path, or some of one.
    Path,
    /// What a type of this name has: `Instant::now`.
    Of(&'c str),
    Method,
    Macro,
}

/// Whether a rule may forbid what `word` names.
pub(in super::super) fn may_end(word: &str, used: Use<'_>) -> bool {
    match used {
        Use::Path => NAMES.contains(word),
        Use::Of(owner) => {
            OF_TYPES.contains(&(owner, word)) || ENDS.contains(word) || METHODS.contains(word)
        }
        Use::Method => METHODS.contains(word),
        Use::Macro => MACROS.contains(word),
    }
}

/// Whether a rule forbids `path`, or what lies in it.
pub(in super::super) fn may_lead(path: &Segments) -> bool {
    if !path
        .first()
        .is_some_and(|root| ROOTS.contains(root.as_str()))
    {
        return false;
    }
    let path = canonical(path.join("::"));
    patterns(|_| true).any(|pattern| {
        let pattern = pattern.trim_start_matches('=');
        let inner = pattern.strip_prefix(path.as_str());
        let deep = pattern.strip_suffix("**");
        inner.is_some_and(|inner| inner.is_empty() || inner.starts_with([':', '.']))
            || deep.is_some_and(|module| path.starts_with(module))
            || is_full(&path, pattern)
    })
}

fn words(is_meant: impl Fn(At) -> bool) -> BTreeSet<&'static str> {
    let words = patterns(is_meant).filter_map(|pattern| {
        let named = pattern.trim_end_matches('*').trim_end_matches("::");
        named.rsplit([':', '.', '=']).next()
    });
    words.collect()
}

fn patterns(is_meant: impl Fn(At) -> bool) -> impl Iterator<Item = &'static str> {
    let rules = GROUPS.iter().flat_map(|group| group.rules);
    let rules = rules.filter(move |rule| is_meant(rule.at));
    rules.flat_map(|rule| rule.paths).copied()
}
