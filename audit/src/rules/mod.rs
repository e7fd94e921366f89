//! What a flow must not reach, as data.
//!
//! In: the plain path of a function or static, or a symbol of the system. Out:
//! whether the walk goes on there, ends there, or ends with a finding. Whatever
//! no row is about is walked; a symbol that nobody defines and no row allows is
//! a finding, and so is all that a running program can change.

mod cuts;
mod denied;
mod groups;
mod leaves;
#[cfg(test)]
mod tests;

pub use self::cuts::{CUTS, Cut};
pub use self::groups::{GROUPS, Group};
pub use self::leaves::{ALLOWED, Allowed};

pub(crate) use self::cuts::Cuts;
pub(crate) use self::denied::{DENIED, STATE};
pub(crate) use self::leaves::{FOREIGN, SYSTEM};

use std::collections::HashMap;
use std::sync::LazyLock;

/// Functions that a flow must not reach, by their plain paths; `*` stands for
/// anything.
#[derive(Debug)]
pub(crate) struct Deny {
    pub(crate) group: &'static Group,
    pub(crate) paths: &'static [&'static str],
}

/// What a path is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Verdict {
    /// The walk ends here, if the cut point holds.
    Cut(&'static Cut),
    /// A flow must not reach it.
    Denied(&'static Deny),
    /// The walk goes on.
    Unknown,
}

/// Rules by the first word of their paths: most paths begin with another word.
static BY_ROOT: LazyLock<HashMap<&str, Vec<(&str, Verdict)>>> = LazyLock::new(|| {
    let cuts = CUTS.iter().filter(|cut| cut.from.is_empty());
    let cuts = cuts.flat_map(|cut| cut.paths.iter().map(|path| (*path, Verdict::Cut(cut))));
    let denied = DENIED.iter().flat_map(|deny| {
        let paths = deny.paths.iter();
        paths.map(move |path| (*path, Verdict::Denied(deny)))
    });
    let mut by_root: HashMap<&str, Vec<(&str, Verdict)>> = HashMap::new();
    for (path, verdict) in cuts.chain(denied) {
        let root = if path.starts_with(['*', '<']) {
            ""
        } else {
            root(path)
        };
        by_root.entry(root).or_default().push((path, verdict));
    }
    by_root
});

/// What the rules say of a path, whose plain form this is. Cut points that hold come
/// before what is denied; a row that begins with `<` is about the path itself.
pub(crate) fn judge(path: &str, plain: &str, cuts: Cuts) -> Verdict {
    let rows = ["", root(plain)].into_iter();
    let rows = rows.filter_map(|root| BY_ROOT.get(root)).flatten();
    let rows = rows.filter(|(_, verdict)| match verdict {
        Verdict::Cut(cut) => cut.holds(cuts),
        Verdict::Denied(_) | Verdict::Unknown => true,
    });
    let mut rows = rows.filter(|(pattern, _)| {
        let name = if pattern.starts_with('<') {
            path
        } else {
            plain
        };
        fits(pattern, name)
    });
    let found = rows.next();
    found.map_or(Verdict::Unknown, |(_, verdict)| *verdict)
}

/// The cut points that hold on ways out of `plain` only.
pub(crate) fn cuts_from(plain: &str, cuts: Cuts) -> Vec<&'static Cut> {
    let cuts = CUTS
        .iter()
        .filter(|cut| cut.holds(cuts))
        .filter(|cut| cut.from.iter().any(|from| fits(from, plain)));
    cuts.collect()
}

/// The rule that a symbol breaks which nobody defines.
pub(crate) fn leaf(symbol: &str) -> Option<&'static Deny> {
    system(symbol).unwrap_or(Some(&FOREIGN))
}

/// Of a symbol of the system, whoever may stand in for it (a library that traps
/// calls in tests): the rule that it breaks, if any.
#[expect(clippy::option_option, reason = "known or not, and then denied or not")]
pub(crate) fn system(symbol: &str) -> Option<Option<&'static Deny>> {
    // A symbol may have a version behind it.
    let symbol = symbol.split('@').next().unwrap_or(symbol);
    let is_one = |known: &&str| fits(known, symbol);
    if ALLOWED.iter().any(|row| row.symbols.iter().any(is_one)) {
        return Some(None);
    }
    let mut known = SYSTEM.iter();
    let known = known.find(|deny| deny.paths.iter().any(is_one));
    known.map(Some)
}

fn root(path: &str) -> &str {
    path.split(':').next().unwrap_or(path)
}

/// Whether `path` is what `pattern` stands for; `*` stands for anything.
pub(crate) fn fits(pattern: &str, path: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == path;
    };
    let Some(path) = path.strip_prefix(start) else {
        return false;
    };
    if !rest.contains('*') {
        return path.ends_with(rest);
    }
    let starts = path.char_indices().map(|(at, _)| at).chain([path.len()]);
    starts
        .filter_map(|at| path.get(at..))
        .any(|path| fits(rest, path))
}
