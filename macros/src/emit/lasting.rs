//! Locals that may be of a type with a lifetime: the plain copy asks each of them
//! whether it can be stored, so that rustc says so once, in the user's code.
//!
//! ```text
//! let view = View::new(&order); (&&&asked_of(&view)).lasts();
//! ```

use std::collections::BTreeSet;

use proc_macro2::{LineColumn, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Expr, Local, Pat, Stmt};

use crate::machine::Machine;
use crate::names;

/// Where the locals stand that are kept as a whole and may hold borrows.
#[derive(Default)]
pub(super) struct Lasting(BTreeSet<LineColumn>);

impl Lasting {
    pub(super) fn of(machine: &Machine<'_>) -> Self {
        let kept = machine
            .stored
            .iter()
            .map(|local| &machine.plain.locals[*local]);
        let asked = kept.filter(|row| row.is_asked && row.part.is_none());
        Self(asked.map(|row| row.ident.span().start()).collect())
    }

    /// What asks the locals of `stmt`, to stand behind it.
    pub(super) fn asks(&self, stmt: &Stmt) -> Option<Stmt> {
        let Stmt::Local(Local { pat, init, .. }) = stmt else {
            return None;
        };
        let (Pat::Ident(bound), Some(init)) = (pat, init) else {
            return None;
        };
        let is_asked = is_made(&init.expr) && self.0.contains(&bound.ident.span().start());
        is_asked.then(|| Stmt::Expr(Expr::Verbatim(asks(&bound.ident)), None))
    }
}

fn asks(ident: &proc_macro2::Ident) -> TokenStream {
    let ours = names::runtime(Span::call_site());
    let (span, theirs) = (ident.span(), names::runtime_as_written(ident.span()));
    let asks = quote_spanned!(span=> (&&&#theirs::asked_of(&#ident)).lasts(););
    quote!({
        use #ours::{ViaLent as _, ViaNothing as _, ViaStored as _};
        #asks
    })
}

/// Whether a value may be one of the user's own types.
fn is_made(value: &Expr) -> bool {
    match value {
        Expr::Struct(_) | Expr::Call(_) | Expr::MethodCall(_) => true,
        Expr::Paren(paren) => is_made(&paren.expr),
        Expr::Try(tried) => is_made(&tried.expr),
        _ => false,
    }
}
