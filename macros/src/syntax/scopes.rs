//! Where the names that patterns bind are in scope, for visitors that must tell
//! them from those around.

/// The methods of `syn::visit::Visit` that open a scope, by a visitor's own
/// `scoped`, which closes it again, and `bind`. What a `let` and a closure bind
/// it sees to itself.
macro_rules! scoped_visits {
    () => {
        fn visit_block(&mut self, block: &'ast syn::Block) {
            self.scoped(|own| syn::visit::visit_block(own, block));
        }

        fn visit_expr_if(&mut self, branch: &'ast syn::ExprIf) {
            self.scoped(|own| {
                own.visit_expr(&branch.cond);
                own.visit_block(&branch.then_branch);
            });
            if let Some((_, otherwise)) = &branch.else_branch {
                self.visit_expr(otherwise);
            }
        }

        fn visit_expr_while(&mut self, looped: &'ast syn::ExprWhile) {
            self.scoped(|own| {
                own.visit_expr(&looped.cond);
                own.visit_block(&looped.body);
            });
        }

        fn visit_expr_for_loop(&mut self, looped: &'ast syn::ExprForLoop) {
            self.visit_expr(&looped.expr);
            self.scoped(|own| {
                own.bind(&looped.pat);
                own.visit_block(&looped.body);
            });
        }

        fn visit_arm(&mut self, arm: &'ast syn::Arm) {
            self.scoped(|own| {
                own.bind(&arm.pat);
                syn::visit::visit_pat(own, &arm.pat);
                own.visit_expr(&arm.body);
            });
        }
    };
}

pub(super) use scoped_visits;
