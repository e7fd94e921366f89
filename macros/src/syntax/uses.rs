//! The names that code uses and does not bind itself.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{
    Expr, ExprAssign, ExprClosure, ExprField, ExprLet, ExprMatch, ExprPath, ExprStruct, Item,
    Local, Macro, Member, Pat,
};

use super::scopes::scoped_visits;
use super::spared::{self, Spared};
use super::taken::{self, Taken};
use super::{macros, opaque, order, pattern, place};

/// Names, in order.
pub(crate) type Names = BTreeSet<String>;

/// For each name the fields of it that are used, each by its path; no fields
/// are the whole.
pub(crate) type Paths = BTreeMap<String, BTreeMap<String, Vec<Member>>>;

/// The free names of an expression.
pub(crate) fn of_expr(expr: &Expr) -> Names {
    paths_of_expr(expr).into_keys().collect()
}

/// The free names of an expression, with the fields of them that it uses or
/// replaces.
pub(crate) fn paths_of_expr(expr: &Expr) -> Paths {
    let Found {
        mut paths,
        replaced,
        ..
    } = found(expr);
    for (name, replaced) in replaced {
        let parts = replaced.into_iter().filter(|(_, part)| !part.is_empty());
        let parts: Vec<(String, Vec<Member>)> = parts.collect();
        if !parts.is_empty() {
            paths.entry(name).or_default().extend(parts);
        }
    }
    paths
}

/// What an expression does to its free names.
pub(crate) struct Found {
    /// What it uses.
    pub(crate) paths: Paths,
    /// What its assignments replace.
    pub(crate) replaced: Paths,
    /// What of what it uses as a whole it does not use.
    pub(crate) spared: BTreeMap<String, Vec<Spared>>,
    /// What its patterns move out of what.
    pub(crate) taken: Vec<(String, Taken)>,
}

/// Looks for the free names of an expression.
pub(crate) fn found(expr: &Expr) -> Found {
    let mut finder = Finder {
        names: Paths::new(),
        replaced: Paths::new(),
        bases: BTreeMap::new(),
        taken: Vec::new(),
        closures: 0,
        scopes: Vec::new(),
    };
    finder.visit_expr(expr);
    let (mut paths, mut spared) = (finder.names, finder.bases);
    spared.retain(|name, spared| {
        let used = paths.entry(name.clone()).or_default();
        let is_used = |Spared { at, .. }: &Spared| used.values().any(|used| at.starts_with(used));
        let is_spared = !spared.iter().any(is_used);
        used.extend(
            spared
                .iter()
                .map(|Spared { at, .. }| (path_name(at), at.clone())),
        );
        is_spared
    });
    Found {
        paths,
        replaced: finder.replaced,
        spared,
        taken: finder.taken,
    }
}

/// The words of a path of fields, as one: `customer.email`.
pub(crate) fn path_name(fields: &[Member]) -> String {
    let words = fields.iter().map(|field| match field {
        Member::Named(name) => syn::ext::IdentExt::unraw(name).to_string(),
        Member::Unnamed(index) => index.index.to_string(),
    });
    words.collect::<Vec<_>>().join(".")
}

/// The variable that `expr` is, or is a field of.
pub(crate) fn path_of(expr: &Expr) -> Option<(&Ident, Vec<Member>)> {
    match expr {
        Expr::Path(path) => Some((place::variable(path)?, Vec::new())),
        Expr::Field(field) => fields_of(field).ok(),
        _ => None,
    }
}

/// The variable of `variable.field.field`, and the fields; else what they are
/// fields of.
pub(crate) fn fields_of(field: &ExprField) -> Result<(&Ident, Vec<Member>), &Expr> {
    let mut fields = vec![field.member.clone()];
    let mut base = &*field.base;
    while let Expr::Field(inner) = base {
        fields.push(inner.member.clone());
        base = &inner.base;
    }
    match base {
        Expr::Path(path) if let Some(name) = place::variable(path) => {
            fields.reverse();
            Ok((name, fields))
        }
        other => Err(other),
    }
}

struct Finder {
    names: Paths,
    /// What assignments replace.
    replaced: Paths,
    /// What gives a literal the fields that it does not name, or is taken apart.
    bases: BTreeMap<String, Vec<Spared>>,
    taken: Vec<(String, Taken)>,
    /// How many closures are open: what one replaces, it captures.
    closures: usize,
    scopes: Vec<Vec<String>>,
}

impl Finder {
    fn use_name(&mut self, name: String, fields: Vec<Member>) {
        if !self.is_bound(&name) {
            let paths = self.names.entry(name).or_default();
            paths.insert(path_name(&fields), fields);
        }
    }

