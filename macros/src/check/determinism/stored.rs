//! What a flow stores: its arguments and result, what actions give it, and what it keeps
//! over an `.await`. A type of the user's own is looked into.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Expr, ExprCall, ExprStruct, Local, Stmt, Type, TypePath};

use super::walk::Walker;
use super::{held, home, names};
use crate::syntax::{awaits, pattern};

impl Walker<'_> {
    /// A type of which values are stored.
    pub(super) fn stored(&mut self, ty: &Type) {
        self.visit_type(ty);
        let mut paths = Paths(Vec::new());
        paths.visit_type(ty);
        for path in paths.0 {
            if let Some(hit) = held::by(&names::segments(&path.path), &self.resolver) {
                self.sink.found(path.path.to_token_stream(), hit);
            }
        }
    }

    /// The variables of a `let`, if they are said again once something `after` it awaited.
    pub(super) fn kept(&mut self, local: &Local, after: &[Stmt]) {
        for bound in pattern::bindings(&local.pat) {
            let name = bound.ident.to_string();
            let scope = self.resolver.scopes.last();
            let known = scope.and_then(|scope| scope.bound.get(&name)?.as_ref());
            let hit = known.and_then(|known| held::by_parts(known, &self.resolver));
            if let Some(hit) = hit
                && is_kept(&name, after)
            {
                self.sink.found(bound.ident.to_token_stream(), hit);
            }
        }
    }

    /// `Type { field: HashMap::from_iter(..) }`: the field says which hasher it has, where
    /// the file has the type. Gives the fields that are to be looked at.
    pub(super) fn looked_at<'e>(&mut self, made: &'e ExprStruct) -> Vec<&'e Expr> {
        let path = names::segments(&made.path);
        let looked_at = made.fields.iter().flat_map(|field| {
            let name = field.member.to_token_stream().to_string();
            let call = made_of_items(&field.expr);
            let ty = call.and_then(|_| home::field_of(&self.resolver, &path, &name));
            match (call, ty) {
                (Some(call), Some(ty)) if !held::is_unordered(&ty, &self.resolver) => {
                    call.args.iter().collect()
                }
                _ => vec![&field.expr],
            }
        });
        looked_at.collect()
    }
}

/// `Type::from_iter(..)`, which leaves the hasher to whoever takes it.
pub(super) fn made_of_items(value: &Expr) -> Option<&ExprCall> {
    let Expr::Call(call) = value else {
        return None;
    };
    let Expr::Path(path) = &*call.func else {
        return None;
    };
    let last = path.path.segments.last()?;
    (last.ident == "from_iter").then_some(call)
}

/// Whether a name is said behind what awaits, or again and again around it.
fn is_kept(name: &str, after: &[Stmt]) -> bool {
    let awaits = |stmt: &Stmt| awaits::in_tokens(&stmt.to_token_stream()).is_some();
    let Some(at) = after.iter().position(awaits) else {
        return false;
    };
    let is_loop = after.get(at).is_some_and(|stmt| {
        matches!(
            stmt,
            Stmt::Expr(Expr::ForLoop(_) | Expr::While(_) | Expr::Loop(_), _)
        )
    });
    let behind = after.get(at + usize::from(!is_loop)..).unwrap_or_default();
    behind.iter().any(|stmt| says(name, stmt.to_token_stream()))
}

fn says(name: &str, tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => says(name, group.stream()),
        // A text may have it in braces.
        TokenTree::Literal(literal) => {
            let words = crate::syntax::macros::captured(&literal.to_string());
            words.iter().any(|word| word == name)
        }
        TokenTree::Punct(_) => false,
    })
}

/// The paths in a type.
struct Paths<'t>(Vec<&'t TypePath>);

impl<'ast> Visit<'ast> for Paths<'ast> {
    fn visit_type_path(&mut self, path: &'ast TypePath) {
        if path.qself.is_none() {
            self.0.push(path);
        }
        visit::visit_type_path(self, path);
    }
}
