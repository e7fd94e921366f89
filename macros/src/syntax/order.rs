//! What is evaluated in an expression, one after the other, and where it may
//! go from there.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{BinOp, Expr, ExprBinary, Member};

use super::pattern;
use super::uses::{self, Found};

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

/// What `left = right` assigns to, each with its value, or with what that is taken out
/// of: `(a, b) = (1, f())` is `a = 1` and `b = f()`.
pub(crate) fn assigned<'e>(left: &'e Expr, right: &'e Expr) -> Vec<(&'e Expr, &'e Expr)> {
    let Some(inner) = targets(left) else {
        return vec![(left, right)];
    };
    let values = match (left, right) {
        (Expr::Tuple(_), Expr::Tuple(_)) | (Expr::Array(_), Expr::Array(_)) => targets(right),
        _ => None,
    };
    let values = values.filter(|values| values.len() == inner.len());
    let values = values.unwrap_or_else(|| vec![right; inner.len()]);
    let pairs = inner.into_iter().zip(values);
    pairs
        .flat_map(|(left, right)| assigned(left, right))
        .collect()
}

/// The conditions that `&&` joins at the top of `cond`, left to right.
pub(crate) fn conjuncts(cond: &Expr) -> Vec<&Expr> {
    match cond {
        Expr::Binary(ExprBinary {
            left,
            op: BinOp::And(_),
            right,
            ..
        }) => {
            let mut all = conjuncts(left);
            all.extend(conjuncts(right));
            all
        }
        other => vec![other],
    }
}

/// What is evaluated in any case, one after the other, before `expr` has its
/// value.
pub(super) fn operands(expr: &Expr) -> Option<Vec<&Expr>> {
    Some(match expr {
        Expr::Array(array) => array.elems.iter().collect(),
        Expr::Assign(assign) => vec![&*assign.right, &*assign.left],
        Expr::Binary(binary) => vec![&*binary.left, &*binary.right],
        Expr::Call(call) => [&*call.func].into_iter().chain(&call.args).collect(),
        Expr::Cast(cast) => vec![&*cast.expr],
        Expr::Field(field) => vec![&*field.base],
        Expr::Group(group) => vec![&*group.expr],
        Expr::Index(index) => vec![&*index.expr, &*index.index],
        Expr::Let(bound) => vec![&*bound.expr],
        Expr::MethodCall(call) => [&*call.receiver].into_iter().chain(&call.args).collect(),
        Expr::Paren(paren) => vec![&*paren.expr],
        Expr::Range(range) => {
            let ends = range.start.iter().chain(&range.end);
            ends.map(|end| &**end).collect()
        }
        Expr::Reference(reference) => vec![&*reference.expr],
        Expr::Repeat(repeat) => vec![&*repeat.expr],
        // Who leaves the flow reads nothing any more.
        Expr::Try(tried) => vec![&*tried.expr],
        Expr::Struct(built) => {
            let fields = built.fields.iter().map(|field| &field.expr);
            fields.chain(built.rest.as_deref()).collect()
        }
        Expr::Tuple(tuple) => tuple.elems.iter().collect(),
        Expr::Unary(unary) => vec![&*unary.expr],
        _ => return None,
    })
}

/// Whether a `let` of a condition binds `name`.
pub(super) fn binds(cond: &Expr, name: &str) -> bool {
    match cond {
        Expr::Let(bound) => pattern::binds(&bound.pat, name),
        Expr::Binary(binary) => binds(&binary.left, name) || binds(&binary.right, name),
        Expr::Paren(paren) => binds(&paren.expr, name),
        Expr::Group(group) => binds(&group.expr, name),
        _ => false,
    }
}

/// Whether code that does not replace all of what lies at `at` of the variable
/// `name` reads it, or changes it.
pub(super) fn touches(expr: &Expr, name: &str, at: &[Member]) -> bool {
    let Found {
        paths, replaced, ..
    } = uses::found(expr);
    let meets = |fields: &[Member]| fields.iter().zip(at).all(|(one, other)| one == other);
    let mut read = paths.get(name).into_iter().flatten();
    let mut replaced = replaced.get(name).into_iter().flatten();
    read.any(|(_, fields)| meets(fields))
        || replaced.any(|(_, fields)| fields.len() > at.len() && meets(fields))
}

/// Whether code names just what lies at `at` of the variable `name`.
pub(super) fn names(expr: &Expr, name: &str, at: &[Member]) -> bool {
    let used = uses::found(expr).paths;
    let used = used.get(name);
    used.is_some_and(|used| used.contains_key(&uses::path_name(at)))
}

/// Whether there may be a jump in `code`.
pub(super) fn jumps(code: &impl ToTokens) -> bool {
    fn found(tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Group(group) => found(group.stream()),
            TokenTree::Ident(word) => word == "break" || word == "continue",
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        })
    }
    found(code.to_token_stream())
}
