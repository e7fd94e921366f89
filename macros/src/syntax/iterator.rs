//! Methods of std that make an iterator over a borrowed value, by their names,
//! and have no other effect.

use syn::{Expr, RangeLimits};

/// Whether a method makes an iterator of what it borrows.
pub(crate) fn is_source(method: &str) -> bool {
    const METHODS: [&str; 20] = [
        "bytes",
        "char_indices",
        "chars",
        "chunks",
        "chunks_exact",
        "chunks_exact_mut",
        "chunks_mut",
        "iter",
        "iter_mut",
        "keys",
        "lines",
        "range",
        "range_mut",
        "rchunks",
        "split",
        "split_ascii_whitespace",
        "split_whitespace",
        "values",
        "values_mut",
        "windows",
    ];
    METHODS.contains(&method)
}

/// Whether an expression makes a value of its own, as far as it shows.
pub(crate) fn is_owned(expr: &Expr) -> bool {
    match expr {
        Expr::Await(_) | Expr::Call(_) | Expr::Macro(_) | Expr::Array(_) => true,
        Expr::Paren(paren) => is_owned(&paren.expr),
        Expr::Try(tried) => matches!(*tried.expr, Expr::Await(_)),
        Expr::MethodCall(call) => {
            let method = call.method.to_string();
            let word = method.split('_').next();
            matches!(word, Some("clone" | "cloned" | "collect" | "into" | "to"))
        }
        _ => false,
    }
}

/// Whether an expression is an iterator whose rest can be kept: of a list, or
/// a range with its end.
pub(crate) fn is_whole(expr: &Expr) -> bool {
    match expr {
        Expr::Paren(paren) => is_whole(&paren.expr),
        Expr::MethodCall(call) => call.method == "into_iter" || call.method == "iter",
        Expr::Range(range) => matches!(range.limits, RangeLimits::Closed(_)),
        _ => false,
    }
}

/// Whether a method makes another iterator of an iterator, without a closure.
pub(crate) fn is_adaptor(method: &str) -> bool {
    const METHODS: [&str; 7] = [
        "chain",
        "enumerate",
        "rev",
        "skip",
        "step_by",
        "take",
        "zip",
    ];
    METHODS.contains(&method)
}

/// The places that the iterators in `expr` go over.
pub(crate) fn sources(expr: &Expr) -> Vec<&Expr> {
    match expr {
        Expr::Paren(paren) => sources(&paren.expr),
        Expr::Reference(reference) => vec![&*reference.expr],
        Expr::MethodCall(call) => {
            let mut found = if is_source(&call.method.to_string()) {
                vec![&*call.receiver]
            } else {
                sources(&call.receiver)
            };
            found.extend(call.args.iter().flat_map(sources));
            found
        }
        _ => Vec::new(),
    }
}
