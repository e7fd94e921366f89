//! What is known of a variable on the ways through code, and of the loops and
//! blocks that jumps lead out of.

/// What is known of the variable at a place in the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    /// No way leads here.
    Nowhere,
    /// Each way here has replaced it.
    New,
    /// It may be what it was.
    Old,
}

impl At {
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Nowhere, at) | (at, Self::Nowhere) => at,
            (Self::New, Self::New) => Self::New,
            _ => Self::Old,
        }
    }
}

/// A loop or labelled block that is open.
pub(super) struct Open {
    pub(super) label: Option<String>,
    pub(super) is_loop: bool,
    /// What is known behind it, of the ways that jump there.
    pub(super) left: At,
}
