//! Labels that are given twice: the second would be found by the first.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};
use syn::{ExprAwait, Item};

use super::catalog;
use crate::diag::Diagnostics;
use crate::model::Flow;
use crate::syntax::labels;

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
        if let Some(label) = labels::given(&awaited.base)
            && !self.given.insert(label.value())
        {
            self.diag.refuse(label, catalog::LABEL_GIVEN_TWICE);
        }
        visit::visit_expr_await(self, awaited);
    }

    fn visit_item(&mut self, _: &'ast Item) {}
}
