//! What fills a part of a local that was moved away, where the local is kept
//! as a whole and gets that part again before anyone reads it.
//!
//! A copy where the type has one, else a copy through bytes: found by the
//! autoref technique, since a macro sees no types.

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
