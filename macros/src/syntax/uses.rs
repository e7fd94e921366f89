//! The names that code uses and does not bind itself.
//!
//! In a macro that we cannot look into, each identifier counts that could be
//! a variable, and each name captured by a format string.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{
    Arm, Block, Expr, ExprClosure, ExprField, ExprForLoop, ExprIf, ExprLet, ExprPath, ExprWhile,
    Item, Local, Macro, Member, Pat,
};

use super::{macros, pattern, place};

/// Names, in order.
pub(crate) type Names = BTreeSet<String>;

/// For each name the fields of it that are used, each by its path; no fields
/// are the whole.
pub(crate) type Paths = BTreeMap<String, BTreeMap<String, Vec<Member>>>;

/// The free names of an expression.
pub(crate) fn of_expr(expr: &Expr) -> Names {
    paths_of_expr(expr).into_keys().collect()
}

/// The free names of an expression, with the fields of them that it uses.
pub(crate) fn paths_of_expr(expr: &Expr) -> Paths {
    let mut finder = Finder {
        names: Paths::new(),
        scopes: Vec::new(),
    };
    finder.visit_expr(expr);
    finder.names
}

/// The words of a path of fields, as one: `customer.email`.
pub(crate) fn path_name(fields: &[Member]) -> String {
    let words = fields.iter().map(|field| match field {
        Member::Named(name) => syn::ext::IdentExt::unraw(name).to_string(),
        Member::Unnamed(index) => index.index.to_string(),
    });
    words.collect::<Vec<_>>().join(".")
}

/// The names that a macro may use.
pub(crate) fn of_macro(mac: &Macro) -> Names {
    let paths = paths_of_macro(mac).into_iter();
    paths.map(|(name, _)| name).collect()
}

fn paths_of_macro(mac: &Macro) -> Vec<(String, Vec<Member>)> {
    let mut paths = Vec::new();
    scan(mac.tokens.clone(), &mut paths);
    paths
}

struct Finder {
    names: Paths,
    scopes: Vec<Vec<String>>,
}

impl Finder {
    fn use_name(&mut self, name: String, fields: Vec<Member>) {
        if !self.scopes.iter().flatten().any(|bound| *bound == name) {
            let paths = self.names.entry(name).or_default();
            paths.insert(path_name(&fields), fields);
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
            self.use_name(ident.to_string(), Vec::new());
        }
    }

    fn visit_expr_field(&mut self, field: &'ast ExprField) {
        let mut fields = vec![field.member.clone()];
        let mut base = &*field.base;
        while let Expr::Field(inner) = base {
            fields.push(inner.member.clone());
            base = &inner.base;
        }
        match base {
            Expr::Path(path) if let Some(ident) = place::variable(path) => {
                fields.reverse();
                self.use_name(ident.to_string(), fields);
            }
            other => self.visit_expr(other),
        }
    }

    fn visit_macro(&mut self, mac: &Macro) {
        if let Some(matched) = macros::as_match(mac) {
            return self.visit_expr_match(&matched);
        }
        let Some(known) = macros::arguments(mac) else {
            for (name, fields) in paths_of_macro(mac) {
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

fn scan(tokens: TokenStream, paths: &mut Vec<(String, Vec<Member>)>) {
    // One dot comes before a field or method, two before the end of a range.
    let mut dots = 0;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match &token {
            TokenTree::Group(group) => scan(group.stream(), paths),
            TokenTree::Ident(ident) if dots != 1 => {
                let macro_name =
                    matches!(tokens.peek(), Some(TokenTree::Punct(next)) if next.as_char() == '!');
                if !macro_name {
                    paths.push((ident.to_string(), fields(tokens.clone())));
                }
            }
            TokenTree::Literal(literal) => captured(&literal.to_string(), paths),
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
        let dot = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '.');
        dots = if dot { dots + 1 } else { 0 };
    }
}

/// The fields of a number: `0`, or `0.1`, which is one token.
fn numbered(numbers: &str) -> Vec<Member> {
    let numbers = numbers.split('.').map_while(|number| number.parse().ok());
    let fields = numbers.map(|number: usize| Member::Unnamed(number.into()));
    fields.collect()
}

/// The fields at the beginning of `tokens`: `.customer.email`, but no method.
fn fields(mut tokens: impl Iterator<Item = TokenTree> + Clone) -> Vec<Member> {
    let mut fields = Vec::new();
    while let Some(TokenTree::Punct(dot)) = tokens.next()
        && dot.as_char() == '.'
    {
        let name = match tokens.next() {
            Some(TokenTree::Ident(name)) => name,
            Some(TokenTree::Literal(numbers)) => {
                fields.extend(numbered(&numbers.to_string()));
                continue;
            }
            _ => break,
        };
        let next = tokens.clone().next();
        let called = |next: &TokenTree| match next {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Parenthesis,
            // `.collect::<T>()`
            TokenTree::Punct(punct) => punct.as_char() == ':',
            _ => false,
        };
        if next.as_ref().is_some_and(called) {
            break;
        }
        fields.push(Member::Named(name));
    }
    fields
}

/// The names in braces in a format string, as in `"{name:width$}"`.
fn captured(literal: &str, paths: &mut Vec<(String, Vec<Member>)>) {
    let names = macros::captured(literal).into_iter();
    paths.extend(names.map(|name| (name, Vec::new())));
}
