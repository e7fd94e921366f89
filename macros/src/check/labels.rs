//! Labels that are given twice: the second would be found by the first.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};
use syn::{Expr, ExprAwait, ExprCall, Item, Macro};

use super::catalog;
use crate::diag::Diagnostics;
use crate::model::Flow;
use crate::syntax::{fork, labels, macros};

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
        self.given(&awaited.base);
        visit::visit_expr_await(self, awaited);
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        if fork::of(call).is_some() {
            call.args.iter().for_each(|operand| self.given(operand));
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        macros::visit_arguments(mac, |expr| self.visit_expr(expr));
    }

    fn visit_item(&mut self, _: &'ast Item) {}
}

impl Checker<'_> {
    fn given(&mut self, op: &Expr) {
        if let Some(label) = labels::given(op)
            && !self.given.insert(label.value())
        {
            self.diag.refuse(label, catalog::LABEL_GIVEN_TWICE);
        }
    }
}
