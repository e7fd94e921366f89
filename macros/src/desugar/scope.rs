//! Which local a name means, and which construct a jump.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span};
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprAssign, Macro, Pat};

use super::Desugar;
use crate::ids::{ConstructId, LocalId, Table};
use crate::model::{Local, LocalKind};
use crate::syntax::assigned::Given;
use crate::syntax::{awaits, macros, order, pattern};

/// The names in scope, innermost last.
pub(super) struct Scopes {
    open: Vec<Vec<Binding>>,
    /// All locals that are declared `mut`.
    pub(super) mutable: BTreeSet<LocalId>,
    /// All locals that are declared without a value.
    pub(super) deferred: BTreeSet<LocalId>,
    /// Those of a type that nothing here says.
    pub(super) unseen: BTreeSet<LocalId>,
    /// Those whose first value does not say all of their type.
    pub(super) vague: BTreeSet<LocalId>,
    /// Those whose type says more than the words around it.
    pub(super) inferred: BTreeSet<LocalId>,
    /// Those that are given a value, and in how many places.
    pub(super) given: BTreeMap<LocalId, usize>,
    /// Those of whose use so far nothing says all of their type.
    pub(super) unsettled: BTreeSet<LocalId>,
    /// Iterators with a closure in them, over what they borrow.
    pub(super) lazy: BTreeSet<LocalId>,
    /// Where the loops begin that walk over what they borrow.
    pub(super) walked: Vec<Span>,
    /// Those whose first value is an iterator.
    pub(super) iterators: BTreeSet<LocalId>,
    /// Those that nothing changes in place, and that patterns may break.
    pub(super) broken: BTreeSet<LocalId>,
    /// Those that are numbers of a type that their first value does not say.
    pub(super) numbers: BTreeSet<LocalId>,
    /// Names in code that are no local's, and how many locals there were to compare with.
    pub(super) unknown: BTreeMap<String, usize>,
    /// The names of locals that are like some of these.
    pub(super) near: Vec<Ident>,
}

struct Binding {
    name: String,
    local: LocalId,
    mutable: bool,
}

/// An open loop or labelled block that holds an await.
#[derive(Debug, Clone)]
pub(super) struct Target {
    pub(super) construct: ConstructId,
    pub(super) label: Option<String>,
    pub(super) is_loop: bool,
    /// Where the value of a `break` goes; `None` returns it from the flow or
    /// drops it, as `returns` says.
    pub(super) dest: Option<(LocalId, Ident)>,
    pub(super) returns: bool,
}

impl Scopes {
    pub(super) fn new() -> Self {
        Self {
            open: vec![Vec::new()],
            mutable: BTreeSet::new(),
            deferred: BTreeSet::new(),
            unseen: BTreeSet::new(),
            vague: BTreeSet::new(),
            inferred: BTreeSet::new(),
            given: BTreeMap::new(),
            unsettled: BTreeSet::new(),
            lazy: BTreeSet::new(),
            walked: Vec::new(),
            iterators: BTreeSet::new(),
            broken: BTreeSet::new(),
            numbers: BTreeSet::new(),
            unknown: BTreeMap::new(),
            near: Vec::new(),
        }
    }

    pub(super) fn open(&mut self) {
        self.open.push(Vec::new());
    }

    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    pub(super) fn bind(&mut self, ident: &Ident, local: LocalId, mutable: bool) {
        if mutable {
            self.mutable.insert(local);
        }
        let scope = self
            .open
            .last_mut()
            .expect("the flow's own scope is always open");
        scope.push(Binding {
            name: ident.to_string(),
            local,
            mutable,
        });
    }

    /// All locals in scope.
    pub(super) fn visible(&self) -> impl Iterator<Item = LocalId> {
        self.open.iter().flatten().map(|binding| binding.local)
    }

    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Whether code does not need what the local of a name was: it replaces it
    /// before it reads it, or it has no value yet, which rustc lets nobody read,
    /// and nobody assign again if it is not `mut`.
    pub(super) fn given(&self, name: &str, given: Given) -> bool {
        self.find(name).is_some_and(|binding| {
            if binding.mutable {
                given.first()
            } else {
                self.deferred.contains(&binding.local)
            }
        })
    }

