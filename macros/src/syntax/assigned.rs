//! Whether code gives a variable, or a field of one, its value, and whether it
//! does so before it reads it.
//!
//! What cannot be followed, as a closure, reads and does not replace.

use quote::{ToTokens, quote};
use syn::{Arm, BinOp, Block, Expr, ExprForLoop, ExprIf, ExprMacro, Member, Pat, Stmt};

use super::conditional::is_conditional;
use super::order::{binds, jumps, names, operands, targets, touches};
use super::uses;
pub(crate) use super::ways::Given;
use super::ways::{At, Open};
use super::{diverges, macros, pattern};

/// What `expr` does to what lies at `fields` of the variable `name`.
pub(crate) fn by(expr: &Expr, name: &str, fields: &[Member]) -> Given {
    given(expr, name, fields, touches)
}

/// Whether `expr` names just what lies at `fields` of the variable `name`
/// before it replaces it.
pub(crate) fn is_named_first(expr: &Expr, name: &str, fields: &[Member]) -> bool {
    given(expr, name, fields, names).is_read
}

fn given(expr: &Expr, name: &str, fields: &[Member], reads: Reads) -> Given {
    let mut way = Way {
        name,
        fields,
        reads,
        is_read: false,
        open: Vec::new(),
        left: At::Nowhere,
    };
    let end = way.expr(At::Old, expr);
    Given {
        end,
        left: way.left,
        is_read: way.is_read,
    }
}

/// Whether code that is not followed reads what lies at fields of a variable.
type Reads = fn(&Expr, &str, &[Member]) -> bool;

/// The ways through code.
pub(super) struct Way<'a> {
    pub(super) name: &'a str,
    pub(super) fields: &'a [Member],
    pub(super) reads: Reads,
    /// Whether some way reads what it was.
    pub(super) is_read: bool,
    pub(super) open: Vec<Open>,
    /// What is known where ways lead elsewhere.
    pub(super) left: At,
}

