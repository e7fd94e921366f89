//! Values with awaits inside.
//!
//! ```text
//! f(a(), b().await?, c)   =>   let t0 = a(); let t1 = b().await;   f(t0, t1?, c)
//! ```

use syn::spanned::Spanned;
use syn::{Block, Expr, ExprMacro, ExprReturn, Type, parse_quote_spanned};

use super::operands::{Read, temporary};
use super::{Dest, Desugar, points};
use crate::ids::LocalId;
use crate::model::{Bind, Labelled, Point, Role, Stmt};
use crate::names;
use crate::syntax::spans::first_span;
use crate::syntax::{awaits, fork, macros, made, place, writes};

impl Desugar {
    /// Lowers `expr` and sends its value to `dest`.
    pub(super) fn lower_to(&mut self, expr: &Expr, dest: Dest) {
        if !awaits::in_expr(expr) {
            return self.finish(expr, dest);
        }
        if let Some(value) = self.headed(expr) {
            return self.finish(&value, dest);
        }
        match expr {
            Expr::If(branch) => self.branch(branch, dest),
            Expr::Match(matched) => self.matched(matched, dest),
            Expr::Block(block) => match &block.label {
                None => {
                    let body = self.block(&block.block, dest);
                    self.push(Stmt::Scope(body));
                }
                Some(label) => self.labelled(&label.name.ident.to_string(), &block.block, dest),
            },
            Expr::Unsafe(block) => {
                let mut body = self.block(&block.block, dest);
                body.is_unsafe = true;
                self.push(Stmt::Scope(body));
            }
            Expr::Loop(looped) => self.looped(looped, dest),
            Expr::While(looped) => self.while_loop(looped, dest),
            Expr::ForLoop(looped) => self.for_loop(looped, dest),
            Expr::Assign(assign) => {
                self.assign(assign);
                self.finish_unit(first_span(&assign.left), dest);
            }
            Expr::Paren(paren) => self.lower_to(&paren.expr, dest),
            Expr::Group(group) => self.lower_to(&group.expr, dest),
            _ => {
                let value = self.value(expr);
                self.finish(&value, dest);
            }
        }
    }

    /// Lowers `expr` to statements and an expression without awaits.
    pub(super) fn value(&mut self, expr: &Expr) -> Expr {
        self.typed_value(expr, None)
    }

    /// The same; `ty` is the type that a branch's value is declared with.
    pub(super) fn typed_value(&mut self, expr: &Expr, ty: Option<&Type>) -> Expr {
        if !awaits::in_expr(expr) {
            return expr.clone();
        }
        match expr {
            Expr::Await(awaited) => {
                let op = self.value(&awaited.base);
                self.wait(&op, &awaited.base, awaited.await_token.span)
            }
            Expr::If(_)
            | Expr::Match(_)
            | Expr::Block(_)
            | Expr::Unsafe(_)
            | Expr::Loop(_)
            | Expr::While(_)
            | Expr::ForLoop(_) => self.branch_value(expr, ty),
            Expr::Paren(paren) => {
                let mut lowered = paren.clone();
                *lowered.expr = self.typed_value(&paren.expr, ty);
                Expr::Paren(lowered)
            }
            Expr::Group(group) => {
                let mut lowered = group.clone();
                *lowered.expr = self.typed_value(&group.expr, ty);
                Expr::Group(lowered)
            }
            Expr::Macro(mac) => match macros::as_match(&mac.mac) {
                Some(matched) => self.branch_value(&Expr::Match(matched), ty),
                None => self.macro_value(mac),
            },
            Expr::Binary(binary) => self.binary(binary, expr),
            Expr::Call(call) if let Some(kind) = fork::of(call) => self.fork(call, kind),
            Expr::Assign(assign) => {
                self.assign(assign);
                made::unit(first_span(&assign.left))
            }
            Expr::Return(returned) => self.returned(returned, expr),
            Expr::Break(jump) => {
                let mut jump = jump.clone();
                if let Some(value) = &mut jump.expr {
                    **value = self.value(value);
                }
                Expr::Break(jump)
            }
            Expr::Array(_)
            | Expr::Call(_)
            | Expr::Cast(_)
            | Expr::Field(_)
            | Expr::Index(_)
            | Expr::MethodCall(_)
            | Expr::Range(_)
            | Expr::Reference(_)
            | Expr::Repeat(_)
            | Expr::Struct(_)
            | Expr::Try(_)
            | Expr::Tuple(_)
            | Expr::Unary(_) => self.operands_of(expr),
            // `branch` takes conditions apart, and rustc takes `let` nowhere else.
            Expr::Let(_) => expr.clone(),
            _ => unreachable!("check::waits refuses awaits in other expressions"),
        }
    }

