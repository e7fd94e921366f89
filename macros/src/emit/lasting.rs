//! What the plain copy asks of types, so that rustc says it once, in the user's code:
//! of locals that may be of a type with a lifetime, whether they can be stored; of
//! collections, whether a loop can find its place in them again.
//!
//! ```text
//! let view = View::new(&order); (&&&asked_of(&view)).lasts();
//! (&&&Walking::new(&items)).walks(Walk::WALKED); for item in &items { .. }
//! ```

use std::collections::BTreeSet;

use proc_macro2::{Ident, LineColumn, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, Local, Pat, Stmt};

use crate::machine::Machine;
use crate::names;
use crate::syntax::iterator;

/// What is asked, by where it stands.
#[derive(Default)]
pub(super) struct Lasting {
    /// The locals that are kept as a whole and may hold borrows.
    kept: BTreeSet<LineColumn>,
    /// The loops that walk over what they borrow.
    walked: BTreeSet<LineColumn>,
}

impl Lasting {
    pub(super) fn of(machine: &Machine<'_>) -> Self {
        let kept = machine
            .stored
            .iter()
            .map(|local| &machine.plain.locals[*local]);
        let asked = kept.filter(|row| row.is_asked && row.part.is_none());
        let walked = machine.plain.walked.iter();
        Self {
            kept: asked.map(|row| row.ident.span().start()).collect(),
            walked: walked.map(Span::start).collect(),
        }
    }

    /// What asks the collection of a loop, to stand before it.
    pub(super) fn asks_before(&self, stmt: &Stmt) -> Option<Stmt> {
        let Stmt::Expr(Expr::ForLoop(looped), _) = stmt else {
            return None;
        };
        let is_walked = self.walked.contains(&looped.for_token.span.start());
        let (collection, _) = iterator::borrowed(&looped.expr).filter(|_| is_walked)?;
        // `row.iter_mut()` needs no `mut` of `row` if that is a `&mut` itself.
        let is_shared =
            matches!(&collection, Expr::Reference(borrow) if borrow.mutability.is_none());
        if !is_shared && !matches!(*looped.expr, Expr::Reference(_)) {
            return None;
        }
        let (span, ours) = (collection.span(), names::runtime(Span::call_site()));
        let theirs = names::runtime_as_written(span);
        let walked = names::demanded(span, &quote_spanned!(span=> Walk>::WALKED));
        let asks = quote_spanned!(span=> (&&&#theirs::Walking::new(#collection)).walks(#walked););
        let asks = quote! {
            #[allow(clippy::all)]
            {
                use #ours::{ViaCount as _, ViaKey as _, ViaPlace as _};
                #asks
            }
        };
        Some(Stmt::Expr(Expr::Verbatim(asks), None))
    }

    /// What asks the locals of `stmt`, to stand behind it.
    pub(super) fn asks(&self, stmt: &Stmt) -> Option<Stmt> {
        let Stmt::Local(Local { pat, init, .. }) = stmt else {
            return None;
        };
        let (Pat::Ident(bound), Some(init)) = (pat, init) else {
            return None;
        };
        let is_asked = is_made(&init.expr) && self.kept.contains(&bound.ident.span().start());
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

/// What such names begin with gives whatever type is wanted of it: that may be known
/// only further on.
const WANTED: [&str; 14] = [
    "collect",
    "convert",
    "decode",
    "default",
    "deserialize",
    "from",
    "get",
    "into",
    "load",
    "parse",
    "product",
    "read",
    "sum",
    "try",
];

/// The traits whose functions do.
const TRAITS: [&str; 6] = ["Default", "From", "FromStr", "Into", "TryFrom", "TryInto"];

/// Whether a value may be one of the user's own types, which is known by now.
fn is_made(value: &Expr) -> bool {
    match value {
        Expr::Struct(_) => true,
        Expr::Paren(paren) => is_made(&paren.expr),
        Expr::Try(tried) => is_made(&tried.expr),
        Expr::Call(_) | Expr::MethodCall(_) => !is_wanted(value),
        _ => false,
    }
}

/// Whether a value is, or comes out of, what gives any type.
fn is_wanted(value: &Expr) -> bool {
    let begins = |name: &Ident| {
        let name = name.to_string();
        WANTED.iter().any(|word| name.starts_with(word)) || name == "unwrap_or_default"
    };
    match value {
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) => {
                let mut names = path
                    .path
                    .segments
                    .iter()
                    .rev()
                    .map(|segment| &segment.ident);
                let (last, owner) = (names.next(), names.next().map(ToString::to_string));
                match owner.filter(|owner| owner.starts_with(char::is_uppercase)) {
                    Some(owner) => TRAITS.contains(&owner.as_str()),
                    // What is given nothing has nothing to borrow from.
                    None => call.args.is_empty() || last.is_some_and(begins),
                }
            }
            _ => true,
        },
        Expr::MethodCall(call) => {
            call.turbofish.is_none() && begins(&call.method) || is_wanted(&call.receiver)
        }
        Expr::Paren(paren) => is_wanted(&paren.expr),
        Expr::Try(tried) => is_wanted(&tried.expr),
        _ => false,
    }
}
