//! `helper(n).await` in a body, where `helper` is an `async fn` of the same file that is not
//! marked: it may lack its `#[flow]`. Then rustc says so in the function, where that awaits
//! actions, and of what awaits it says nothing: `Unmarked(helper(n)).op()` can be awaited
//! if the function has an error.

use proc_macro2::Span;
use syn::visit_mut::{self, VisitMut};
use syn::{Block, Expr, ExprAwait, ExprCall, Item, parse_quote, parse_quote_spanned};

use crate::check::Source;
use crate::names;
use crate::syntax::spans::first_span;
use crate::syntax::{fork, place};

/// Lets such awaits say nothing more.
pub(crate) fn hush(body: &mut Block, source: &Source) {
    let mut hush = Hush {
        source,
        found: false,
    };
    hush.visit_block_mut(body);
    if hush.found {
        let door = names::door(Span::call_site());
        let import = parse_quote!(#[allow(unused_imports)] use #door::ViaFuture as _;);
        body.stmts.insert(0, import);
    }
}

struct Hush<'a> {
    source: &'a Source,
    found: bool,
}

impl VisitMut for Hush<'_> {
    fn visit_expr_await_mut(&mut self, awaited: &mut ExprAwait) {
        visit_mut::visit_expr_await_mut(self, awaited);
        self.operation(&mut awaited.base);
    }

    fn visit_expr_call_mut(&mut self, call: &mut ExprCall) {
        visit_mut::visit_expr_call_mut(self, call);
        if fork::of(call).is_some() {
            call.args.iter_mut().for_each(|op| self.operation(op));
        }
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}

impl Hush<'_> {
    /// What is awaited.
    fn operation(&mut self, op: &mut Expr) {
        let Expr::Call(call) = op else {
            return;
        };
        let function = match &*call.func {
            Expr::Path(path) => place::variable(path),
            _ => None,
        };
        if function.is_some_and(|function| self.source.is_unmarked(function)) {
            let span = first_span(&*call);
            let runtime = names::runtime_as_written(span);
            *op = parse_quote_spanned!(span=> #runtime::Unmarked(#call).op());
            self.found = true;
        }
    }
}
