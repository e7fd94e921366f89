//! The module of the file in which a type of the user's own is written.

use std::rc::Rc;

use super::meaning::{Function, Meaning};
use super::names::Segments;
use super::resolve::Resolver;
use super::source::{Module, Modules};
use super::types::Known;

/// Imports of imports are followed this far.
const DEPTH: usize = 4;

/// The modules around the type or module that `path` names in the last of `modules`,
/// and its name there, if it is written in this file.
pub(super) fn of(modules: &[Rc<Module>], path: &[String]) -> Option<(Modules, String)> {
    within(modules, path, DEPTH, true)
}

/// What leads through a glob does not come through one again.
fn within(
    modules: &[Rc<Module>],
    path: &[String],
    depth: usize,
    by_glob: bool,
) -> Option<(Modules, String)> {
    let within =
        |modules: &[Rc<Module>], path: &[String], depth| within(modules, path, depth, by_glob);
    let (module, parents) = modules.split_last()?;
    let (first, rest) = path.split_first()?;
    match first.as_str() {
        "self" => return within(modules, rest, depth),
        "super" => return within(parents, rest, depth),
        "crate" => {
            return within(
                modules.get(..1).filter(|_| is_of_root(modules))?,
                rest,
                depth,
            );
        }
        _ => {}
    }
    if rest.is_empty() && module.names.types.contains(first) {
        return Some((modules.to_vec(), first.clone()));
    }
    if let Some(inner) = module.inner(first) {
        let modules = [modules, std::slice::from_ref(inner)].concat();
        return within(&modules, rest, depth);
    }
    let depth = depth.checked_sub(1)?;
    if let Some(import) = module.names.uses.get(first) {
        let path = [import.as_slice(), rest].concat();
        return (import.first() != Some(first)).then(|| within(modules, &path, depth))?;
    }
    let mut globs = module.names.globs.iter().filter(|_| by_glob);
    globs.find_map(|glob| {
        if !leads_inside(glob, module) {
            return None;
        }
        let path = [glob.as_slice(), path].concat();
        self::within(modules, &path, depth, false)
    })
}

/// Whether a path may lead to what is written in the file: most globs do not.
pub(super) fn leads_inside(path: &Segments, module: &Module) -> bool {
    path.first().is_some_and(|first| {
        matches!(first.as_str(), "self" | "super" | "crate") || module.names.types.contains(first)
    })
}

/// The macro of the file that stands for `name!` in the last of `modules`: those of
/// the modules around it, and of those whose macros they take.
pub(super) fn of_macro(modules: &[Rc<Module>], name: &str) -> Option<Meaning> {
    let around = (1..=modules.len()).rev();
    let mut around = around.filter_map(|end| modules.get(..end));
    around.find_map(|modules| {
        let names = &modules.last()?.names;
        let has = |module: &Module| module.names.macros.contains(name);
        let taken = names.macro_uses.iter();
        let taken = taken.filter_map(|taken| modules.last()?.inner(taken));
        let inner = taken.map(|inner| [modules, std::slice::from_ref(inner)].concat());
        let mut homes = [modules.to_vec()].into_iter().chain(inner);
        let modules = homes.find(|home| home.last().is_some_and(|last| has(last)))?;
        let name = format!("{name}!");
        Some(Meaning::Function(Function { modules, name }))
    })
}

fn is_of_root(modules: &[Rc<Module>]) -> bool {
    modules.first().is_some_and(|root| root.is_root)
}

/// The type of the field of an own struct or variant, by `Type.name`.
pub(super) fn field(resolver: &Resolver, name: &str) -> Option<Known> {
    let modules = resolver.modules.as_ref()?;
    modules.last()?.names.fields.get(name).cloned()
}

/// The same, by the path of the struct, and said as it is said here.
pub(super) fn field_of(resolver: &Resolver, of: &Segments, name: &str) -> Option<Known> {
    let here = resolver.modules.as_ref()?;
    let own = || Some((here.clone(), resolver.owner.clone()?));
    let (modules, ty) = match of.as_slice() {
        [word] if word == "Self" => own()?,
        path => self::of(here, path)?,
    };
    let fields = &modules.last()?.names.fields;
    let known = fields.get(&format!("{ty}.{name}"))?;
    let inner = modules.get(here.len()..).unwrap_or_default();
    let prefix: Segments = inner.iter().map(|module| module.name.clone()).collect();
    Some(said_from(known, &prefix, Some(&ty)))
}

/// A type of an inner module, by its path from outside; what is not the module's is
/// found through it as well.
pub(super) fn said_from(known: &Known, prefix: &Segments, owner: Option<&str>) -> Known {
    let path = match (known.path.as_slice(), owner) {
        ([own], Some(owner)) if own == "Self" => vec![owner.to_owned()],
        (path, _) => path.to_vec(),
    };
    let of = known.of.iter().map(|part| said_from(part, prefix, owner));
    let is_std = path.len() == 1 && !known.of.is_empty();
    let prefix = if is_std { &[][..] } else { prefix };
    Known {
        of: of.collect(),
        path: [prefix, &path].concat(),
    }
}
