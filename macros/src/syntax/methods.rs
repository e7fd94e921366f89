//! What a method does to its receiver, as far as its name tells. Names of std
//! keep to this; a user's own that do not are found out by rustc.

/// Whether a method only reads its receiver.
pub(crate) fn reads(method: &str) -> bool {
    const WORDS: [&str; 20] = [
        "as", "capacity", "chars", "clone", "cmp", "contains", "ends", "eq", "first", "get", "is",
        "iter", "keys", "last", "len", "lines", "starts", "to", "trim", "values",
    ];
    !method.ends_with("_mut") && WORDS.contains(&first_word(method))
}

/// Whether a method borrows its receiver, to read it or to change it.
pub(crate) fn borrows(method: &str) -> bool {
    const WORDS: [&str; 8] = [
        "clear", "entry", "extend", "insert", "pop", "push", "remove", "sort",
    ];
    reads(method) || method.ends_with("_mut") || WORDS.contains(&first_word(method))
}

fn first_word(method: &str) -> &str {
    method.split('_').next().unwrap_or_default()
}
