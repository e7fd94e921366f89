//! What a flow cannot use, as data.
//!
//! In: the full paths that a path may mean. Out: the rule that forbids one of
//! them. A new rule is a new row; nothing here knows how paths are found.

mod collections;
mod concurrency;
mod output;
mod random;
mod time;
mod world;

pub(super) use self::concurrency::{GLOBAL_STATE, STATIC};

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::names::Segments;

/// A family of rules, under one name in all layers of the check.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) id: &'static str,
    pub(super) rules: &'static [Rule],
}

/// Paths that are forbidden for one reason.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) at: At,
    /// What the path does: it follows the path in the message.
    pub(super) why: &'static str,
    /// What to write instead, besides an action.
    pub(super) instead: Option<&'static str>,
    /// Full paths. `*` at the end stands for a function in the module or type
    /// before it, `**` for one at any depth. A path that begins with `=` is
    /// matched in full only: its last words are common names.
    pub(super) paths: &'static [&'static str],
}

/// Where a path is forbidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    /// As a function that is called or handed on.
    Value,
    /// As a type.
    Type,
    /// As a type that is given no more types than this: one more is a hasher,
    /// whose order may be fixed.
    Unhashed(usize),
    /// As a macro.
    Macro,
}

/// All groups.
pub(super) const GROUPS: &[Group] = &[
    time::WALL_CLOCK,
    time::MONOTONIC_CLOCK,
    time::TIMEZONE_LOCALE,
    random::RANDOMNESS,
    random::IDS,
    world::ENVIRONMENT_PROCESS,
    world::FILESYSTEM,
    world::NETWORK_AND_CLIENTS,
    concurrency::ASYNC_RUNTIME,
    concurrency::THREADS_SYNC,
    GLOBAL_STATE,
    collections::UNORDERED_COLLECTIONS,
    output::PRINTING_LOGGING,
];

/// Other places under which crates offer the same thing.
const SAME: &[(&str, &str)] = &[
    ("core", "std"),
    ("alloc", "std"),
    ("chrono::prelude", "chrono"),
    ("chrono::offset", "chrono"),
    ("rand::prelude", "rand"),
    ("sqlx::types::chrono", "chrono"),
    ("sqlx::types::time", "time"),
    ("sqlx::types::uuid", "uuid"),
    ("sqlx::types::Uuid", "uuid::Uuid"),
    (
        "std::collections::hash_map::HashMap",
        "std::collections::HashMap",
    ),
    (
        "std::collections::hash_set::HashSet",
        "std::collections::HashSet",
    ),
    (
        "std::collections::hash_map::RandomState",
        "std::hash::RandomState",
    ),
    ("time::ext", "time"),
    ("tokio::time::Duration", "std::time::Duration"),
];

/// A path that a rule forbids.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) group: &'static Group,
    pub(super) rule: &'static Rule,
    /// The pattern that fits.
    pattern: &'static str,
}

/// What the paths of the table begin with: most paths of a flow begin with another
/// word, and need no search.
static ROOTS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let rules = GROUPS.iter().flat_map(|group| group.rules);
    let paths = rules.flat_map(|rule| rule.paths).copied();
    let others = SAME.iter().map(|(other, _)| *other);
    let roots = paths.chain(others).map(|path| {
        let path = path.trim_start_matches('=');
        path.split("::").next().unwrap_or(path)
    });
    roots.collect()
});

/// The rule that forbids `path`, a full path. Without `wild`, a path that is
/// only a guess, patterns with stars do not count: they fit all names.
pub(super) fn forbids(path: &Segments, places: &[At], wild: bool) -> Option<(Found, String)> {
    if !ROOTS.contains(path.first()?.as_str()) {
        return None;
    }
    let path = canonical(path.join("::"));
    let fits = |pattern: &str| is_full(&path, pattern) && (wild || !pattern.ends_with('*'));
    let found = search(places, fits)?;
    Some((found, path))
}

/// The rule that would forbid `path` if it means what its last words say.
pub(super) fn resembles(path: &Segments, places: &[At]) -> Option<(Found, String)> {
    let path = path.join("::");
    let found = search(places, |pattern| is_end(&path, pattern))?;
    let full = match found.pattern.rsplit_once("::") {
        Some((_, "**")) => path,
        Some((module, "*")) => {
            let name = path.rsplit("::").next().unwrap_or_default();
            format!("{module}::{name}")
        }
        _ => found.pattern.to_owned(),
    };
    Some((found, full))
}

fn search(places: &[At], fits: impl Fn(&str) -> bool) -> Option<Found> {
    GROUPS
        .iter()
        .flat_map(|group| group.rules.iter().map(move |rule| (group, rule)))
        .filter(|(_, rule)| places.contains(&rule.at))
        .flat_map(|(group, rule)| {
            rule.paths.iter().map(move |pattern| Found {
                group,
                rule,
                pattern,
            })
        })
        .find(|found| fits(found.pattern))
}

/// The path under which the table has it.
fn canonical(mut path: String) -> String {
    for (other, usual) in SAME {
        match path.strip_prefix(other) {
            Some(rest) if rest.is_empty() || rest.starts_with("::") => {
                path = format!("{usual}{rest}");
            }
            _ => {}
        }
    }
    path
}

fn is_full(path: &str, pattern: &str) -> bool {
    let pattern = pattern.strip_prefix('=').unwrap_or(pattern);
    let Some((module, star @ ("*" | "**"))) = pattern.rsplit_once("::") else {
        return path == pattern;
    };
    let inner = path
        .strip_prefix(module)
        .and_then(|inner| inner.strip_prefix("::"));
    inner.is_some_and(|inner| {
        let name = inner.rsplit("::").next().unwrap_or_default();
        is_function(name) && (star == "**" || name == inner)
    })
}

/// Whether the end of `pattern` is `path`, which has two segments or more.
fn is_end(path: &str, pattern: &str) -> bool {
    let Some((module, name)) = path.rsplit_once("::") else {
        return false;
    };
    let Some((wanted, last)) = pattern.rsplit_once("::") else {
        return false;
    };
    let ends = wanted == module || wanted.ends_with(&format!("::{module}"));
    match last {
        _ if pattern.starts_with('=') => path == pattern.trim_start_matches('='),
        "**" => is_full(path, pattern),
        "*" => ends && is_function(name),
        last => ends && last == name,
    }
}

fn is_function(name: &str) -> bool {
    name.starts_with(|c: char| c.is_lowercase() || c == '_')
}
