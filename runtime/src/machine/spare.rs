//! What fills a part of a local that was moved away, where the local is kept
//! as a whole and gets that part again before anyone reads it.
//!
//! A copy where the type has one, else a copy through bytes: found by the
//! autoref technique, since a macro sees no types.

use std::convert::Infallible;

use super::run::Run;
use crate::durable::Durable;
use crate::payload::Payload;

/// A part of a local, of which a spare is wanted.
#[derive(Debug)]
pub struct Spare<'a, T>(pub &'a T);

/// Spares of what is `Copy`.
pub trait ViaCopy {
    /// What is spared.
    type Part;
    /// The spare of the part that is called `name`.
    fn spare(&self, run: &mut Run<'_>, name: &'static str) -> Option<Self::Part>;
}

impl<T: Copy> ViaCopy for Spare<'_, T> {
    type Part = T;

    fn spare(&self, _: &mut Run<'_>, _: &'static str) -> Option<T> {
        Some(*self.0)
    }
}

/// Spares of all else.
pub trait ViaBytes {
    /// What is spared.
    type Part;
    /// The spare of the part that is called `name`; `None` stops the machine.
    fn spare(&self, run: &mut Run<'_>, name: &'static str) -> Option<Self::Part>;
}

impl<T: Durable> ViaBytes for &Spare<'_, T> {
    type Part = T;

    fn spare(&self, run: &mut Run<'_>, name: &'static str) -> Option<T> {
        match Payload::encode(self.0) {
            Ok(payload) => match payload.decode() {
                Ok(spare) => return Some(spare),
                Err(source) => run.not_decoded(name, source),
            },
            Err(source) => run.not_encoded(name, source),
        }
        None
    }
}

/// What parts lie in is there itself: those that were moved away are filled.
#[derive(Debug, Clone, Copy, Default)]
pub struct Here;

impl Here {
    /// Whether parts are filled.
    #[must_use]
    pub fn are_filled(self) -> bool {
        true
    }

    /// Stands before they are filled.
    pub fn filled(self) {}

    /// Never reached: so rustc knows that they are filled.
    #[must_use]
    pub fn left(self) -> Infallible {
        unreachable!("generated for its type only")
    }

    /// What lies in it lies where `inner` says.
    pub fn then<P>(self, inner: P) -> P {
        inner
    }
}

/// What parts lie in is behind a borrow: nothing is moved out of it, and nothing filled.
#[derive(Debug, Clone, Copy, Default)]
pub struct Behind;

impl Behind {
    /// Whether parts are filled.
    #[must_use]
    pub fn are_filled(self) -> bool {
        false
    }

    /// Never reached: so rustc does not ask whether what follows may write there.
    #[must_use]
    pub fn filled(self) -> Infallible {
        unreachable!("generated for its type only")
    }

    /// Stands where nothing is filled.
    pub fn left(self) {}

    /// What lies in it is behind the borrow as well.
    #[must_use]
    pub fn then<P>(self, _inner: P) -> Self {
        self
    }
}

/// Where parts lie, by what `_asked` would find out.
pub fn parts<P: Default>(_asked: impl FnOnce() -> P) -> P {
    P::default()
}

/// What has parts.
#[derive(Debug)]
pub struct Holder<'a, T>(pub &'a T);

/// It is a borrow.
pub trait ViaBehind {
    /// Where its parts lie.
    fn parts(&self) -> Behind;
}

impl<T: ?Sized> ViaBehind for Holder<'_, &T> {
    fn parts(&self) -> Behind {
        Behind
    }
}

/// It is none.
pub trait ViaHere {
    /// Where its parts lie.
    fn parts(&self) -> Here;
}

impl<T> ViaHere for &Holder<'_, T> {
    fn parts(&self) -> Here {
        Here
    }
}
