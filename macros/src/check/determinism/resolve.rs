//! What a path in a flow stands for.
//!
//! In: the path as written, and the names around it. Out: the full paths that
//! it may mean, or that it is the user's own. Nothing is known of other files
//! and crates: a glob of theirs is a guess that the table confirms or not.

use std::rc::Rc;

use super::home;
use super::meaning::{Candidate, Function, Meaning, Space};
use super::names::{Names, Segments};
use super::scope::Scope;
use super::source::{Module, Modules};

/// All names around a place in a flow.
#[derive(Debug)]
pub(super) struct Resolver {
    /// `None` without a file.
    pub(super) modules: Option<Modules>,
    /// What `Self` is.
    pub(super) owner: Option<String>,
    pub(super) scopes: Vec<Scope>,
}

/// Imports of imports are followed this far.
const DEPTH: usize = 8;

impl Resolver {
    pub(super) fn new(modules: Option<Modules>, owner: Option<String>) -> Self {
        Self {
            modules,
            owner,
            scopes: Vec::new(),
        }
    }

    /// What `path` means here.
    pub(super) fn meaning(&self, path: &Segments, space: Space) -> Meaning {
        if let (Some((first, rest)), Some(owner)) = (path.split_first(), &self.owner)
            && first == "Self"
        {
            return self.meaning(&[std::slice::from_ref(owner), rest].concat(), space);
        }
        let modules = self.modules.as_deref();
        for scope in self.scopes.iter().rev() {
            let variable = path.len() == 1 && space == Space::Value;
            if variable
                && path
                    .first()
                    .is_some_and(|name| scope.bound.contains_key(name))
            {
                return Meaning::Own;
            }
            if let Some(meaning) = named(
                &scope.names,
                modules.unwrap_or_default(),
                path,
                space,
                Globs::Open,
                DEPTH,
            ) {
                return meaning;
            }
        }
        let globs = self.scopes.iter().flat_map(|scope| &scope.names.globs);
        let joined = globs.map(|glob| [glob.as_slice(), path.as_slice()].concat());
        let mut guesses: Vec<_> = joined.map(Candidate::guess).collect();
        match modules {
            None if path.first().is_some_and(String::is_empty) => full(path),
            None if guesses.is_empty() => Meaning::Unknown,
            None => Meaning::Full(guesses),
            Some(modules) => match in_module(modules, path, space, Globs::Open, DEPTH) {
                Meaning::Full(found) => {
                    guesses.extend(found);
                    Meaning::Full(guesses)
                }
                meaning => meaning,
            },
        }
    }
}

/// Whether names may come through a glob.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Globs {
    Open,
    Closed,
}

/// What `path` means in the last of `modules`.
fn in_module(
    modules: &[Rc<Module>],
    path: &Segments,
    space: Space,
    globs: Globs,
    depth: usize,
) -> Meaning {
    let (Some((module, parents)), Some((first, rest))) = (modules.split_last(), path.split_first())
    else {
        return full(path);
    };
    match first.as_str() {
        "" => return full(&rest.to_vec()),
        "crate" => {
            return match modules.first() {
                Some(root) if root.is_root => {
                    inside(std::slice::from_ref(root), rest, space, depth)
                }
                _ => Meaning::Own,
            };
        }
        "Self" => return Meaning::Own,
        "self" => return in_module(modules, &rest.to_vec(), space, globs, depth),
        "super" if parents.is_empty() => return Meaning::Own,
        "super" => return in_module(parents, &rest.to_vec(), space, globs, depth),
        _ => {}
    }
    if let Some(meaning) = held(modules, path, space, depth) {
        return meaning;
    }
    if let Some(meaning) = named(&module.names, modules, path, space, globs, depth) {
        return meaning;
    }
    if space == Space::Macro
        && path.len() == 1
        && let Some(meaning) = home::of_macro(modules, first)
    {
        return meaning;
    }
    let mut candidates = vec![Candidate::new(path.clone())];
    // What leads to a glob does not come through one again: with several of them,
    // the ways would be without number.
    for glob in module.names.globs.iter().filter(|_| globs == Globs::Open) {
        match in_glob(glob, modules, path, space, depth) {
            Some(Meaning::Full(more)) => candidates.extend(more),
            Some(meaning) => return meaning,
            None => {}
        }
    }
    Meaning::Full(candidates)
}

