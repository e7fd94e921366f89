//! The names that code uses and does not bind itself.
//!
//! In a macro that we cannot look into, each identifier counts that could be
//! a variable, and each name captured by a format string.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{
    Arm, Block, Expr, ExprClosure, ExprForLoop, ExprIf, ExprLet, ExprPath, ExprWhile, Item, Local,
    Macro, Pat,
};

use super::{pattern, place};

/// Names, in order.
pub(crate) type Names = BTreeSet<String>;

/// The free names of an expression.
pub(crate) fn of_expr(expr: &Expr) -> Names {
    collect(|finder| finder.visit_expr(expr))
}

/// The names that a macro may use.
pub(crate) fn of_macro(mac: &Macro) -> Names {
    let mut names = Names::new();
    scan(mac.tokens.clone(), &mut names);
    names
}

fn collect(search: impl FnOnce(&mut Finder)) -> Names {
    let mut finder = Finder {
        names: Names::new(),
        scopes: Vec::new(),
    };
    search(&mut finder);
    finder.names
}

struct Finder {
    names: Names,
    scopes: Vec<Vec<String>>,
}

impl Finder {
    fn use_name(&mut self, name: String) {
        if !self.scopes.iter().flatten().any(|bound| *bound == name) {
            self.names.insert(name);
        }
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

    fn scoped(&mut self, visit: impl FnOnce(&mut Self)) {
        self.scopes.push(Vec::new());
        visit(self);
        self.scopes.pop();
    }
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_block(&mut self, block: &'ast Block) {
        self.scoped(|finder| visit::visit_block(finder, block));
    }

    fn visit_local(&mut self, local: &'ast Local) {
        if let Some(init) = &local.init {
            self.visit_expr(&init.expr);
            if let Some((_, otherwise)) = &init.diverge {
                self.visit_expr(otherwise);
            }
        }
        visit::visit_pat(self, &local.pat);
        self.bind(&local.pat);
    }

    fn visit_expr_let(&mut self, bound: &'ast ExprLet) {
        self.visit_expr(&bound.expr);
        visit::visit_pat(self, &bound.pat);
        self.bind(&bound.pat);
    }

    fn visit_expr_if(&mut self, branch: &'ast ExprIf) {
        self.scoped(|finder| {
            finder.visit_expr(&branch.cond);
            finder.visit_block(&branch.then_branch);
        });
        if let Some((_, otherwise)) = &branch.else_branch {
            self.visit_expr(otherwise);
        }
    }

    fn visit_expr_while(&mut self, looped: &'ast ExprWhile) {
        self.scoped(|finder| {
            finder.visit_expr(&looped.cond);
            finder.visit_block(&looped.body);
        });
    }

    fn visit_expr_for_loop(&mut self, looped: &'ast ExprForLoop) {
        self.visit_expr(&looped.expr);
        self.scoped(|finder| {
            finder.bind(&looped.pat);
            finder.visit_block(&looped.body);
        });
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        self.scoped(|finder| {
            finder.bind(&arm.pat);
            visit::visit_pat(finder, &arm.pat);
            finder.visit_expr(&arm.body);
        });
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        self.scoped(|finder| {
            for input in &closure.inputs {
                finder.bind(input);
            }
            finder.visit_expr(&closure.body);
        });
    }

    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        if let Some(ident) = place::variable(path) {
            self.use_name(ident.to_string());
        }
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        for name in of_macro(mac) {
            self.use_name(name);
        }
    }

    fn visit_item(&mut self, _: &'ast Item) {}
}

fn scan(tokens: TokenStream, names: &mut Names) {
    // One dot comes before a field or method, two before the end of a range.
    let mut dots = 0;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match &token {
            TokenTree::Group(group) => scan(group.stream(), names),
            TokenTree::Ident(ident) if dots != 1 => {
                let macro_name =
                    matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == '!');
                if !macro_name {
                    names.insert(ident.to_string());
                }
            }
            TokenTree::Literal(literal) => captured(&literal.to_string(), names),
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
        let dot = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '.');
        dots = if dot { dots + 1 } else { 0 };
    }
}

/// The names in braces in a format string: `"{name:width$}"`.
fn captured(literal: &str, names: &mut Names) {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    for braced in literal.split('{').skip(1) {
        let braced = braced.split('}').next().unwrap_or_default();
        for word in braced.split(|c| !is_word(c)) {
            if word.starts_with(|c: char| c.is_alphabetic() || c == '_') {
                names.insert(word.to_owned());
                names.insert(format!("r#{word}"));
            }
        }
    }
}
