//! Statics whose value can change, and how.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{ItemStatic, Macro, StaticMutability};

/// How a static can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Static {
    /// Whenever somebody writes it.
    Written,
    /// When it is first used.
    Filled,
}

/// Types that fill a static when it is first used.
const FILLED: &[&str] = &["LazyLock", "OnceLock", "OnceCell", "Lazy", "LazyCell"];

/// Types that make a static changeable. Those that begin with `Atomic` do so
/// too.
const CHANGEABLE: &[&str] = &[
    "Mutex",
    "RwLock",
    "Cell",
    "RefCell",
    "UnsafeCell",
    "ArcSwap",
    "DashMap",
];

/// How a static can change, if it can.
pub(super) fn kind(item: &ItemStatic) -> Option<Static> {
    let words = idents(item.ty.to_token_stream());
    let has = |types: &[&str]| words.iter().any(|word| types.contains(&word.as_str()));
    let is_mut = matches!(item.mutability, StaticMutability::Mut(_));
    let is_atomic = words.iter().any(|word| word.starts_with("Atomic"));
    if is_mut || is_atomic || has(CHANGEABLE) {
        return Some(Static::Written);
    }
    has(FILLED).then_some(Static::Filled)
}

/// The static that a macro makes.
pub(super) fn in_macro(mac: &Macro) -> Option<(String, Static)> {
    let kind = match mac.path.segments.last()?.ident.to_string().as_str() {
        "thread_local" => Static::Written,
        "lazy_static" => Static::Filled,
        _ => return None,
    };
    let words = idents(mac.tokens.clone());
    let after = words.into_iter().skip_while(|word| word != "static");
    let mut names = after.skip(1).filter(|word| word != "ref" && word != "mut");
    Some((names.next()?, kind))
}

/// All identifiers in `tokens`, in order.
fn idents(tokens: TokenStream) -> Vec<String> {
    tokens
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Ident(ident) => vec![ident.to_string()],
            TokenTree::Group(group) => idents(group.stream()),
            TokenTree::Punct(_) | TokenTree::Literal(_) => Vec::new(),
        })
        .collect()
}
