//! Names that a macro of the user's binds: which, only rustc knows, so they are there
//! until the next await.

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{
    Block, Expr, ExprAwait, ExprClosure, ExprForLoop, ExprLet, ExprLoop, ExprPath, ExprWhile, Item,
    Local, Macro, Pat, Stmt,
};

use super::catalog;
use crate::diag::Diagnostics;
use crate::model::Flow;
use crate::syntax::{awaits, macros, pattern, place};

/// Refuses what a macro may have bound, where it is needed behind an await.
pub(super) fn check(flow: &Flow, diag: &mut Diagnostics) {
    let params = flow.params.iter().map(|param| param.ident.to_string());
    let mut lets = MacroLets {
        bound: params.collect(),
        made: Vec::new(),
        diag,
    };
    lets.visit_block(&flow.body);
}

struct MacroLets<'a> {
    /// The names in scope that a pattern binds.
    bound: Vec<String>,
    /// Those that a macro may bind, each with whether an await came behind it.
    made: Vec<(String, bool)>,
    diag: &'a mut Diagnostics,
}

impl MacroLets<'_> {
    fn scoped(&mut self, visit: impl FnOnce(&mut Self)) {
        let (bound, made) = (self.bound.len(), self.made.len());
        visit(self);
        self.bound.truncate(bound);
        self.made.truncate(made);
    }

    fn bind(&mut self, pat: &Pat) {
        let bound = pattern::bindings(pat).into_iter();
        self.bound
            .extend(bound.map(|bound| bound.ident.to_string()));
    }

    fn stored(&mut self) {
        self.made.iter_mut().for_each(|(_, behind)| *behind = true);
    }

    /// A macro that stands as a statement may be a `let`.
    fn called(&mut self, mac: &Macro) {
        if macros::arguments(mac).is_none() {
            let mut names = Vec::new();
            names_in(mac.tokens.clone(), &mut names);
            names.retain(|name| !self.bound.contains(name));
            self.made
                .extend(names.into_iter().map(|name| (name, false)));
        }
    }

    /// What runs again and again has an await before all that it holds.
    fn repeated(&mut self, awaits: bool) {
        if awaits {
            self.stored();
        }
    }
}

/// The names among the tokens of a macro that are neither called nor part of a path.
fn names_in(tokens: TokenStream, names: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => names_in(group.stream(), names),
            TokenTree::Ident(name) => {
                let is_in_path = match tokens.get(at + 1) {
                    Some(TokenTree::Punct(mark)) => matches!(mark.as_char(), '.' | ':' | '!'),
                    Some(TokenTree::Group(_)) => true,
                    _ => false,
                };
                let name = name.to_string();
                let is_variable = name.starts_with(|c: char| c.is_lowercase() || c == '_');
                if is_variable && !is_in_path {
                    names.push(name);
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

impl<'ast> Visit<'ast> for MacroLets<'_> {
    fn visit_block(&mut self, block: &'ast Block) {
        self.scoped(|own| {
            for stmt in &block.stmts {
                match stmt {
                    Stmt::Macro(stmt) => own.called(&stmt.mac),
                    Stmt::Expr(Expr::Macro(stmt), Some(_)) => own.called(&stmt.mac),
                    stmt => own.visit_stmt(stmt),
                }
            }
        });
    }

    fn visit_local(&mut self, local: &'ast Local) {
        visit::visit_local(self, local);
        self.bind(&local.pat);
    }

    fn visit_expr_let(&mut self, bound: &'ast ExprLet) {
        self.visit_expr(&bound.expr);
        self.bind(&bound.pat);
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        self.scoped(|own| {
            own.bind(&arm.pat);
            visit::visit_arm(own, arm);
        });
    }

    fn visit_expr_for_loop(&mut self, looped: &'ast ExprForLoop) {
        self.visit_expr(&looped.expr);
        self.repeated(awaits::in_block(&looped.body));
        self.scoped(|own| {
            own.bind(&looped.pat);
            own.visit_block(&looped.body);
        });
    }

    fn visit_expr_while(&mut self, looped: &'ast ExprWhile) {
        self.repeated(awaits::in_block(&looped.body) || awaits::in_expr(&looped.cond));
        self.scoped(|own| visit::visit_expr_while(own, looped));
    }

    fn visit_expr_loop(&mut self, looped: &'ast ExprLoop) {
        self.repeated(awaits::in_block(&looped.body));
        visit::visit_expr_loop(self, looped);
    }

    fn visit_expr_await(&mut self, awaited: &'ast ExprAwait) {
        visit::visit_expr_await(self, awaited);
        self.stored();
    }

    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        let Some(name) = place::variable(path).map(ToString::to_string) else {
            return;
        };
        // What is bound by now came behind the macro.
        let is_bound = self.bound.contains(&name);
        let mut made = self.made.iter_mut().filter(|_| !is_bound);
        if let Some((made, _)) = made.find(|(made, behind)| *behind && *made == name) {
            self.diag.refuse(path, catalog::BOUND_BY_MACRO);
            // Once is enough.
            made.clear();
        }
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        self.scoped(|own| {
            closure.inputs.iter().for_each(|input| own.bind(input));
            own.visit_expr(&closure.body);
        });
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        macros::visit_arguments(mac, |expr| self.visit_expr(expr));
    }

    fn visit_item(&mut self, _: &'ast Item) {}
}
