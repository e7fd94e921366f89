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

/// The same for `syn::visit_mut::VisitMut`, with what a `let` binds; `but block` leaves the
/// statements of blocks to the visitor.
macro_rules! scoped_visits_mut {
    () => {
        crate::syntax::scopes::scoped_visits_mut!(but block);

        fn visit_block_mut(&mut self, block: &mut syn::Block) {
            self.scoped(|own| syn::visit_mut::visit_block_mut(own, block));
        }
    };
    (but block) => {
        fn visit_local_mut(&mut self, local: &mut syn::Local) {
            syn::visit_mut::visit_local_mut(self, local);
            self.bind(&local.pat);
        }

        fn visit_expr_let_mut(&mut self, bound: &mut syn::ExprLet) {
            syn::visit_mut::visit_expr_let_mut(self, bound);
            self.bind(&bound.pat);
        }

        fn visit_expr_if_mut(&mut self, branch: &mut syn::ExprIf) {
            self.scoped(|own| {
                own.visit_expr_mut(&mut branch.cond);
                own.visit_block_mut(&mut branch.then_branch);
            });
            if let Some((_, otherwise)) = &mut branch.else_branch {
                self.visit_expr_mut(otherwise);
            }
        }

        fn visit_expr_while_mut(&mut self, looped: &mut syn::ExprWhile) {
            self.scoped(|own| {
                own.visit_expr_mut(&mut looped.cond);
                own.visit_block_mut(&mut looped.body);
            });
        }

        fn visit_expr_for_loop_mut(&mut self, looped: &mut syn::ExprForLoop) {
            self.visit_expr_mut(&mut looped.expr);
            self.scoped(|own| {
                own.bind(&looped.pat);
                own.visit_block_mut(&mut looped.body);
            });
        }

        fn visit_arm_mut(&mut self, arm: &mut syn::Arm) {
            self.scoped(|own| {
                own.bind(&arm.pat);
                syn::visit_mut::visit_arm_mut(own, arm);
            });
        }
    };
}

pub(super) use scoped_visits;
pub(crate) use scoped_visits_mut;
