//! The row that forbids a path, a method or a construct.
//!
//! In: the full paths that a path may mean. Out: the rule that forbids one of
//! them. Nothing here knows how paths are found.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::super::names::Segments;
use super::{At, GROUPS, Group, Rule, time};

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
    ("std::path::PathBuf", "std::path::Path"),
    ("std::vec::Vec", "Vec"),
    ("std::string::String", "String"),
    (
        "std::collections::hash_map::DefaultHasher",
        "std::hash::DefaultHasher",
    ),
    ("size_of", "std::mem::size_of"),
    ("size_of_val", "std::mem::size_of_val"),
    ("align_of", "std::mem::align_of"),
    ("align_of_val", "std::mem::align_of_val"),
    ("tokio::time::Duration", "std::time::Duration"),
];

/// A path that a rule forbids.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct Found {
    pub(in super::super) group: &'static Group,
    pub(in super::super) rule: &'static Rule,
    /// The pattern that fits.
    pattern: &'static str,
}

impl Found {
    /// Whether it is a method that is forbidden on whatever type.
    pub(in super::super) fn is_of_any_type(&self) -> bool {
        self.pattern.starts_with("*.")
    }

    /// What it does besides, which is of another group.
    pub(in super::super) fn besides(&self) -> Option<Self> {
        let is_zoned = self.rule.at == At::Value && time::ZONED.contains(&self.pattern);
        is_zoned.then(|| Self::of(&time::TIMEZONE_LOCALE, &time::ZONE_OF_CLOCK))
    }

    /// The same, or what it does besides, whichever is not allowed.
    pub(in super::super) fn unless(self, is_allowed: impl Fn(&str) -> bool) -> Option<Self> {
        let both = [Some(self), self.besides()].into_iter().flatten();
        both.into_iter().find(|found| !is_allowed(found.group.id))
    }

    /// What a rule forbids that has no row of its own.
    pub(in super::super) const fn of(group: &'static Group, rule: &'static Rule) -> Self {
        Self {
            group,
            rule,
            pattern: "",
        }
    }
}

/// What the paths of the table begin with: most paths of a flow begin with another
/// word, and need no search.
pub(super) static ROOTS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let rules = GROUPS.iter().flat_map(|group| group.rules);
    let paths = rules.flat_map(|rule| rule.paths).copied();
    let others = SAME.iter().map(|(other, _)| *other);
    let roots = paths.chain(others).map(|path| {
        let path = path.trim_start_matches('=');
        path.split("::").next().unwrap_or(path)
    });
    roots.collect()
});

/// What functions of any type are forbidden by.
pub(super) static ENDS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let rules = GROUPS.iter().flat_map(|group| group.rules);
    let paths = rules.flat_map(|rule| rule.paths);
    paths.filter_map(|path| path.strip_prefix("*::")).collect()
});

/// The rule that forbids `path`, a full path. Without `wild`, a path that is
/// only a guess, patterns with stars do not count: they fit all names.
pub(in super::super) fn forbids(
    path: &Segments,
    places: &[At],
    wild: bool,
) -> Option<(Found, String)> {
    let (first, last) = (path.first()?.as_str(), path.last()?.as_str());
    if !ROOTS.contains(first) && !ENDS.contains(last) {
        return None;
    }
    let path = canonical(path.join("::"));
    let fits = |pattern: &str| is_full(&path, pattern) && (wild || !pattern.ends_with('*'));
    let found = search(places, fits)?;
    Some((found, path))
}

/// The rule that would forbid `path` if it means what its last words say.
pub(in super::super) fn resembles(path: &Segments, places: &[At]) -> Option<(Found, String)> {
    let path = path.join("::");
    let found = search(places, |pattern| is_end(&path, pattern))?;
    let full = match found.pattern.rsplit_once("::") {
        Some((_, "**") | ("*", _)) => path,
        Some((module, "*")) => {
            let name = path.rsplit("::").next().unwrap_or_default();
            format!("{module}::{name}")
        }
        _ => found.pattern.to_owned(),
    };
    Some((found, full))
}

/// The rule that forbids a method of that name, on a receiver of the type `of` if
/// that is known.
pub(in super::super) fn method(name: &str, of: Option<&Segments>) -> Option<(Found, String)> {
    let of = of.map(|of| canonical(of.join("::")));
    // A type of another crate has methods of its own.
    let is_foreign = of.as_ref().is_some_and(|of| is_outside(of));
    let found = search(&[At::Method], |pattern| {
        pattern.rsplit_once('.').is_some_and(|(wanted, method)| {
            let fits = wanted == "*" && !is_foreign || of.as_deref() == Some(wanted);
            method == name && fits
        })
    })?;
    let full = match found.pattern.strip_prefix("*.") {
        Some(any) => format!(".{any}()"),
        None => found.pattern.replace('.', "::"),
    };
    Some((found, full))
}

/// Whether a full path is of a crate that the table does not know.
pub(in super::super) fn is_foreign(path: &Segments) -> bool {
    is_outside(&canonical(path.join("::")))
}

fn is_outside(path: &str) -> bool {
    let root = path.split("::").next().unwrap_or_default();
    path.contains("::") && root != "std" && !ROOTS.contains(root)
}

/// The rule that forbids a construct of the language.
pub(in super::super) fn construct(name: &str) -> Option<Found> {
    search(&[At::Syntax], |pattern| pattern == name)
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
pub(super) fn canonical(mut path: String) -> String {
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

pub(super) fn is_full(path: &str, pattern: &str) -> bool {
    let pattern = pattern.strip_prefix('=').unwrap_or(pattern);
    if let Some(end) = pattern.strip_prefix("*::") {
        let rest = path.strip_suffix(end);
        return rest.is_some_and(|rest| rest.ends_with("::"));
    }
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
        last if wanted == "*" => last == name,
        _ if pattern.starts_with('=') => path == pattern.trim_start_matches('='),
        "**" => is_full(path, pattern),
        "*" => ends && is_function(name),
        last => ends && last == name,
    }
}

fn is_function(name: &str) -> bool {
    name.starts_with(|c: char| c.is_lowercase() || c == '_')
}
