//! Names of compiled functions, as people and rules know them.
//!
//! In: a mangled symbol. Out: its path, and the plain path that rules are
//! written in: without type arguments, with a method under its type.

use rustc_demangle::demangle;

/// The path of a symbol, without the hash: `<dep::Sys as dep::Clock>::now`.
pub(crate) fn path(symbol: &str) -> String {
    // LLVM adds a suffix to what it splits or copies.
    format!("{:#}", demangle(symbol))
}

/// The path under which rules know it: `std::time::SystemTime::now` for
/// `<std::time::SystemTime>::now`, `uuid::Uuid::new_v4` for
/// `uuid::v4::<impl uuid::Uuid>::new_v4`, and `dep::Sys::now` for
/// `<dep::Sys as dep::Clock>::now`.
pub(crate) fn plain(path: &str) -> String {
    let mut out = String::new();
    let mut rest = path;
    while let Some(start) = rest.find('<') {
        let (before, inner) = rest.split_at(start);
        let length = closing(inner);
        let (Some(group), Some(after)) = (inner.get(1..length), inner.get(length + 1..)) else {
            break;
        };
        out.push_str(before);
        if let Some(ty) = group.strip_prefix("impl ") {
            out = subject(ty);
        } else if out.is_empty() {
            out = subject(group);
        } else {
            // Type arguments: `Vec<T>`, `Vec::<T>`.
            out.truncate(out.trim_end_matches("::").len());
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The type that `T` or `T as Trait` or `Trait for T` is about.
fn subject(group: &str) -> String {
    let depth_zero = |needle: &str| {
        let mut depth = 0_usize;
        group.char_indices().find_map(|(at, c)| {
            match c {
                '<' | '(' | '[' => depth += 1,
                '>' | ')' | ']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            (depth == 0 && group.get(at..)?.starts_with(needle)).then_some(at)
        })
    };
    if let Some(at) = depth_zero(" as ") {
        return plain(group.get(..at).unwrap_or(group));
    }
    if let Some(at) = depth_zero(" for ") {
        return plain(group.get(at + " for ".len()..).unwrap_or(group));
    }
    plain(group)
}

/// Where the bracket that `text` begins with is closed.
fn closing(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut last = ' ';
    for (at, c) in text.char_indices() {
        match c {
            '<' => depth += 1,
            // Not the arrow of a function's type.
            '>' if last != '-' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
        last = c;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn rules_know_functions_by_plain_paths() {
        for (path, known) in [
            ("dep::stamp", "dep::stamp"),
            ("<std::time::SystemTime>::now", "std::time::SystemTime::now"),
            ("uuid::v4::<impl uuid::Uuid>::new_v4", "uuid::Uuid::new_v4"),
            ("<dep::Sys as dep::Clock>::now", "dep::Sys::now"),
            (
                "std::collections::hash::map::HashMap<K,V>::new",
                "std::collections::hash::map::HashMap::new",
            ),
            (
                "<std::collections::hash::map::HashMap<u8, u8>>::iter",
                "std::collections::hash::map::HashMap::iter",
            ),
            (
                "<alloc::vec::Vec<T> as core::iter::FromIterator<fn(A) -> B>>::from_iter",
                "alloc::vec::Vec::from_iter",
            ),
            (
                "core::ops::function::FnOnce::call_once{{vtable.shim}}",
                "core::ops::function::FnOnce::call_once{{vtable.shim}}",
            ),
            ("a::b::<T>::c::{{closure}}", "a::b::c::{{closure}}"),
        ] {
            assert_eq!(plain(path), known);
        }
    }
}
