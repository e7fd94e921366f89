//! `move` closures over what is named again while they live: if that compiles,
//! what they took was copied, and stays as it was.
//!
//! ```text
//! let over = move |n| n > order.limit;   =>   let t = order.limit;
//! submit(order).await;                        let over = |n| n > t;
//! ```

use std::collections::BTreeMap;

use proc_macro2::Ident;
use syn::{Expr, ExprClosure, Local, Member, Stmt as Source, parse_quote};

use super::Desugar;
use crate::names;
use crate::syntax::deref::{self, By, Replacement};
use crate::syntax::uses;

/// A variable, and the fields of it.
type Place = (Ident, Vec<Member>);

impl Desugar {
    /// `stmt` with what its closure takes in temporaries, where that may be named
    /// or changed in `rest`, the statements behind it in its block.
    pub(super) fn capturing(&mut self, stmt: &Source, rest: &[Source]) -> Option<Source> {
        let Source::Local(local) = stmt else {
            return None;
        };
        let mut init = local.init.clone()?;
        let Expr::Closure(closure) = &*init.expr else {
            return None;
        };
        closure.capture.as_ref()?;
        let taken = self.taken(closure, rest).into_iter();
        let taken: Vec<_> = taken.map(|place| self.take(place)).collect();
        *init.expr = deref::places(&init.expr, &taken);
        Some(Source::Local(Local {
            init: Some(init),
            ..local.clone()
        }))
    }

    /// What the closure is to be given a temporary of.
    fn taken(&self, closure: &ExprClosure, rest: &[Source]) -> Vec<Place> {
        let closure = Expr::Closure(closure.clone());
        let later = uses::paths_of_expr(&parse_quote!({ #(#rest)* }));
        let mut taken = Vec::new();
        for (name, paths) in uses::paths_of_expr(&closure) {
            let Some(root) = self.owned(&name) else {
                continue;
            };
            let later: Vec<_> = later
                .get(&name)
                .into_iter()
                .flat_map(BTreeMap::values)
                .collect();
            let is_mutable = self.scopes.is_mutable(&root);
            let named = |path: &[Member]| later.iter().any(|used| meet(used, path));
            let paths = outermost(paths.into_values());
            if is_mutable || paths.iter().any(|path| named(path)) {
                taken.extend(paths.into_iter().map(|fields| (root.clone(), fields)));
            }
        }
        taken.retain(|place| is_written(place, &closure));
        taken
    }

    /// The user's word for the local of that name, if it is no borrow.
    fn owned(&self, name: &str) -> Option<Ident> {
        let row = &self.locals[self.scopes.named(name)?];
        let is_owned = !row.is_borrow && !row.is_lent && row.derived_from.is_none();
        is_owned.then(|| row.ident.clone())
    }

    /// `let mut t = root.fields;`
    fn take(&mut self, (root, fields): Place) -> Replacement {
        let value: Expr = parse_quote!(#root #(.#fields)*);
        let kept = self.spill(&value);
        let local = self.named_temp(&kept).expect("it was spilled just now");
        let by = By::Variable(self.locals[local].ident.clone());
        Replacement { root, fields, by }
    }
}

/// Whether another name can stand wherever `closure` names a place: not in the
/// text of a format string.
fn is_written((root, fields): &Place, closure: &Expr) -> bool {
    let other = Replacement {
        root: root.clone(),
        fields: fields.clone(),
        by: By::Variable(names::ident("taken")),
    };
    let left = uses::paths_of_expr(&deref::places(closure, &[other]));
    let left = left.get(&root.to_string());
    let mut left = left.into_iter().flat_map(BTreeMap::values);
    !left.any(|used| used.starts_with(fields))
}

/// Those of `paths` that lie in no other.
fn outermost(paths: impl Iterator<Item = Vec<Member>>) -> Vec<Vec<Member>> {
    let mut outermost: Vec<Vec<Member>> = Vec::new();
    // A path stands before those that lie in it.
    for path in paths {
        if !outermost.iter().any(|outer| path.starts_with(outer)) {
            outermost.push(path);
        }
    }
    outermost
}

/// Whether one lies in the other.
fn meet(one: &[Member], other: &[Member]) -> bool {
    one.starts_with(other) || other.starts_with(one)
}
