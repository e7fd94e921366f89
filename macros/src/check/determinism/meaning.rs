//! What a path may stand for.

use std::rc::Rc;

use super::body::Body;
use super::names::Segments;
use super::source::Modules;
use super::statics::Static;

/// Which of the three worlds of names a path is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    Type,
    Value,
    Macro,
}

/// What is known of a path.
#[derive(Debug, Clone)]
pub(super) enum Meaning {
    /// Defined by the user.
    Own,
    /// A static of this file whose value can change.
    Static(Static),
    /// A function of this file.
    Function(Function),
    /// One of these full paths.
    Full(Vec<Candidate>),
    /// There is no file to look at.
    Unknown,
}

/// A function, by the module that has it, the last of these, and its name there.
#[derive(Debug, Clone)]
pub(super) struct Function {
    pub(super) modules: Modules,
    pub(super) name: String,
}

impl Function {
    pub(super) fn body(&self) -> Option<&Body> {
        let functions = &self.modules.last()?.names.functions;
        functions.get(&self.name).map(Rc::as_ref)
    }

    /// Whether what it gives is awaited.
    pub(super) fn is_async(&self) -> bool {
        let signature = self.body().and_then(|body| body.signature.as_ref());
        signature.is_some_and(|signature| signature.asyncness.is_some())
    }
}

/// A full path that a path may mean.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) path: Segments,
    /// How many types the alias it comes from is given.
    pub(super) given: Option<usize>,
    /// It comes through a glob, which may not have this name at all.
    pub(super) guess: bool,
}

impl Candidate {
    pub(super) fn new(path: Segments) -> Self {
        Self {
            path,
            given: None,
            guess: false,
        }
    }

    pub(super) fn guess(path: Segments) -> Self {
        Self {
            guess: true,
            ..Self::new(path)
        }
    }
}

impl Meaning {
    /// The alias gives this many types.
    pub(super) fn given(self, arguments: usize) -> Self {
        match self {
            Self::Full(found) => {
                let with = |found: Candidate| Candidate {
                    given: found.given.or(Some(arguments)),
                    ..found
                };
                Self::Full(found.into_iter().map(with).collect())
            }
            meaning => meaning,
        }
    }
}
