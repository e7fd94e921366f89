//! Methods of std that make an iterator over a borrowed value, by their names,
//! and have no other effect.

use syn::{Expr, ExprReference, RangeLimits, parse_quote_spanned};

use super::place;

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

/// `&place`, `&mut place`, `place.iter()`, `place.iter_mut()`, and the last
/// two with `.enumerate()`: the borrow to walk over, and whether to count.
pub(crate) fn borrowed(expr: &Expr) -> Option<(Expr, bool)> {
    match expr {
        Expr::Reference(reference) if place::of(&reference.expr).is_some() => {
            Some((expr.clone(), false))
        }
        Expr::Paren(paren) => borrowed(&paren.expr),
        Expr::MethodCall(call) if call.args.is_empty() && call.turbofish.is_none() => {
            let base = &call.receiver;
            let span = call.method.span();
            match call.method.to_string().as_str() {
                "iter" if place::of(base).is_some() => {
                    Some((parse_quote_spanned!(span=> &#base), false))
                }
                "iter_mut" if place::of(base).is_some() => {
                    Some((parse_quote_spanned!(span=> &mut #base), false))
                }
                "enumerate" => match (&**base, borrowed(base)?) {
                    (Expr::MethodCall(_), (place, false)) => Some((place, true)),
                    _ => None,
                },
                _ => None,
            }
        }
        _ => None,
    }
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
        Expr::MethodCall(call) if call.method == "peekable" || call.method == "rev" => {
            matches!(*call.receiver, Expr::MethodCall(_)) && is_whole(&call.receiver)
        }
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

/// Whether an expression surely makes an iterator: what a type of the user's calls
/// `values` may be a list.
pub(crate) fn is_made(expr: &Expr) -> bool {
    const METHODS: [&str; 6] = [
        "bytes",
        "char_indices",
        "chars",
        "into_iter",
        "iter",
        "iter_mut",
    ];
    match expr {
        Expr::Range(_) => true,
        Expr::Paren(paren) => is_made(&paren.expr),
        Expr::MethodCall(call) => {
            let method = call.method.to_string();
            METHODS.contains(&method.as_str())
                || wraps(&method) && is_iterator(&call.receiver)
                || has_closure(expr)
        }
        _ => false,
    }
}

/// Whether an expression is an iterator with a closure in it, of which no two have
/// the same type.
pub(crate) fn has_closure(expr: &Expr) -> bool {
    holds_closure(expr, &is_iterator)
}

/// The same where only a type could say that it is an iterator, and not an option.
pub(crate) fn may_have_closure(expr: &Expr) -> bool {
    holds_closure(expr, &|_| true)
}

/// Whether a method makes another iterator of an iterator, maybe with a closure.
pub(crate) fn wraps(method: &str) -> bool {
    is_adaptor(method) || is_lazy(method) || is_plain(method)
}

/// Whether a method wraps an iterator, and takes nothing.
fn is_plain(method: &str) -> bool {
    matches!(method, "peekable" | "fuse" | "cloned" | "copied")
}

/// Whether a method makes an iterator that calls a closure for its items.
fn is_lazy(method: &str) -> bool {
    const METHODS: [&str; 9] = [
        "filter",
        "filter_map",
        "flat_map",
        "inspect",
        "map",
        "map_while",
        "scan",
        "skip_while",
        "take_while",
    ];
    METHODS.contains(&method)
}

fn holds_closure(expr: &Expr, is_iterator: &dyn Fn(&Expr) -> bool) -> bool {
    let Expr::MethodCall(call) = expr else {
        return false;
    };
    let (method, receiver) = (call.method.to_string(), &call.receiver);
    if is_lazy(&method) {
        return is_iterator(receiver) || holds_closure(receiver, is_iterator);
    }
    (is_adaptor(&method) || is_plain(&method)) && holds_closure(receiver, is_iterator)
}

/// Whether an expression is an iterator without closures.
fn is_iterator(expr: &Expr) -> bool {
    let Expr::MethodCall(call) = expr else {
        return matches!(expr, Expr::Paren(paren) if matches!(*paren.expr, Expr::Range(_)));
    };
    let method = call.method.to_string();
    method == "into_iter"
        || is_source(&method)
        || is_adaptor(&method) && is_iterator(&call.receiver)
}

/// Whether a method gives one of the items of an iterator.
pub(crate) fn chooses(method: &str) -> bool {
    const METHODS: [&str; 11] = [
        "find",
        "last",
        "max",
        "max_by",
        "max_by_key",
        "min",
        "min_by",
        "min_by_key",
        "next",
        "next_back",
        "nth",
    ];
    METHODS.contains(&method)
}

/// Whether an iterator gives borrows of all that a place holds, to change it: `&mut place`
/// and `place.iter_mut()`. Of a map these are pairs of borrows.
pub(crate) fn borrows_to_change(expr: &Expr) -> bool {
    borrowed(expr).is_some_and(|(place, enumerated)| {
        let is_mutable = |place: &ExprReference| place.mutability.is_some();
        !enumerated && matches!(&place, Expr::Reference(place) if is_mutable(place))
    })
}

/// Whether a method makes an iterator with a closure that gives some of the same items.
pub(crate) fn keeps_items(method: &str) -> bool {
    const METHODS: [&str; 5] = ["filter", "inspect", "rev", "skip_while", "take_while"];
    METHODS.contains(&method) || matches!(method, "skip" | "step_by" | "take")
}

/// Whether an iterator goes over one place, to change what is there.
pub(crate) fn is_exclusive(expr: &Expr) -> bool {
    match expr {
        Expr::Paren(paren) => is_exclusive(&paren.expr),
        Expr::MethodCall(call) => {
            let method = call.method.to_string();
            let is_source = is_source(&method) && method.ends_with("_mut");
            is_source || method != "zip" && method != "chain" && is_exclusive(&call.receiver)
        }
        _ => false,
    }
}
