//! `if`, `&&` and `||` with awaits inside.
//!
//! ```text
//! if let Some(x) = a().await && b(x).await { T } else { E }
//! =>
//! 'b0: { let t0 = a().await; if let Some(x) = t0 { let t1 = b(x).await; if t1 { T; break 'b0 } } E }
//! ```

use syn::spanned::Spanned;
use syn::{BinOp, Expr, ExprBinary, ExprIf, parse_quote_spanned};

use super::by_ref::borrows_value;
use super::{Dest, Desugar};
use crate::ids::ConstructId;
use crate::model::{Block, Branch, Cond, Jump, JumpKind, Labelled, Let, Stmt};
use crate::syntax::order::conjuncts;
use crate::syntax::{awaits, guards};

impl Desugar {
    pub(super) fn branch(&mut self, branch: &ExprIf, dest: Dest) {
        let otherwise = branch
            .else_branch
            .as_ref()
            .map(|(_, otherwise)| &**otherwise);
        let conds = conjuncts(&branch.cond);
        let then = |own: &mut Self| own.stmts(&branch.then_branch, dest);
        let span = branch.if_token.span;
        let is_code = |cond: &&Expr| !awaits::in_expr(cond) && !borrows_value(cond);
        if !awaits::in_expr(&branch.cond) && conds.iter().skip(1).all(is_code) {
            let (conds, then) = self.plain_cond(&conds, then);
            let otherwise = self.else_block(otherwise, span, dest);
            let construct = self.construct();
            let branch = Branch {
                construct,
                conds,
                then,
                otherwise,
            };
            return self.push(Stmt::If(branch));
        }
        let construct = self.construct();
        let body = self.scoped(|own| {
            own.chain(&conds, &mut |own| {
                then(own);
                own.push(Stmt::Jump(Jump {
                    kind: JumpKind::Break,
                    to: construct,
                }));
            });
            match otherwise {
                Some(otherwise) => own.lower_to(otherwise, dest),
                None => own.finish_unit(span, dest),
            }
        });
        self.push(Stmt::Labelled(Labelled { construct, body }));
    }

    /// A branch whose awaits are over before it is taken, as what follows them: code.
    pub(super) fn headed(&mut self, expr: &Expr) -> Option<Expr> {
        match expr {
            Expr::If(branch) => {
                let otherwise = branch.else_branch.as_ref();
                let later = conjuncts(&branch.cond);
                let later = later.get(1..).unwrap_or_default();
                let waits_later = awaits::in_block(&branch.then_branch)
                    || otherwise.is_some_and(|(_, otherwise)| awaits::in_expr(otherwise))
                    || later.iter().any(|cond| awaits::in_expr(cond));
                if waits_later {
                    return None;
                }
                let mut branch = branch.clone();
                let first = first_conjunct(&mut branch.cond);
                *first = self.cond(first);
                Some(Expr::If(branch))
            }
            Expr::Match(matched) => {
                let waits_later = matched
                    .arms
                    .iter()
                    .any(|arm| guards::awaits(arm) || awaits::in_expr(&arm.body));
                if waits_later {
                    return None;
                }
                let mut matched = matched.clone();
                *matched.expr = self.value(&matched.expr);
                Some(Expr::Match(matched))
            }
            _ => None,
        }
    }

    fn else_block(
        &mut self,
        otherwise: Option<&Expr>,
        span: proc_macro2::Span,
        dest: Dest,
    ) -> Option<Block> {
        match (otherwise, dest) {
            (Some(Expr::Block(block)), _) if block.label.is_none() => {
                Some(self.block(&block.block, dest))
            }
            (Some(otherwise), _) => Some(self.scoped(|own| own.lower_to(otherwise, dest))),
            (None, Dest::Drop) => None,
            (None, _) => Some(self.scoped(|own| own.finish_unit(span, dest))),
        }
    }

