//! Walks a flow and looks up each path in it: calls, functions handed on,
//! types, macros and the arguments of macros.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{
    Arm, Attribute, Block, Expr, ExprClosure, ExprForLoop, ExprIf, ExprLet, ExprPath, ExprWhile,
    Item, ItemStatic, Local, Macro, Pat, Path, QSelf, Stmt, Token, TypePath,
};

use super::message;
use super::names::{self, Names, Segments};
use super::resolve::{Meaning, Resolver, Scope, Space};
use super::table::{self, At, GLOBAL_STATE, STATIC};
use crate::diag::Diagnostics;
use crate::model::Flow;
use crate::syntax::{macros, pattern};

pub(super) fn flow(flow: &Flow, modules: Option<Vec<Names>>, diag: &mut Diagnostics) {
    let mut walker = Walker {
        resolver: Resolver::new(modules),
        diag,
    };
    for param in &flow.params {
        walker.visit_type(&param.ty);
    }
    walker.visit_type(&flow.ret);
    walker.scoped(|walker| {
        let scope = walker
            .resolver
            .scopes
            .last_mut()
            .expect("a scope was just opened");
        scope
            .bound
            .extend(flow.params.iter().map(|param| param.ident.to_string()));
        walker.visit_block(&flow.body);
    });
}

struct Walker<'a> {
    resolver: Resolver,
    diag: &'a mut Diagnostics,
}

