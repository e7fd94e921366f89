//! Whether code gives a variable its value before it reads it.

use syn::{BinOp, Block, Expr, Stmt};

use super::{conditional, diverges, macros, opaque, pattern, uses};

/// Whether each way through `expr` that comes to its end replaces the
/// variable `name`, and none reads it before.
pub(crate) fn first(name: &str, expr: &Expr) -> bool {
    Way(name).expr(expr) == Seen::Set
}

/// What `left` assigns to, if it takes a value apart: `(a, b.c) = ..`
pub(crate) fn targets(left: &Expr) -> Option<Vec<&Expr>> {
    Some(match left {
        Expr::Tuple(tuple) => tuple.elems.iter().collect(),
        Expr::Array(array) => array.elems.iter().collect(),
        Expr::Call(call) => call.args.iter().collect(),
        Expr::Struct(built) => built.fields.iter().map(|field| &field.expr).collect(),
        Expr::Paren(paren) => vec![&*paren.expr],
        Expr::Group(group) => vec![&*group.expr],
        _ => return None,
    })
}

/// What a way through code has done to the variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seen {
    Nothing,
    Set,
    /// It may have been read, or set on some of the ways only.
    Used,
    /// The way does not come to its end.
    Ends,
}

impl Seen {
    fn then(self, next: impl FnOnce() -> Self) -> Self {
        if self == Self::Nothing { next() } else { self }
    }

    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Ends, seen) | (seen, Self::Ends) => seen,
            (one, other) if one == other => one,
            _ => Self::Used,
        }
    }
}

/// Whether an assignment to `left` replaces the variable.
fn replaces(name: &str, left: &Expr) -> bool {
    match targets(left) {
        Some(inner) => inner.into_iter().any(|left| replaces(name, left)),
        None => matches!(left, Expr::Path(path) if path.path.is_ident(name)),
    }
}

/// What is evaluated in any case, one after the other, before `expr` has its
/// value.
fn operands(expr: &Expr) -> Option<Vec<&Expr>> {
    Some(match expr {
        Expr::Array(array) => array.elems.iter().collect(),
        Expr::Assign(assign) => vec![&*assign.right, &*assign.left],
        Expr::Binary(binary) if !matches!(binary.op, BinOp::And(_) | BinOp::Or(_)) => {
            vec![&*binary.left, &*binary.right]
        }
        Expr::Call(call) => [&*call.func].into_iter().chain(&call.args).collect(),
        Expr::Cast(cast) => vec![&*cast.expr],
        Expr::Field(field) => vec![&*field.base],
        Expr::MethodCall(call) => [&*call.receiver].into_iter().chain(&call.args).collect(),
        Expr::Reference(reference) => vec![&*reference.expr],
        Expr::Tuple(tuple) => tuple.elems.iter().collect(),
        Expr::Unary(unary) => vec![&*unary.expr],
        _ => return None,
    })
}

/// The name of the variable.
struct Way<'a>(&'a str);

impl Way<'_> {
    fn expr(&self, expr: &Expr) -> Seen {
        match expr {
            _ if conditional::is_conditional(expr) => self.other(expr),
            Expr::Assign(assign) if replaces(self.0, &assign.left) => {
                self.expr(&assign.right).then(|| Seen::Set)
            }
            Expr::Paren(paren) => self.expr(&paren.expr),
            Expr::Group(group) => self.expr(&group.expr),
            Expr::Block(block) if block.label.is_none() => self.block(&block.block),
            Expr::Unsafe(block) => self.block(&block.block),
            // It runs at least once.
            Expr::Loop(looped) => self.block(&looped.body),
            Expr::If(branch) if !matches!(*branch.cond, Expr::Let(_)) => {
                self.expr(&branch.cond).then(|| {
                    let otherwise = branch.else_branch.as_ref();
                    let otherwise = otherwise.map(|(_, otherwise)| self.expr(otherwise));
                    let then = self.block(&branch.then_branch);
                    then.or(otherwise.unwrap_or(Seen::Nothing))
                })
            }
            Expr::Match(matched) => self.expr(&matched.expr).then(|| {
                let bodies = matched.arms.iter().map(|arm| {
                    let hides = |pat| {
                        pattern::bindings(pat)
                            .iter()
                            .any(|bound| bound.ident == self.0)
                    };
                    if hides(&arm.pat) || matches!(arm.pat, syn::Pat::Guard(_)) {
                        self.other(&arm.body)
                    } else {
                        self.expr(&arm.body)
                    }
                });
                bodies.fold(Seen::Ends, Seen::or)
            }),
            // A jump may lead to where the old value is read.
            Expr::Break(_) | Expr::Continue(_) => Seen::Used,
            Expr::Macro(mac) if let Some(known) = macros::arguments(&mac.mac) => {
                self.sequence(&known.exprs)
            }
            other => match operands(other) {
                Some(operands) => self.sequence(operands),
                None => self.other(other),
            },
        }
    }

    fn sequence<'e>(&self, exprs: impl IntoIterator<Item = &'e Expr>) -> Seen {
        let mut seen = Seen::Nothing;
        for expr in exprs {
            seen = seen.then(|| self.expr(expr));
        }
        seen
    }

    fn block(&self, block: &Block) -> Seen {
        let mut seen = Seen::Nothing;
        for stmt in &block.stmts {
            seen = seen.then(|| match stmt {
                Stmt::Local(local) => {
                    let hides = pattern::bindings(&local.pat);
                    if hides.iter().any(|bound| bound.ident == self.0) {
                        return Seen::Used;
                    }
                    let init = local.init.as_ref();
                    init.map_or(Seen::Nothing, |init| match &init.diverge {
                        None => self.expr(&init.expr),
                        Some((_, otherwise)) => self
                            .other(&init.expr)
                            .then(|| self.expr(otherwise).or(Seen::Nothing)),
                    })
                }
                Stmt::Expr(expr, _) => self.expr(expr),
                Stmt::Macro(mac) if opaque::names(&mac.mac).contains(self.0) => Seen::Used,
                Stmt::Macro(mac)
                    if diverges::panics(&mac.mac) && !mac.attrs.iter().any(conditional::is_cfg) =>
                {
                    Seen::Ends
                }
                Stmt::Macro(_) | Stmt::Item(_) => Seen::Nothing,
            });
        }
        seen
    }

    fn other(&self, expr: &Expr) -> Seen {
        if uses::of_expr(expr).contains(self.0) {
            Seen::Used
        } else if diverges::expr(expr) {
            Seen::Ends
        } else {
            Seen::Nothing
        }
    }
}