    /// The conditions of an `if` or `while` one after the other, the ones
    /// without awaits in one `if`; `then` is lowered where all hold.
    pub(super) fn chain(&mut self, conds: &[&Expr], then: &mut dyn FnMut(&mut Self)) {
        let Some((first, rest)) = conds.split_first() else {
            return then(self);
        };
        let mut tests = vec![self.cond(first)];
        let plain = rest
            .iter()
            .take_while(|cond| !awaits::in_expr(cond) && !borrows_value(cond))
            .count();
        let (now, later) = rest.split_at(plain);
        tests.extend(now.iter().map(|cond| (*cond).clone()));
        let tests: Vec<&Expr> = tests.iter().collect();
        let (conds, then) = self.plain_cond(&tests, |own| own.chain(later, then));
        let construct = self.construct();
        let branch = Branch {
            construct,
            conds,
            then,
            otherwise: None,
        };
        self.push(Stmt::If(branch));
    }

    /// A condition whose awaits are done.
    fn cond(&mut self, cond: &Expr) -> Expr {
        match cond {
            Expr::Let(bound) => {
                let mut bound = bound.clone();
                *bound.expr = self.value(&bound.expr);
                Expr::Let(bound)
            }
            other => self.value(other),
        }
    }

    /// Conditions without awaits, and the block that they guard.
    fn plain_cond(&mut self, conds: &[&Expr], then: impl FnOnce(&mut Self)) -> (Vec<Cond>, Block) {
        self.scopes.open();
        let mut conds: Vec<Expr> = conds.iter().map(|cond| (*cond).clone()).collect();
        // What the others pick by may depend on the first.
        if let Some(Expr::Let(bound)) = conds.first_mut() {
            let picked = self.picked(&bound.expr);
            *bound.expr = self.placed(picked, [&*bound.pat]);
        }
        let conds = conds.iter().map(|cond| self.tested(cond)).collect();
        let then = self.scoped(then);
        self.scopes.close();
        (conds, then)
    }

    fn tested(&mut self, cond: &Expr) -> Cond {
        let Expr::Let(bound) = cond else {
            return Cond::Test(Box::new(self.code(cond)));
        };
        let borrowing = self.borrowing(&bound.expr);
        let value = self.code_taken_apart(&borrowing, [&*bound.pat], false);
        let roots = self.matched_again(&bound.expr, &bound.pat);
        let locals = self.bind_derived(&bound.pat, roots.as_ref());
        self.lend(&locals, &bound.expr);
        self.ask(&locals, None, None);
        self.mark_unseen(&locals, &bound.expr);
        Cond::Let(Box::new(Let {
            keyword: bound.let_token,
            pat: (*bound.pat).clone(),
            value,
            locals,
        }))
    }

    /// `a && b.await`  =>  `if a { t = b.await } else { t = false }`
    pub(super) fn short_circuit(&mut self, binary: &ExprBinary) -> Expr {
        let span = binary.op.span();
        let and = matches!(binary.op, BinOp::And(_));
        let left = self.value(&binary.left);
        let (dest, value) = self.declare(span, None);
        let right = self.scoped(|own| own.lower_to(&binary.right, Dest::Local(dest)));
        // `false && _` is false, `true || _` is true.
        let known = !and;
        let short: Expr = parse_quote_spanned!(span=> #known);
        let short = self.scoped(|own| own.finish(&short, Dest::Local(dest)));
        let (then, otherwise) = if and { (right, short) } else { (short, right) };
        let cond = self.code(&left);
        let construct = self.construct();
        let (conds, otherwise) = (vec![Cond::Test(Box::new(cond))], Some(otherwise));
        self.push(Stmt::If(Branch {
            construct,
            conds,
            then,
            otherwise,
        }));
        value
    }

    /// What a jump to `construct` finds.
    pub(super) fn target(
        &self,
        construct: ConstructId,
        label: Option<String>,
        is_loop: bool,
        dest: Dest,
    ) -> super::Target {
        let (dest, returns) = match dest {
            Dest::Local(local) => (Some((local, self.locals[local].ident.clone())), false),
            Dest::Return => (None, true),
            Dest::Drop => (None, false),
        };
        super::Target {
            construct,
            label,
            is_loop,
            dest,
            returns,
        }
    }
}

/// The first of the conditions that `&&` joins.
fn first_conjunct(mut cond: &mut Expr) -> &mut Expr {
    let is_and =
        |cond: &Expr| matches!(cond, Expr::Binary(binary) if matches!(binary.op, BinOp::And(_)));
    while is_and(cond) {
        let Expr::Binary(binary) = cond else {
            unreachable!("it was one above");
        };
        cond = &mut binary.left;
    }
    cond
}
