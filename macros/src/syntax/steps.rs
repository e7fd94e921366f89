//! How a variable that is an iterator can be kept, by the names of the methods that make it
//! and of those that ask it for items.

use syn::Expr;

use super::iterator::is_adaptor;

/// Whether a variable of such an iterator can be stored as what is left of it.
pub(crate) fn has_form(expr: &Expr) -> bool {
    match expr {
        Expr::Paren(paren) => has_form(&paren.expr),
        Expr::Range(_) => true,
        Expr::MethodCall(call) => match call.method.to_string().as_str() {
            "peekable" | "rev" => has_form(&call.receiver),
            "iter"
            | "into_iter"
            | "chars"
            | "char_indices"
            | "lines"
            | "split"
            | "split_whitespace"
            | "split_ascii_whitespace" => true,
            _ => false,
        },
        _ => false,
    }
}

/// Whether an expression is one over a place that std alone gives, under such a name.
pub(crate) fn is_over(expr: &Expr) -> bool {
    const METHODS: [&str; 4] = ["chunks", "chunks_exact", "rchunks", "windows"];
    let Expr::MethodCall(call) = expr else {
        return false;
    };
    let method = call.method.to_string();
    METHODS.contains(&method.as_str()) || is_adaptor(&method) && is_over(&call.receiver)
}

/// Whether a method of an iterator does the same for each item, and remembers no more than
/// how many there were.
pub(crate) fn is_step(method: &str) -> bool {
    matches!(
        method,
        "enumerate" | "filter" | "filter_map" | "inspect" | "map"
    )
}

/// Whether a method asks an iterator for items, and not for what it is.
pub(crate) fn asks(method: &str) -> bool {
    const METHODS: [&str; 17] = [
        "all",
        "any",
        "collect",
        "count",
        "find",
        "find_map",
        "fold",
        "last",
        "max",
        "max_by_key",
        "min",
        "min_by_key",
        "next",
        "nth",
        "position",
        "product",
        "sum",
    ];
    METHODS.contains(&method)
}