    fn find(&self, name: &str) -> Option<&Binding> {
        let mut inner_first = self.open.iter().rev().flat_map(|scope| scope.iter().rev());
        inner_first.find(|binding| binding.name == name)
    }

    pub(super) fn local(&self, name: &Ident) -> Option<LocalId> {
        Some(self.find(&name.to_string())?.local)
    }

    pub(super) fn is_mutable(&self, name: &Ident) -> bool {
        self.find(&name.to_string())
            .is_some_and(|binding| binding.mutable)
    }

    pub(super) fn named(&self, name: &str) -> Option<LocalId> {
        Some(self.find(name)?.local)
    }
}

impl Desugar {
    /// Makes locals of what `pat` binds; they are in scope from now on.
    pub(super) fn bind(&mut self, pat: &Pat) -> Vec<LocalId> {
        self.bind_derived(pat, None)
    }

    /// The same for bindings that are made again from other locals.
    pub(super) fn bind_derived(
        &mut self,
        pat: &Pat,
        derived_from: Option<&BTreeSet<LocalId>>,
    ) -> Vec<LocalId> {
        let is_borrow = derived_from.is_some();
        let mut bound = Vec::new();
        for ident in pattern::bindings(pat) {
            let id = self.locals.push(Local {
                derived_from: derived_from.cloned(),
                is_borrow,
                is_lent: derived_from.is_none()
                    && ident.by_ref.is_some()
                    && ident.mutability.is_none(),
                ..Local::new(ident.ident.clone(), LocalKind::User)
            });
            self.scopes
                .bind(&ident.ident, id, ident.mutability.is_some());
            bound.push(id);
        }
        bound
    }
}

/// Gives each local the name under which it is stored: its own, numbered when
/// it occurs again; temporaries but those of loops have a number only.
pub(super) fn name_stored(locals: &mut Table<LocalId, Local>) {
    let mut seen = BTreeMap::<String, usize>::new();
    let ids: Vec<LocalId> = locals.ids().collect();
    for id in ids {
        let local = &mut locals[id];
        if local.part.is_some() {
            continue;
        }
        let name = match local.kind {
            LocalKind::Temp | LocalKind::Param => std::mem::take(&mut local.stored),
            LocalKind::User => syn::ext::IdentExt::unraw(&local.ident).to_string(),
        };
        let count = seen.entry(name.clone()).or_default();
        *count += 1;
        local.stored = if *count == 1 && !name.is_empty() {
            name
        } else {
            format!("{name}#{count}")
        };
    }
    let parts: Vec<(LocalId, LocalId)> = locals
        .iter()
        .filter_map(|(id, local)| Some((id, local.part.as_ref()?.root)))
        .collect();
    for (part, root) in parts {
        locals[part].stored = format!("{}.{}", locals[root].stored, locals[part].stored);
    }
}

/// The names that some `name = ..` of the body replaces, each with whether one of them
/// awaits.
pub(super) fn assigned_names(body: &Block) -> BTreeMap<String, bool> {
    struct Finder(BTreeMap<String, bool>);
    impl<'ast> Visit<'ast> for Finder {
        fn visit_expr_assign(&mut self, assign: &'ast ExprAssign) {
            for (left, right) in order::assigned(&assign.left, &assign.right) {
                if let Expr::Path(path) = left
                    && let Some(ident) = path.path.get_ident()
                {
                    *self.0.entry(ident.to_string()).or_default() |= awaits::in_expr(right);
                }
            }
            visit::visit_expr_assign(self, assign);
        }

        fn visit_macro(&mut self, mac: &'ast Macro) {
            macros::visit_arguments(mac, |expr| self.visit_expr(expr));
        }
    }
    let mut finder = Finder(BTreeMap::new());
    finder.visit_block(body);
    finder.0
}
