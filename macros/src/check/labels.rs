//! Labels that are given twice: the second would be found by the first.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};
use syn::{Expr, ExprAwait, ExprMethodCall, Item, Lit, LitStr};

use super::catalog;
use crate::diag::Diagnostics;
use crate::model::Flow;

pub(super) fn check(flow: &Flow, diag: &mut Diagnostics) {
    let mut checker = Checker {
        given: BTreeSet::new(),
        diag,
    };
    checker.visit_block(&flow.body);
}

struct Checker<'a> {
    given: BTreeSet<String>,
    diag: &'a mut Diagnostics,
}

impl<'ast> Visit<'ast> for Checker<'_> {
    fn visit_expr_await(&mut self, awaited: &'ast ExprAwait) {
        if let Some(label) = label(&awaited.base)
            && !self.given.insert(label.value())
        {
            self.diag.refuse(label, catalog::LABEL_GIVEN_TWICE);
        }
        visit::visit_expr_await(self, awaited);
    }

    fn visit_item(&mut self, _: &'ast Item) {}
}

/// The label that is given to what is awaited.
fn label(op: &Expr) -> Option<&LitStr> {
    let Expr::MethodCall(ExprMethodCall {
        method,
        args,
        receiver,
        ..
    }) = op
    else {
        return None;
    };
    match args.first() {
        Some(Expr::Lit(literal)) if method == "label" => match &literal.lit {
            Lit::Str(text) => Some(text),
            _ => None,
        },
        _ => label(receiver),
    }
}
