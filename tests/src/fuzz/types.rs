//! The types of values in random bodies.

/// A type of owned values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ty {
    Int,
    Bool,
    Index,
    Text,
    Ints,
    Texts,
    MaybeInt,
    MaybeText,
    Checked,
    Pair,
    Rec,
    Deep,
    Choice,
    Map,
    Triple,
}

impl Ty {
    /// Those that a `let` or an argument has.
    pub(super) const COMMON: [Self; 18] = [
        Self::Int,
        Self::Int,
        Self::Int,
        Self::Bool,
        Self::Text,
        Self::Text,
        Self::Ints,
        Self::Texts,
        Self::MaybeInt,
        Self::MaybeText,
        Self::Checked,
        Self::Pair,
        Self::Rec,
        Self::Deep,
        Self::Deep,
        Self::Choice,
        Self::Map,
        Self::Triple,
    ];

    /// As Rust says it.
    pub(super) fn rust(self) -> &'static str {
        match self {
            Self::Int => "i64",
            Self::Bool => "bool",
            Self::Index => "usize",
            Self::Text => "String",
            Self::Ints => "Vec<i64>",
            Self::Texts => "Vec<String>",
            Self::MaybeInt => "Option<i64>",
            Self::MaybeText => "Option<String>",
            Self::Checked => "Result<i64, String>",
            Self::Pair => "(i64, String)",
            Self::Rec => "P",
            Self::Deep => "D",
            Self::Choice => "E",
            Self::Map => "M",
            Self::Triple => "[i64; 3]",
        }
    }

    pub(super) fn is_copy(self) -> bool {
        let copies = [
            Self::Int,
            Self::Bool,
            Self::Index,
            Self::MaybeInt,
            Self::Triple,
        ];
        copies.contains(&self)
    }

    /// The fields that can be named, with a dot before them.
    pub(super) fn fields(self) -> &'static [(&'static str, Self)] {
        match self {
            Self::Pair => &[(".0", Self::Int), (".1", Self::Text)],
            Self::Rec => &[(".x", Self::Int), (".s", Self::Text), (".v", Self::Ints)],
            Self::Deep => &[
                (".p", Self::Rec),
                (".p.x", Self::Int),
                (".p.s", Self::Text),
                (".p.v", Self::Ints),
                (".t", Self::Pair),
                (".t.0", Self::Int),
                (".t.1", Self::Text),
                (".s", Self::Text),
            ],
            Self::Triple => &[("[1]", Self::Int)],
            _ => &[],
        }
    }
}