    /// What an assignment to `left` replaces.
    fn replace(&mut self, left: &Expr) {
        match path_of(left) {
            Some((name, fields)) if self.closures == 0 => {
                let name = name.to_string();
                if !self.is_bound(&name) {
                    let paths = self.replaced.entry(name).or_default();
                    paths.insert(path_name(&fields), fields);
                }
            }
            _ => match order::targets(left) {
                Some(inner) => inner.into_iter().for_each(|left| self.replace(left)),
                None => self.visit_expr(left),
            },
        }
    }

    /// Uses `whole`, but for what is spared of it.
    fn base(&mut self, whole: &Expr, spared: Option<(&Ident, Spared)>) {
        let spared = spared.map(|(name, spared)| (name.to_string(), spared));
        match spared.filter(|(name, _)| !self.is_bound(name)) {
            Some((name, spared)) => self.bases.entry(name).or_default().push(spared),
            None => self.visit_expr(whole),
        }
    }

    /// Takes `value` apart with `pat`.
    fn take(&mut self, value: &Expr, pat: &Pat, always: bool) {
        let mut taken = taken::by(value, pat, always);
        taken.retain(|(name, _)| !self.is_bound(name));
        self.taken.append(&mut taken);
    }

    fn bind(&mut self, pat: &Pat) {
        let bound = pattern::bindings(pat)
            .into_iter()
            .map(|ident| ident.ident.to_string());
        match self.scopes.last_mut() {
            Some(scope) => scope.extend(bound),
            None => self.scopes.push(bound.collect()),
        }
    }

    fn is_bound(&self, name: &str) -> bool {
        self.scopes.iter().flatten().any(|bound| bound == name)
    }

    fn scoped(&mut self, visit: impl FnOnce(&mut Self)) {
        self.scopes.push(Vec::new());
        visit(self);
        self.scopes.pop();
    }
}

impl<'ast> Visit<'ast> for Finder {
    scoped_visits!();

    fn visit_local(&mut self, local: &'ast Local) {
        if let Some(init) = &local.init {
            self.base(&init.expr, spared::by(&init.expr, [&local.pat]));
            self.take(&init.expr, &local.pat, init.diverge.is_none());
            if let Some((_, otherwise)) = &init.diverge {
                self.visit_expr(otherwise);
            }
        }
        visit::visit_pat(self, &local.pat);
        self.bind(&local.pat);
    }

    fn visit_expr_let(&mut self, bound: &'ast ExprLet) {
        self.base(&bound.expr, spared::by(&bound.expr, [&*bound.pat]));
        self.take(&bound.expr, &bound.pat, false);
        visit::visit_pat(self, &bound.pat);
        self.bind(&bound.pat);
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        self.scoped(|finder| {
            for input in &closure.inputs {
                finder.bind(input);
            }
            finder.closures += 1;
            finder.visit_expr(&closure.body);
            finder.closures -= 1;
        });
    }

    fn visit_expr_assign(&mut self, assign: &'ast ExprAssign) {
        self.visit_expr(&assign.right);
        self.replace(&assign.left);
    }

    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        if let Some(ident) = place::variable(path) {
            self.use_name(ident.to_string(), Vec::new());
        }
    }

    fn visit_expr_field(&mut self, field: &'ast ExprField) {
        match fields_of(field) {
            Ok((name, fields)) => self.use_name(name.to_string(), fields),
            Err(base) => self.visit_expr(base),
        }
    }

    fn visit_expr_struct(&mut self, built: &'ast ExprStruct) {
        for field in &built.fields {
            self.visit_expr(&field.expr);
        }
        let Some(base) = built.rest.as_deref() else {
            return;
        };
        self.base(base, spared::by_literal(base, built));
    }

    fn visit_expr_match(&mut self, matched: &'ast ExprMatch) {
        let pats = matched.arms.iter().map(|arm| &arm.pat);
        self.base(&matched.expr, spared::by(&matched.expr, pats));
        for arm in &matched.arms {
            self.take(&matched.expr, &arm.pat, matched.arms.len() == 1);
        }
        matched.arms.iter().for_each(|arm| self.visit_arm(arm));
    }

    fn visit_macro(&mut self, mac: &Macro) {
        if let Some(matched) = macros::as_match(mac) {
            return self.visit_expr_match(&matched);
        }
        let Some(known) = macros::arguments(mac) else {
            for (name, fields) in opaque::paths(mac) {
                self.use_name(name, fields);
            }
            return;
        };
        known.exprs.iter().for_each(|expr| self.visit_expr(expr));
        for name in known.captured() {
            self.use_name(name, Vec::new());
        }
    }

    fn visit_item(&mut self, _: &'ast Item) {}
}
