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

/// What code does to a variable, or to a field of one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Given {
    /// At its end.
    pub(super) end: At,
    /// Where a jump leads out of it.
    pub(super) left: At,
    /// Some way reads what it was.
    pub(crate) is_read: bool,
}

impl Given {
    /// Whether each way that comes to the end replaces it.
    pub(crate) fn surely(self) -> bool {
        self.end == At::New
    }

    /// Whether so it does, and none reads it before, nor leads elsewhere before.
    pub(crate) fn first(self) -> bool {
        self.surely() && !self.is_read && self.left != At::Old
    }

    /// Whether each way that leads elsewhere has replaced it.
    pub(crate) fn leaving(self) -> bool {
        self.left == At::New
    }
}
