//! Collections without an order inside of own types: what is stored of such a value
//! comes back in another order.
//!
//! In: the path of a type. Out: the field in which it has one, if the file says so.

use std::rc::Rc;

use super::home;
use super::meaning::{Meaning, Space};
use super::names::Segments;
use super::resolve::Resolver;
use super::sink::{Hit, What};
use super::source::Module;
use super::table::{self, At, UNORDERED_COLLECTIONS};
use super::types::Known;

/// The collection without an order that a type of the file has in a field, or in a
/// field of a field.
pub(super) fn by(path: &Segments, resolver: &Resolver) -> Option<Hit> {
    let modules = resolver.modules.as_ref()?;
    // What the body itself defines hides what the file does.
    let mut scopes = resolver.scopes.iter();
    let is_hidden = |name| scopes.any(|scope| scope.names.types.contains(name));
    if path.first().is_some_and(is_hidden) {
        return None;
    }
    in_own(path, modules, &mut Vec::new())
}

/// The same of a type whose parts are known: `Vec<Own>`.
pub(super) fn by_parts(known: &Known, resolver: &Resolver) -> Option<Hit> {
    let mut parts = known.of.iter();
    by(&known.path, resolver).or_else(|| parts.find_map(|part| by_parts(part, resolver)))
}

/// Whether a type is a collection without an order, or holds one.
pub(super) fn is_unordered(known: &Known, resolver: &Resolver) -> bool {
    let meaning = resolver.meaning(&known.path, Space::Type);
    unordered(known, meaning).is_some() || by(&known.path, resolver).is_some()
}

fn in_own(path: &[String], modules: &[Rc<Module>], seen: &mut Vec<String>) -> Option<Hit> {
    let (home, name) = home::of(modules, path)?;
    if seen.contains(&name) {
        return None;
    }
    seen.push(name.clone());
    let names = &home.last()?.names;
    let variants = names.variants.get(&name).into_iter().flatten();
    std::iter::once(&name).chain(variants).find_map(|owner| {
        let start = format!("{owner}.");
        let fields = names.fields.range(start.clone()..);
        let mut fields = fields.take_while(|(field, _)| field.starts_with(&start));
        fields.find_map(|(field, known)| in_field(field, known, &home, seen))
    })
}

fn in_field(
    field: &str,
    known: &Known,
    home: &[Rc<Module>],
    seen: &mut Vec<String>,
) -> Option<Hit> {
    let resolver = Resolver::new(Some(home.to_vec()), None);
    let meaning = resolver.meaning(&known.path, Space::Type);
    if let Some((found, full)) = unordered(known, meaning) {
        let what = What::Held(field.to_owned(), full);
        return Some(Hit { what, found });
    }
    let inner = in_own(&known.path, home, seen);
    let mut parts = known.of.iter();
    inner.or_else(|| parts.find_map(|part| in_field(field, part, home, seen)))
}

fn unordered(known: &Known, meaning: Meaning) -> Option<(table::Found, String)> {
    let Meaning::Full(candidates) = meaning else {
        return None;
    };
    candidates.iter().find_map(|candidate| {
        let given = candidate.given.unwrap_or(0).max(known.of.len());
        let hashed = (given..=2).map(At::Unhashed);
        let places: Vec<At> = hashed.chain([At::Type]).collect();
        let found = table::forbids(&candidate.path, &places, !candidate.guess);
        found.filter(|(found, _)| found.group.id == UNORDERED_COLLECTIONS.id)
    })
}