impl Way<'_> {
    /// What is known behind `expr`, if `at` is before it.
    pub(super) fn expr(&mut self, at: At, expr: &Expr) -> At {
        match expr {
            _ if at == At::Nowhere => at,
            _ if is_conditional(expr) => self.other(at, expr),
            Expr::Assign(assign) if self.replaces(&assign.left) => {
                let at = self.expr(at, &assign.right);
                let at = self.targets(at, &assign.left);
                if at == At::Old { At::New } else { at }
            }
            Expr::Field(_) if uses::path_of(expr).is_some() => self.other(at, expr),
            Expr::Binary(binary) if matches!(binary.op, BinOp::And(_) | BinOp::Or(_)) => {
                let at = self.expr(at, &binary.left);
                self.expr(at, &binary.right).or(at)
            }
            Expr::Block(block) if block.label.is_some() => {
                let label = block.label.as_ref();
                self.inside(label, false, |own| own.block(at, &block.block))
            }
            Expr::Block(block) => self.block(at, &block.block),
            Expr::Unsafe(block) => self.block(at, &block.block),
            Expr::Loop(looped) => self.inside(looped.label.as_ref(), true, |own| {
                own.block(at, &looped.body);
                At::Nowhere // Only a jump leads out of it.
            }),
            Expr::While(looped) if !binds(&looped.cond, self.name) => {
                self.inside(looped.label.as_ref(), true, |own| {
                    let at = own.expr(at, &looped.cond);
                    own.block(at, &looped.body);
                    at
                })
            }
            Expr::ForLoop(looped) => self.for_loop(at, looped),
            Expr::If(branch) => self.branch(at, branch),
            Expr::Match(matched) => {
                let at = self.expr(at, &matched.expr);
                let arms = matched.arms.iter();
                arms.fold(At::Nowhere, |known, arm| known.or(self.arm(at, arm)))
            }
            Expr::Break(jump) => self.leave(at, jump),
            Expr::Return(jump) => {
                let value = jump.expr.as_deref();
                value.map(|value| self.expr(at, value));
                At::Nowhere
            }
            Expr::Continue(jump) => self.go_on(at, jump),
            Expr::Macro(mac) => self.called(at, expr, mac),
            other => match operands(other) {
                Some(operands) => operands
                    .into_iter()
                    .fold(at, |at, expr| self.expr(at, expr)),
                None => self.other(at, other),
            },
        }
    }

    fn block(&mut self, at: At, block: &Block) -> At {
        let mut at = at;
        let mut rest = block.stmts.as_slice();
        while let Some((stmt, behind)) = rest.split_first() {
            rest = behind;
            at = match stmt {
                Stmt::Local(local) => {
                    let init = local.init.as_ref();
                    let at = init.map_or(at, |init| {
                        let at = self.expr(at, &init.expr);
                        if let Some((_, otherwise)) = &init.diverge {
                            self.expr(at, otherwise);
                        }
                        at
                    });
                    if pattern::binds(&local.pat, self.name) {
                        return self.hidden(at, rest);
                    }
                    at
                }
                Stmt::Expr(expr, _) => self.expr(at, expr),
                Stmt::Macro(stmt) => self.expr(at, &macros::as_expr(stmt)),
                Stmt::Item(_) => at,
            };
        }
        at
    }

    fn for_loop(&mut self, at: At, looped: &ExprForLoop) -> At {
        let at = self.expr(at, &looped.expr);
        self.inside(looped.label.as_ref(), true, |own| {
            if pattern::binds(&looped.pat, own.name) {
                own.hidden(at, &looped.body.stmts);
            } else {
                own.block(at, &looped.body);
            }
            at
        })
    }

    fn branch(&mut self, at: At, branch: &ExprIf) -> At {
        let is_hidden = binds(&branch.cond, self.name);
        let at = match &*branch.cond {
            Expr::Binary(_) if is_hidden => self.other(at, &branch.cond),
            cond => self.expr(at, cond),
        };
        let then = if is_hidden {
            self.hidden(at, &branch.then_branch.stmts)
        } else {
            self.block(at, &branch.then_branch)
        };
        let otherwise = branch.else_branch.iter();
        then.or(otherwise.fold(at, |at, (_, otherwise)| self.expr(at, otherwise)))
    }

    fn arm(&mut self, at: At, arm: &Arm) -> At {
        if pattern::binds(&arm.pat, self.name) {
            let at = self.jumping(at, &arm.body);
            return if diverges::expr(&arm.body) {
                At::Nowhere
            } else {
                at
            };
        }
        let at = match &arm.pat {
            Pat::Guard(pat) => self.expr(at, &pat.guard).or(at),
            _ => at,
        };
        self.expr(at, &arm.body)
    }

    fn called(&mut self, at: At, expr: &Expr, mac: &ExprMacro) -> At {
        if let Some(matched) = macros::as_match(&mac.mac) {
            return self.expr(at, &Expr::Match(matched));
        }
        let Some(known) = macros::arguments(&mac.mac) else {
            return self.other(at, expr);
        };
        // What a format string names is read last, where nothing is replaced.
        self.is_read |= at == At::Old && known.captured().iter().any(|name| name == self.name);
        let mut all = at;
        for (index, expr) in known.exprs.iter().enumerate() {
            let behind = self.expr(all, expr);
            all = if index < known.eager {
                behind
            } else {
                all.or(behind)
            };
        }
        if diverges::expr(expr) {
            return At::Nowhere;
        }
        all
    }

    /// Code that is not followed.
    fn other(&mut self, at: At, expr: &Expr) -> At {
        self.is_read |= at == At::Old && (self.reads)(expr, self.name, self.fields);
        self.jumping(at, expr);
        if diverges::expr(expr) {
            At::Nowhere
        } else {
            at
        }
    }

    /// Statements that do not name it, but may jump.
    fn hidden(&mut self, at: At, stmts: &[Stmt]) -> At {
        let at = self.jumping(at, &quote!(#(#stmts)*));
        if diverges::stmts(stmts) {
            At::Nowhere
        } else {
            at
        }
    }

    /// Code that does not name it, but may jump.
    fn jumping(&mut self, at: At, code: &impl ToTokens) -> At {
        if jumps(code) { self.unknown(at) } else { at }
    }

    /// Whether an assignment to `left` replaces all of it.
    fn replaces(&self, left: &Expr) -> bool {
        match targets(left) {
            Some(inner) => inner.into_iter().any(|left| self.replaces(left)),
            None => uses::path_of(left).is_some_and(|(name, fields)| {
                name == self.name && self.fields.starts_with(&fields)
            }),
        }
    }

    /// The other targets of such an assignment.
    fn targets(&mut self, at: At, left: &Expr) -> At {
        match targets(left) {
            Some(inner) => inner
                .into_iter()
                .fold(at, |at, left| self.targets(at, left)),
            None if self.replaces(left) => at,
            None => self.expr(at, left),
        }
    }
}