impl Walker<'_> {
    fn scoped(&mut self, walk: impl FnOnce(&mut Self)) {
        self.resolver.scopes.push(Scope::default());
        walk(self);
        self.resolver.scopes.pop();
    }

    /// Binds the variables of a pattern in the innermost scope.
    fn bind(&mut self, pat: &Pat) {
        self.visit_pat(pat);
        if let Some(scope) = self.resolver.scopes.last_mut() {
            let bound = pattern::bindings(pat)
                .into_iter()
                .map(|pat| pat.ident.to_string());
            scope.bound.extend(bound);
        }
    }

    /// Looks up `path`, and refuses `tokens` if a rule forbids it.
    fn look_up(&mut self, path: &Segments, tokens: impl ToTokens, space: Space, given: usize) {
        let places = |given: usize| match space {
            Space::Value => vec![At::Value],
            Space::Macro => vec![At::Macro],
            Space::Type => [At::Type]
                .into_iter()
                .chain((given..=2).map(At::Unhashed))
                .collect(),
        };
        let written = path.join("::");
        let text = match self.resolver.meaning(path, space) {
            Meaning::Own => return,
            Meaning::Static => {
                self.diag
                    .refuse(tokens, message::of_static(&written, &GLOBAL_STATE, &STATIC));
                return;
            }
            Meaning::Full(candidates) => candidates.iter().find_map(|candidate| {
                let places = places(candidate.given.unwrap_or(given).max(given));
                let path = in_std(&candidate.path, space);
                let (found, full) = table::forbids(&path, &places, !candidate.guess)?;
                Some(message::text(&written, &full, found, false))
            }),
            Meaning::Unknown if space == Space::Macro && path.len() == 1 => {
                let found = table::forbids(&in_std(path, space), &places(given), true);
                found.map(|(found, full)| message::text(&written, &full, found, false))
            }
            Meaning::Unknown => table::resembles(path, &places(given))
                .map(|(found, full)| message::text(&written, &full, found, true)),
        };
        if let Some(text) = text {
            self.diag.refuse(tokens, text);
        }
    }

    /// `Type::function` or `<Type>::function`.
    fn look_up_value(&mut self, qself: Option<&QSelf>, path: &Path) {
        match qself {
            None => self.look_up(&names::segments(path), path, Space::Value, 0),
            Some(qself) if qself.position == 0 => {
                if let Some((mut segments, _)) = names::path_of(&qself.ty) {
                    segments.extend(
                        path.segments
                            .iter()
                            .map(|segment| segment.ident.to_string()),
                    );
                    let (start, end) = (qself.lt_token, path);
                    self.look_up(&segments, quote::quote!(#start #end), Space::Value, 0);
                }
            }
            Some(_) => {}
        }
    }

    /// The arguments of a macro: expressions if they can be parsed as such,
    /// else whatever in them looks like a path.
    fn arguments(&mut self, mac: &Macro) {
        let list = Punctuated::<Expr, Token![,]>::parse_terminated;
        let known = macros::arguments(mac).map(|arguments| arguments.exprs);
        let exprs =
            known.or_else(|| Some(list.parse2(mac.tokens.clone()).ok()?.into_iter().collect()));
        match exprs {
            Some(exprs) => exprs.iter().for_each(|expr| self.visit_expr(expr)),
            None => self.scan(mac.tokens.clone()),
        }
    }

    fn scan(&mut self, tokens: TokenStream) {
        let mut path: Vec<TokenTree> = Vec::new();
        for token in tokens {
            if let TokenTree::Group(group) = &token {
                self.scan(group.stream());
            }
            if !continues(&path, &token) {
                self.scanned(&std::mem::take(&mut path));
            }
            let part = match &token {
                TokenTree::Ident(_) => true,
                TokenTree::Punct(punct) => punct.as_char() == ':' && !path.is_empty(),
                TokenTree::Group(_) | TokenTree::Literal(_) => false,
            };
            if part {
                path.push(token);
            }
        }
        self.scanned(&path);
    }

    fn scanned(&mut self, tokens: &[TokenTree]) {
        let path: Segments = tokens
            .iter()
            .filter_map(|token| match token {
                TokenTree::Ident(ident) => Some(ident.to_string()),
                _ => None,
            })
            .collect();
        if path.len() > 1 {
            let tokens: TokenStream = tokens.iter().cloned().collect();
            self.look_up(&path, tokens, Space::Value, 0);
        }
    }
}

impl<'ast> Visit<'ast> for Walker<'_> {
    fn visit_block(&mut self, block: &'ast Block) {
        self.scoped(|walker| {
            let items = block.stmts.iter().filter_map(|stmt| match stmt {
                Stmt::Item(item) => Some(item),
                _ => None,
            });
            if let Some(scope) = walker.resolver.scopes.last_mut() {
                scope.names = Names::of_items(items);
                // A static in the body is refused where it stands.
                let statics = std::mem::take(&mut scope.names.statics);
                scope.names.values.extend(statics);
            }
            visit::visit_block(walker, block);
        });
    }

    fn visit_local(&mut self, local: &'ast Local) {
        if let Some(init) = &local.init {
            self.visit_expr(&init.expr);
            if let Some((_, otherwise)) = &init.diverge {
                self.visit_expr(otherwise);
            }
        }
        self.bind(&local.pat);
    }

    fn visit_expr_let(&mut self, bound: &'ast ExprLet) {
        self.visit_expr(&bound.expr);
        self.bind(&bound.pat);
    }

    fn visit_expr_if(&mut self, branch: &'ast ExprIf) {
        self.scoped(|walker| {
            walker.visit_expr(&branch.cond);
            walker.visit_block(&branch.then_branch);
        });
        if let Some((_, otherwise)) = &branch.else_branch {
            self.visit_expr(otherwise);
        }
    }

    fn visit_expr_while(&mut self, looped: &'ast ExprWhile) {
        self.scoped(|walker| {
            walker.visit_expr(&looped.cond);
            walker.visit_block(&looped.body);
        });
    }

    fn visit_expr_for_loop(&mut self, looped: &'ast ExprForLoop) {
        self.visit_expr(&looped.expr);
        self.scoped(|walker| {
            walker.bind(&looped.pat);
            walker.visit_block(&looped.body);
        });
    }

    fn visit_arm(&mut self, arm: &'ast Arm) {
        self.scoped(|walker| {
            walker.bind(&arm.pat);
            walker.visit_expr(&arm.body);
        });
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        self.scoped(|walker| {
            closure.inputs.iter().for_each(|input| walker.bind(input));
            walker.visit_expr(&closure.body);
        });
    }

    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        self.look_up_value(path.qself.as_ref(), &path.path);
        visit::visit_expr_path(self, path);
    }

    fn visit_type_path(&mut self, ty: &'ast TypePath) {
        if ty.qself.is_none() {
            let given = names::arguments(&ty.path);
            self.look_up(&names::segments(&ty.path), &ty.path, Space::Type, given);
        }
        visit::visit_type_path(self, ty);
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        self.look_up(&names::segments(&mac.path), &mac.path, Space::Macro, 0);
        self.arguments(mac);
    }

    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Static(item) => self.item_static(item),
            Item::Fn(item) if item.attrs.iter().any(is_ours) => {}
            Item::Macro(item) if item.ident.is_some() => {}
            _ => visit::visit_item(self, item),
        }
    }
}

impl Walker<'_> {
    fn item_static(&mut self, item: &ItemStatic) {
        let text = message::of_static(&item.ident.to_string(), &GLOBAL_STATE, &STATIC);
        self.diag.refuse(&item.ident, text);
    }
}

/// Whether `token` goes on with the path in `path`.
fn continues(path: &[TokenTree], token: &TokenTree) -> bool {
    match (path.last(), token) {
        (Some(TokenTree::Ident(_) | TokenTree::Punct(_)), TokenTree::Punct(punct)) => {
            punct.as_char() == ':'
        }
        (Some(TokenTree::Punct(_)), TokenTree::Ident(_)) => true,
        _ => false,
    }
}

/// Whether an attribute makes an item a flow or an action of its own.
fn is_ours(attr: &Attribute) -> bool {
    let last = attr.path().segments.last();
    last.is_some_and(|last| last.ident == "flow" || last.ident == "action")
}

/// A macro that nothing else explains is of std's prelude.
fn in_std(path: &Segments, space: Space) -> Segments {
    let bare = space == Space::Macro && path.len() == 1;
    let std = bare.then(|| "std".to_owned());
    std.into_iter().chain(path.iter().cloned()).collect()
}
