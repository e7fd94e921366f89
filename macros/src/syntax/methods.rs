//! What a method does to its receiver, as far as its name tells. Names of std
//! keep to this; a user's own that do not are found out by rustc.

/// Whether a method only reads its receiver. A user's own `get_next` may not, so of
/// most names only those of std count; the others keep to what they begin with.
pub(crate) fn reads(method: &str) -> bool {
    const METHODS: [&str; 29] = [
        "capacity",
        "char_indices",
        "chars",
        "clone",
        "cmp",
        "eq",
        "first",
        "first_key_value",
        "get",
        "get_key_value",
        "is_ascii",
        "is_empty",
        "is_err",
        "is_err_and",
        "is_negative",
        "is_none",
        "is_none_or",
        "is_ok",
        "is_ok_and",
        "is_positive",
        "is_some",
        "is_some_and",
        "iter",
        "keys",
        "last",
        "last_key_value",
        "len",
        "lines",
        "values",
    ];
    const WORDS: [&str; 6] = ["as", "contains", "ends", "starts", "to", "trim"];
    let begins = WORDS.contains(&first_word(method));
    METHODS.contains(&method) || begins && !method.split('_').any(|word| word == "mut")
}

/// Whether a method leaves its receiver as it is: it reads it, or computes with
/// the number that it is.
pub(crate) fn leaves(method: &str) -> bool {
    const METHODS: [&str; 6] = ["abs", "clamp", "max", "min", "pow", "signum"];
    const FORMS: [&str; 4] = ["checked", "overflowing", "saturating", "wrapping"];
    const OPERATIONS: [&str; 10] = [
        "abs", "add", "div", "mul", "neg", "pow", "rem", "shl", "shr", "sub",
    ];
    let mut words = method.split('_');
    let mut is_next = |known: &[&str]| words.next().is_some_and(|word| known.contains(&word));
    let computes = METHODS.contains(&method) || is_next(&FORMS) && is_next(&OPERATIONS);
    computes || reads(method)
}

/// Whether a method borrows its receiver, to read it or to change it.
pub(crate) fn borrows(method: &str) -> bool {
    const WORDS: [&str; 8] = [
        "clear", "entry", "extend", "insert", "pop", "push", "remove", "sort",
    ];
    let begins = begins_as_reading(method) || WORDS.contains(&first_word(method));
    begins || method.ends_with("_mut")
}

fn begins_as_reading(method: &str) -> bool {
    const WORDS: [&str; 20] = [
        "as", "capacity", "chars", "clone", "cmp", "contains", "ends", "eq", "first", "get", "is",
        "iter", "keys", "last", "len", "lines", "starts", "to", "trim", "values",
    ];
    WORDS.contains(&first_word(method))
}

/// Whether a method gives a borrow of its receiver, or of a part of it.
pub(crate) fn is_projection(method: &str) -> bool {
    const METHODS: [&str; 5] = [
        "as_deref",
        "as_deref_mut",
        "as_mut",
        "as_mut_slice",
        "as_ref",
    ];
    METHODS.contains(&method) || gives_borrow(method)
}

/// Whether a method gives a shared borrow, and no option of one.
pub(crate) fn gives_borrow(method: &str) -> bool {
    const METHODS: [&str; 7] = [
        "as_bytes",
        "as_path",
        "as_slice",
        "as_str",
        "trim",
        "trim_end",
        "trim_start",
    ];
    METHODS.contains(&method)
}

/// Whether a method gives a borrow of the part that its arguments say, to
/// change it, or an option of one, or two of them.
pub(crate) fn picks_mut(method: &str) -> bool {
    const METHODS: [&str; 8] = [
        "back_mut",
        "first_mut",
        "front_mut",
        "get_mut",
        "last_mut",
        "split_at_mut",
        "split_first_mut",
        "split_last_mut",
    ];
    METHODS.contains(&method)
}

/// Whether a method gives a place in a collection or an option, and makes one if there is
/// none.
pub(crate) fn enters(method: &str) -> bool {
    matches!(
        method,
        "entry" | "get_or_insert" | "or_default" | "or_insert"
    )
}

/// Whether a method gives what is in an option or a result.
pub(crate) fn unwraps(method: &str) -> bool {
    matches!(method, "expect" | "unwrap")
}

/// Whether a method says what is wrong if an option is empty.
pub(crate) fn explains(method: &str) -> bool {
    matches!(method, "ok_or" | "ok_or_else")
}

/// Whether a method of std of this name gives a shared borrow, or an option of
/// one.
pub(crate) fn lends(method: &str) -> bool {
    const METHODS: [&str; 25] = [
        "back",
        "find",
        "first",
        "first_key_value",
        "front",
        "get",
        "get_key_value",
        "last",
        "last_key_value",
        "max",
        "max_by",
        "max_by_key",
        "min",
        "min_by",
        "min_by_key",
        "next",
        "next_back",
        "nth",
        "peek",
        "rsplit_once",
        "split_first",
        "split_last",
        "split_once",
        "strip_prefix",
        "strip_suffix",
    ];
    METHODS.contains(&method) || is_projection(method) && !method.ends_with("_mut")
}

/// Whether a method of std of this name gives a value without borrows.
pub(crate) fn gives_owned(method: &str) -> bool {
    const WORDS: [&str; 18] = [
        "abs",
        "all",
        "any",
        "checked",
        "cmp",
        "contains",
        "count",
        "ends",
        "eq",
        "into",
        "is",
        "len",
        "position",
        "pow",
        "saturating",
        "starts",
        "to",
        "wrapping",
    ];
    method != "into_iter" && WORDS.contains(&first_word(method))
}

/// Whether a method puts its arguments into a collection.
pub(crate) fn fills(method: &str) -> bool {
    const METHODS: [&str; 6] = [
        "entry",
        "insert",
        "or_insert",
        "push",
        "push_back",
        "push_front",
    ];
    METHODS.contains(&method)
}

/// Whether a method gives what its receiver or an argument was.
pub(crate) fn passes_on(method: &str) -> bool {
    const METHODS: [&str; 12] = [
        "and_then",
        "expect",
        "filter",
        "map",
        "ok",
        "ok_or",
        "ok_or_else",
        "or",
        "or_else",
        "unwrap",
        "unwrap_or",
        "unwrap_or_else",
    ];
    METHODS.contains(&method)
}

fn first_word(method: &str) -> &str {
    method.split('_').next().unwrap_or_default()
}