    fn returned(&mut self, returned: &ExprReturn, whole: &Expr) -> Expr {
        let value = returned.expr.as_ref();
        let value = value.expect("only its value can hold an await");
        self.lower_to(value, Dest::Return);
        never(whole)
    }

    /// `op.await`: the outcome in a temporary.
    fn wait(&mut self, op: &Expr, source: &Expr, span: proc_macro2::Span) -> Expr {
        let code = self.code(op);
        let (label, given) = points::label(source);
        let twins = u16::from(!given);
        let op_span = first_span(source);
        let point = self.points.push(Point {
            label,
            twins,
            span,
            op_span,
            role: Role::Await,
        });
        let (into, outcome) = self.temp(source.span(), None);
        self.awaited.insert(into, (op_span, span));
        self.push(Stmt::Await {
            into,
            op: code,
            point,
        });
        outcome
    }

    /// The value of a branch, loop or block, in a temporary.
    fn branch_value(&mut self, expr: &Expr, ty: Option<&Type>) -> Expr {
        if let Some(value) = self.headed(expr) {
            return value;
        }
        let (dest, value) = self.declare(expr.span(), ty);
        self.ask(&[dest], ty, Some(expr));
        self.lower_to(expr, Dest::Local(dest));
        value
    }

    /// A temporary that is assigned later.
    pub(super) fn declare(
        &mut self,
        span: proc_macro2::Span,
        ty: Option<&Type>,
    ) -> (LocalId, Expr) {
        let (local, value) = self.temp(span, ty.cloned());
        let pat = made::binding(&self.locals[local].ident);
        self.push(Stmt::Bind(Box::new(Bind {
            ty: ty.cloned(),
            ..temporary(local, pat, None)
        })));
        (local, value)
    }

    /// `'label: { .. }`
    fn labelled(&mut self, label: &str, block: &Block, dest: Dest) {
        let construct = self.construct();
        let target = self.target(construct, Some(label.to_owned()), false, dest);
        self.targets.push(target);
        let body = self.block(block, dest);
        self.targets.pop();
        self.push(Stmt::Labelled(Labelled { construct, body }));
    }

    /// `lhs = rhs`: rustc evaluates the right side first.
    ///
    /// It is a statement of its own, so that liveness sees that it replaces the
    /// variable.
    fn assign(&mut self, assign: &syn::ExprAssign) {
        let mut lowered = assign.clone();
        if awaits::in_expr(&assign.left) {
            let right = self.value(&assign.right);
            *lowered.right = self.spill(&right);
            *lowered.left = self.value(&assign.left);
        } else {
            *lowered.right = self.value(&assign.right);
        }
        let (code, sets) = self.assigning(&Expr::Assign(lowered));
        self.push(Stmt::Run { code, sets });
    }

    fn binary(&mut self, binary: &syn::ExprBinary, whole: &Expr) -> Expr {
        match binary.op {
            syn::BinOp::And(_) | syn::BinOp::Or(_) if awaits::in_expr(&binary.right) => {
                self.short_circuit(binary)
            }
            op if writes::assigns(&op) => {
                let mut lowered = binary.clone();
                *lowered.right = self.value(&binary.right);
                if awaits::in_expr(&binary.left) {
                    *lowered.right = self.spill(&lowered.right);
                    *lowered.left = self.value(&binary.left);
                }
                if awaits::in_expr(&binary.right)
                    && place::of(&binary.left).is_none()
                    && !self.is_any_time(&binary.left, &binary.right)
                {
                    // The right side comes first, if the type is a number's.
                    let (span, left) = (binary.left.span(), &lowered.left);
                    let runtime = names::runtime_as_written(span);
                    *lowered.left =
                        parse_quote_spanned!(span=> *#runtime::Number::number(&mut #left));
                }
                Expr::Binary(lowered)
            }
            _ => self.operands_of(whole),
        }
    }

    /// The arguments of a macro that we know.
    fn macro_value(&mut self, mac: &ExprMacro) -> Expr {
        let arguments = macros::arguments(&mac.mac).expect("gate 1 refuses awaits in other macros");
        let (eager, lazy) = arguments
            .exprs
            .split_at(arguments.eager.min(arguments.exprs.len()));
        // All but `vec!` borrow their arguments.
        let read = if mac.mac.path.is_ident("vec") {
            Read::ByValue
        } else {
            Read::Borrowed
        };
        let mut exprs = self.operands(eager, read);
        exprs.extend(lazy.iter().cloned());
        let mut lowered = mac.clone();
        lowered.mac.tokens = arguments.rebuild(&exprs);
        Expr::Macro(lowered)
    }
}

/// What remains of an expression that never has a value.
fn never(expr: &Expr) -> Expr {
    let diverge = super::code::unreachable_code(expr.span()).tokens;
    parse_quote_spanned!(expr.span()=> #diverge)
}
