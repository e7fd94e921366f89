//! Whether code may lead to what a rule forbids, by its words alone: most helpers of
//! most files have none that does, and to parse and walk them would be most of the
//! work that the file is.

use super::defaults;
use super::meaning::{Meaning, Space};
use super::names::Segments;
use super::resolve::Resolver;
use super::scan::{Piece, Scanner, is_of_word};
use super::source::Module;
use super::table::{self, Use};

/// Whether `code`, of a function in the last of the resolver's modules, may lead there.
/// Where that is not sure, it may.
pub(super) fn may_lead(code: &str, resolver: &Resolver) -> bool {
    let Some(module) = resolver.modules.as_ref().and_then(|modules| modules.last()) else {
        return true;
    };
    let names = &module.names;
    // A text may name a static: `format!("{COUNT}")`.
    let mut statics = names.statics.keys();
    code.contains("self::")
        || statics.any(|name| code.contains(name.as_str()))
        || names.globs.iter().any(|glob| is_open(glob, module))
        || used(code).any(|(word, used)| leads(word, used, module, resolver))
}

/// Whether more may come through `glob::*` than the words tell.
fn is_open(glob: &Segments, module: &Module) -> bool {
    let first = glob.first().map_or("", String::as_str);
    matches!(first, "super" | "self" | "crate")
        || module.inner(first).is_some()
        || table::may_lead(glob)
}

/// The words of `code`, and what each is used as; fields lead nowhere.
fn used(code: &str) -> impl Iterator<Item = (&str, Use<'_>)> {
    let mut scanner = Scanner::new(code);
    std::iter::from_fn(move || {
        loop {
            let Piece::Word(word) = scanner.next()? else {
                continue;
            };
            let begin = scanner.begin;
            let before = code.get(..begin).unwrap_or_default();
            let behind = code.get(begin + word.len()..).unwrap_or_default();
            if let Some(used) = used_as(before.trim_end(), behind.trim_start()) {
                return Some((word, used));
            }
        }
    })
}

/// What a word is used as between `before` and `behind`.
fn used_as<'c>(before: &'c str, behind: &str) -> Option<Use<'c>> {
    // A lifetime, of which `'static` is one.
    if before.ends_with('\'') {
        return None;
    }
    if before.ends_with('.') && !before.ends_with("..") {
        return behind.starts_with(['(', ':']).then_some(Use::Method);
    }
    if behind.starts_with('!') && !behind.starts_with("!=") {
        return Some(Use::Macro);
    }
    let owner = before.strip_suffix("::").map(|path| {
        let begin = path.trim_end_matches(is_of_word).len();
        path.get(begin..).unwrap_or_default()
    });
    // A type of that name, whatever it is imported as, is a word of its own.
    let owner = owner.filter(|owner| owner.starts_with(char::is_uppercase));
    Some(owner.map_or(Use::Path, Use::Of))
}

fn leads(word: &str, used: Use<'_>, module: &Module, resolver: &Resolver) -> bool {
    let names = &module.names;
    let is_first = matches!(used, Use::Path | Use::Macro);
    let is_imported = is_first && names.uses.contains_key(word);
    table::may_end(word, used)
        || is_local(word, used, module, resolver)
        || is_imported && module.leads(word, || is_of_rule(word, resolver))
}

/// Whether what a word is imported for is forbidden, or code of the file.
fn is_of_rule(word: &str, resolver: &Resolver) -> bool {
    let path = vec![word.to_owned()];
    let spaces = [Space::Type, Space::Value, Space::Macro];
    let mut meanings = spaces
        .map(|space| resolver.meaning(&path, space))
        .into_iter();
    meanings.any(|meaning| match meaning {
        Meaning::Full(found) => found.iter().any(|found| table::may_lead(&found.path)),
        Meaning::Function(_) | Meaning::Static(_) => true,
        Meaning::Own | Meaning::Unknown => false,
    })
}

/// Whether a word names code of the file.
fn is_local(word: &str, used: Use<'_>, module: &Module, resolver: &Resolver) -> bool {
    let names = &module.names;
    let file = resolver
        .modules
        .as_ref()
        .and_then(|modules| modules.first());
    let methods = file.map(|file| &file.names.methods);
    let is_own = |method: &str| methods.is_some_and(|methods| methods.contains(method));
    is_own(word)
        || defaults::behind(word).is_some_and(is_own)
        || match used {
            Use::Macro => names.macros.contains(word),
            Use::Method | Use::Of(_) => false,
            Use::Path => {
                matches!(word, "super" | "crate" | "use" | "static")
                    || names.functions.contains_key(word)
                    || names.aliases.contains_key(word)
                    || module.inner(word).is_some()
            }
        }
}
