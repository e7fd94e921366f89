//! Locals that may be of a type with a lifetime: the plain copy asks each of them
//! whether it can be stored, so that rustc says so once, in the user's code.
//!
//! ```text
//! let view = View::new(&order); (&&&asked_of(&view)).lasts();
//! ```

use std::collections::BTreeSet;

use proc_macro2::{Ident, LineColumn, Span, TokenStream};
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

fn asks(ident: &Ident) -> TokenStream {
    let ours = names::runtime(Span::call_site());
    let (span, theirs) = (ident.span(), names::runtime_as_written(ident.span()));
    let asks = quote_spanned!(span=> (&&&#theirs::asked_of(&#ident)).lasts(););
    quote!({
        use #ours::{ViaLent as _, ViaNothing as _, ViaStored as _};
        #asks
    })
}

/// What gives whatever type is wanted of it: that may be known only further on.
const WANTED: [&str; 12] = [
    "parse",
    "into",
    "try_into",
    "from",
    "try_from",
    "from_str",
    "default",
    "unwrap_or_default",
    "sum",
    "product",
    "collect",
    "convert",
];

/// Whether a value may be one of the user's own types, which is known by now.
fn is_made(value: &Expr) -> bool {
    match value {
        Expr::Struct(_) => true,
        Expr::Paren(paren) => is_made(&paren.expr),
        Expr::Try(tried) => is_made(&tried.expr),
        value => called(value).is_some() && !is_wanted(value),
    }
}

/// Whether a value is, or comes out of, what gives any type.
fn is_wanted(value: &Expr) -> bool {
    let is_one = called(value).is_some_and(|name| WANTED.iter().any(|wanted| name == wanted));
    is_one
        || match value {
            Expr::MethodCall(call) => is_wanted(&call.receiver),
            Expr::Paren(paren) => is_wanted(&paren.expr),
            Expr::Try(tried) => is_wanted(&tried.expr),
            _ => false,
        }
}

/// The name of the function or method that gives a value.
fn called(value: &Expr) -> Option<&Ident> {
    match value {
        Expr::MethodCall(call) => Some(&call.method),
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) => Some(&path.path.segments.last()?.ident),
            _ => None,
        },
        _ => None,
    }
}
