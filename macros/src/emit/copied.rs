//! Parts of a local that a block of a fork moves away, while it writes the local: the
//! whole of it goes back, so the block takes copies of them.
//!
//! ```text
//! async { p.0 += tick(1).await; send(p.1).await }     // p.0 is needed behind the fork
//! p.1  =>  match spare(&p.1) { Some(copy) => copy, None => break 'm }
//! ```

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{BinOp, Block, Expr, ExprClosure, Macro, Pat};

use super::spares;
use crate::ids::BlockId;
use crate::machine::Machine;
use crate::syntax::scopes::scoped_visits_mut;
use crate::syntax::{macros, methods, pattern, uses};

/// The code of a block's states, with copies for what it moves out of what it writes.
pub(super) fn instead_of_moves(
    machine: &Machine<'_>,
    block: BlockId,
    states: TokenStream,
) -> TokenStream {
    let (plain, captures) = (machine.plain, &machine.captures[block]);
    let parts = plain.parts().into_iter().filter_map(|id| {
        let (row, part) = (&plain.locals[id], plain.locals[id].part.as_ref()?);
        let is_written = captures.written.contains(&part.root);
        let is_named = is_written && !captures.hidden.contains(&part.root);
        (is_named && part.is_moved).then(|| Copied {
            name: row.ident.clone(),
            path: uses::path_name(&part.fields),
            copy: spares::copy(machine, id),
        })
    });
    let parts: Vec<Copied> = parts.collect();
    if parts.is_empty() {
        return states;
    }
    let Ok(mut parsed) = syn::parse2::<Block>(quote!({ #states })) else {
        return states;
    };
    let mut copies = Copies {
        parts: &parts,
        bound: Vec::new(),
    };
    copies.visit_block_mut(&mut parsed);
    parsed.stmts.iter().map(ToTokens::to_token_stream).collect()
}

/// A part, and what stands for its value.
struct Copied {
    name: Ident,
    path: String,
    copy: TokenStream,
}

struct Copies<'a> {
    parts: &'a [Copied],
    /// The names that mean something else here.
    bound: Vec<Ident>,
}

impl Copies<'_> {
    fn scoped(&mut self, visit: impl FnOnce(&mut Self)) {
        let outer = self.bound.len();
        visit(self);
        self.bound.truncate(outer);
    }

    fn bind(&mut self, pat: &Pat) {
        let bound = pattern::bindings(pat).into_iter();
        self.bound.extend(bound.map(|bound| bound.ident.clone()));
    }

    fn copy_of(&self, expr: &Expr) -> Option<&TokenStream> {
        let (name, fields) = uses::path_of(expr)?;
        let path = uses::path_name(&fields);
        let mut parts = self.parts.iter();
        let part = parts.find(|part| part.name == *name && part.path == path)?;
        (!self.bound.contains(name)).then_some(&part.copy)
    }

    /// Visits what is read where it is.
    fn read(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Field(field) => self.read(&mut field.base),
            Expr::Paren(paren) => self.read(&mut paren.expr),
            Expr::Group(group) => self.read(&mut group.expr),
            other => self.visit_expr_mut(other),
        }
    }
}

impl VisitMut for Copies<'_> {
    scoped_visits_mut!();

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if let Some(copy) = self.copy_of(expr) {
            *expr = Expr::Verbatim(copy.clone());
            return;
        }
        match expr {
            Expr::Field(field) => self.read(&mut field.base),
            Expr::Reference(reference) => self.read(&mut reference.expr),
            Expr::Unary(unary) => self.read(&mut unary.expr),
            Expr::Cast(cast) => self.read(&mut cast.expr),
            Expr::Index(index) => {
                self.read(&mut index.expr);
                self.visit_expr_mut(&mut index.index);
            }
            Expr::Assign(assign) => {
                self.read(&mut assign.left);
                self.visit_expr_mut(&mut assign.right);
            }
            Expr::Binary(binary) if !matches!(binary.op, BinOp::Add(_)) => {
                self.read(&mut binary.left);
                self.read(&mut binary.right);
            }
            Expr::MethodCall(call) if methods::borrows(&call.method.to_string()) => {
                self.read(&mut call.receiver);
                call.args
                    .iter_mut()
                    .for_each(|arg| self.visit_expr_mut(arg));
            }
            other => visit_mut::visit_expr_mut(self, other),
        }
    }

    /// It may be called again, or never.
    fn visit_expr_closure_mut(&mut self, _: &mut ExprClosure) {}

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        if mac.path.is_ident("vec") {
            macros::rewrite(mac, |expr| self.visit_expr_mut(expr));
        } else {
            macros::rewrite(mac, |expr| self.read(expr));
        }
    }
}
