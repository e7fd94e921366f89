//! `charge(id)?`, `load(id).cents`: a call of an action or a flow of the same module whose
//! value is used as if it had been awaited. Of our calls rustc knows only that they do not
//! fit; of a future it says where the `.await` is missing. So such a call becomes one:
//!
//! ```text
//! let order = load(id); order.cents  =>  let order = unawaited(load(id)); order.cents
//! ```

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use syn::punctuated::Punctuated;
use syn::token::Paren;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Block, Expr, ExprAsync, ExprCall, ExprClosure, ExprPath, Item, Local, Macro, Pat, PatIdent,
    Stmt, Type, parse_quote_spanned,
};

use crate::check::Source;
use crate::names;
use crate::syntax::spans::first_span;
use crate::syntax::{awaits, opaque, place};

/// Rewrites such calls.
pub(crate) fn show(body: &mut Block, source: &Source) {
    let mut uses = Uses::default();
    uses.visit_block_mut(body);
    let marked = OnceCell::new();
    let mut show = Show {
        source,
        marked,
        uses,
    };
    if let Some(Stmt::Expr(value, None)) = body.stmts.last_mut() {
        show.value(value);
    }
    show.visit_block_mut(body);
}

/// What of `expr` is used as no operation can be.
fn used(expr: &mut Expr) -> Vec<&mut Expr> {
    match expr {
        Expr::Try(tried) => vec![&mut tried.expr],
        Expr::Unary(unary) => vec![&mut unary.expr],
        Expr::Field(field) => vec![&mut field.base],
        Expr::Index(index) => vec![&mut index.expr, &mut index.index],
        Expr::Binary(binary) => vec![&mut binary.left, &mut binary.right],
        Expr::If(branch) => vec![&mut branch.cond],
        Expr::While(looped) => vec![&mut looped.cond],
        Expr::ForLoop(looped) => vec![&mut looped.expr],
        Expr::Match(matched) if matched.arms.iter().any(|arm| takes_apart(&arm.pat)) => {
            vec![&mut matched.expr]
        }
        Expr::Return(returned) => returned.expr.as_deref_mut().into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Whether a pattern is of some type that an operation is not.
fn takes_apart(pat: &Pat) -> bool {
    !matches!(pat, Pat::Ident(_) | Pat::Wild(_) | Pat::Type(_))
}

/// Whether a type is one of those that values have most often.
fn is_of_std(ty: &Type) -> bool {
    const NAMES: [&str; 11] = [
        "bool", "f64", "i32", "i64", "u32", "u64", "usize", "Option", "Result", "String", "Vec",
    ];
    let last = match ty {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    };
    last.is_some_and(|last| NAMES.iter().any(|name| last.ident == name))
}

/// How often the names of variables are bound and used, and how often as no operation
/// can be.
#[derive(Default)]
struct Uses {
    bound: BTreeMap<String, usize>,
    all: BTreeMap<String, usize>,
    wrong: BTreeMap<String, usize>,
}

impl Uses {
    /// Whether the one variable of this name is no operation wherever it is used, which is
    /// in `behind` before anything is awaited: it is never kept.
    fn is_wrong(&self, name: &str, behind: &[Stmt]) -> bool {
        let wrong = self.wrong.get(name);
        if self.bound.get(name) != Some(&1) || wrong.is_none() || wrong != self.all.get(name) {
            return false;
        }
        let mut before = Self::default();
        for stmt in behind.iter().take_while(|stmt| !awaits::in_stmt(stmt)) {
            before.visit_stmt_mut(&mut stmt.clone());
        }
        before.wrong.get(name) == wrong
    }
}

fn count(counts: &mut BTreeMap<String, usize>, name: String) {
    *counts.entry(name).or_default() += 1;
}

impl VisitMut for Uses {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        for value in used(expr) {
            if let Expr::Path(path) = value
                && let Some(name) = place::variable(path)
            {
                count(&mut self.wrong, name.to_string());
            }
        }
        visit_mut::visit_expr_mut(self, expr);
    }

    fn visit_expr_path_mut(&mut self, path: &mut ExprPath) {
        if let Some(name) = place::variable(path) {
            count(&mut self.all, name.to_string());
        }
    }

    /// An item of the body, or what it imports, may have the name of one of the module.
    fn visit_item_mut(&mut self, item: &mut Item) {
        for name in opaque::names_of(item) {
            count(&mut self.bound, name);
        }
    }

    fn visit_pat_ident_mut(&mut self, bound: &mut PatIdent) {
        count(&mut self.bound, bound.ident.to_string());
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        for name in opaque::names(mac) {
            count(&mut self.all, name);
        }
    }
}

struct Show<'a> {
    source: &'a Source,
    /// The actions and flows of the module.
    marked: OnceCell<BTreeSet<String>>,
    uses: Uses,
}

impl Show<'_> {
    /// A value that no operation can be.
    fn value(&self, expr: &mut Expr) {
        let Expr::Call(call) = expr else { return };
        let name = match &*call.func {
            Expr::Path(path) => place::variable(path),
            _ => None,
        };
        let is_ours = name.map(ToString::to_string).is_some_and(|name| {
            let marked = self.marked.get_or_init(|| self.source.marked());
            marked.contains(&name) && !self.uses.bound.contains_key(&name)
        });
        if is_ours {
            let (start, end) = (first_span(&*call), call.paren_token.span.close());
            let runtime = names::runtime_as_written(start);
            let future = parse_quote_spanned!(start=> #runtime::unawaited);
            // Begins and ends where the user's call does.
            *expr = Expr::Call(ExprCall {
                attrs: Vec::new(),
                func: Box::new(future),
                paren_token: Paren(end),
                args: Punctuated::from_iter([Expr::Call(call.clone())]),
            });
        }
    }
}

impl VisitMut for Show<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        for value in used(expr) {
            self.value(value);
        }
    }

    fn visit_block_mut(&mut self, block: &mut Block) {
        visit_mut::visit_block_mut(self, block);
        let mut behind = block.stmts.as_mut_slice();
        while let Some((stmt, rest)) = behind.split_first_mut() {
            if let Stmt::Local(local) = stmt
                && let Pat::Ident(bound) = &local.pat
                && self.uses.is_wrong(&bound.ident.to_string(), rest)
                && let Some(init) = &mut local.init
            {
                self.value(&mut init.expr);
            }
            behind = rest;
        }
    }

    fn visit_local_mut(&mut self, local: &mut Local) {
        visit_mut::visit_local_mut(self, local);
        let is_wrong = match &local.pat {
            Pat::Ident(_) => false,
            Pat::Type(typed) => is_of_std(&typed.ty),
            other => takes_apart(other),
        };
        if let Some(init) = local.init.as_mut().filter(|_| is_wrong) {
            self.value(&mut init.expr);
        }
    }

    // What these return is another matter.
    fn visit_expr_async_mut(&mut self, _: &mut ExprAsync) {}

    fn visit_expr_closure_mut(&mut self, _: &mut ExprClosure) {}

    fn visit_item_mut(&mut self, _: &mut Item) {}
}
