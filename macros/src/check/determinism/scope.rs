//! The blocks around a place in a body: their items, and the variables bound so far.

use std::collections::BTreeMap;

use syn::{Expr, Pat};

use super::home;
use super::names::Names;
use super::resolve::Resolver;
use super::types::Known;
use crate::syntax::pattern;

/// A block of the flow: its items and the variables bound so far.
#[derive(Debug, Default)]
pub(super) struct Scope {
    pub(super) names: Names,
    /// Variables, each with its type if that is written down.
    pub(super) bound: BTreeMap<String, Option<Known>>,
}

impl Resolver {
    /// Does what is done inside of a block.
    pub(super) fn within<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        self.scopes.push(Scope::default());
        let done = work(self);
        self.scopes.pop();
        done
    }

    /// Whether a type of the file has a method of that name.
    pub(super) fn has_method(&self, name: &str) -> bool {
        let file = self.modules.as_ref().and_then(|modules| modules.first());
        file.is_some_and(|file| file.names.methods.contains(name))
    }

    /// The type of a variable, if that is known.
    pub(super) fn variable(&self, name: &str) -> Option<Known> {
        let mut scopes = self.scopes.iter().rev();
        scopes.find_map(|scope| scope.bound.get(name))?.clone()
    }

    /// Whether a path is a variable.
    pub(super) fn is_variable(&self, path: &[String]) -> bool {
        let [name] = path else {
            return false;
        };
        let mut scopes = self.scopes.iter();
        scopes.any(|scope| scope.bound.contains_key(name))
    }

    /// The variable that a place is, if nothing is known of its type.
    pub(super) fn untyped(&self, place: &Expr) -> Option<String> {
        let Expr::Path(place) = place else {
            return None;
        };
        let name = place.path.get_ident()?.to_string();
        let mut scopes = self.scopes.iter().rev();
        let bound = scopes.find_map(|scope| scope.bound.get(&name))?;
        bound.is_none().then_some(name)
    }

    /// What is assigned to a variable that was declared without a type is of its type.
    pub(super) fn assign(&mut self, name: &str, ty: Option<Known>) {
        let mut scopes = self.scopes.iter_mut().rev();
        if let Some(bound) = scopes.find_map(|scope| scope.bound.get_mut(name)) {
            *bound = ty;
        }
    }

    /// Binds the variables of a pattern in the innermost scope, of a value whose type
    /// may be known.
    pub(super) fn bind(&mut self, pat: &Pat, ty: Option<Known>) {
        let mut known = Vec::new();
        let fields = |name: &str| home::field(self, name);
        ty.unwrap_or_default().bound(pat, &fields, &mut known);
        if let Some(scope) = self.scopes.last_mut() {
            let bound = pattern::bindings(pat).into_iter();
            scope
                .bound
                .extend(bound.map(|pat| (pat.ident.to_string(), None)));
            let known = known.into_iter().filter(|(_, ty)| !ty.path.is_empty());
            scope.bound.extend(known.map(|(name, ty)| (name, Some(ty))));
        }
    }
}