/// What `path` means if the last of `modules` has the code of it: a function, or a
/// module that is written inside of it.
fn held(modules: &[Rc<Module>], path: &Segments, space: Space, depth: usize) -> Option<Meaning> {
    let module = modules.last()?;
    let mark = if space == Space::Macro { "!" } else { "" };
    let name = format!("{}{mark}", path.join("::"));
    if space != Space::Type && module.names.functions.contains_key(&name) {
        let modules = modules.to_vec();
        return Some(Meaning::Function(Function { modules, name }));
    }
    let (first, rest) = path.split_first()?;
    let inner = module.inner(first).filter(|_| !rest.is_empty())?;
    let modules = [modules, std::slice::from_ref(inner)].concat();
    Some(inside(&modules, rest, space, depth))
}

/// What `path` means inside of the last of `modules`: nothing comes from outside.
fn inside(modules: &[Rc<Module>], path: &[String], space: Space, depth: usize) -> Meaning {
    let path = path.to_vec();
    let found = held(modules, &path, space, depth).or_else(|| {
        let names = &modules.last()?.names;
        named(names, modules, &path, space, Globs::Closed, depth)
    });
    found.unwrap_or(Meaning::Own)
}

/// What `path` means if `names` has its first segment.
fn named(
    names: &Names,
    modules: &[Rc<Module>],
    path: &Segments,
    space: Space,
    globs: Globs,
    depth: usize,
) -> Option<Meaning> {
    let (first, rest) = path.split_first()?;
    let space_of_first = if rest.is_empty() { space } else { Space::Type };
    if space_of_first == Space::Type
        && let Some((alias, arguments)) = names.aliases.get(first)
    {
        let path = [alias.as_slice(), rest].concat();
        return Some(further(modules, &path, space, globs, depth).given(*arguments));
    }
    if space_of_first == Space::Value
        && let Some(kind) = names.statics.get(first)
    {
        return Some(Meaning::Static(*kind));
    }
    let own = match space_of_first {
        Space::Type => &names.types,
        Space::Value => &names.values,
        Space::Macro => &names.macros,
    };
    if own.contains(first) {
        return Some(Meaning::Own);
    }
    let import = names.uses.get(first)?;
    let path = [import.as_slice(), rest].concat();
    // `use rand;` stands for the crate, not for itself.
    if import.first() == Some(first) {
        return Some(full(&path));
    }
    Some(further(modules, &path, space, globs, depth))
}

/// What `path` means if it comes through `glob::*`.
fn in_glob(
    glob: &Segments,
    modules: &[Rc<Module>],
    path: &Segments,
    space: Space,
    depth: usize,
) -> Option<Meaning> {
    let joined = [glob.as_slice(), path.as_slice()].concat();
    // A type or a module of the file, which hides a crate of that name.
    if (path.len() > 1 || space == Space::Type)
        && home::leads_inside(glob, modules.last()?)
        && home::of(modules, joined.get(..=glob.len())?).is_some()
    {
        return Some(further(modules, &joined, space, Globs::Closed, depth));
    }
    if glob.iter().all(|segment| segment == "super") && glob.len() < modules.len() {
        let outer = modules.get(..modules.len() - glob.len())?;
        return match in_module(outer, path, space, Globs::Open, depth.checked_sub(1)?) {
            Meaning::Full(found) => Some(Meaning::Full(found)),
            meaning => Some(meaning),
        };
    }
    match further(modules, &joined, space, Globs::Closed, depth) {
        Meaning::Full(found) => {
            let guesses = found.into_iter().map(|found| Candidate {
                guess: true,
                ..found
            });
            Some(Meaning::Full(guesses.collect()))
        }
        Meaning::Function(function) => Some(Meaning::Function(function)),
        // The glob is of an enum or another file of the user's: what it holds is
        // not known.
        _ => None,
    }
}

/// Follows a path that an import or an alias gave.
fn further(
    modules: &[Rc<Module>],
    path: &Segments,
    space: Space,
    globs: Globs,
    depth: usize,
) -> Meaning {
    match depth.checked_sub(1) {
        None => full(path),
        Some(_) if modules.is_empty() => full(path),
        Some(depth) => in_module(modules, path, space, globs, depth),
    }
}

fn full(path: &Segments) -> Meaning {
    let path = path
        .iter()
        .filter(|segment| !segment.is_empty())
        .cloned()
        .collect();
    Meaning::Full(vec![Candidate::new(path)])
}
