//! The contract between generated code and whoever runs it.
//!
//! A machine is sans-I/O and pure: in goes a frame and what the flow waited
//! for, out comes the next frame and what it now waits for ([`Cx::requests`]),
//! or the result. No store, no clock, no executor: a test can drive one by
//! hand. The engine's turn is the only other caller.

mod ask;
mod asked;
mod awaited;
pub(crate) mod crowd;
mod cx;
mod entered;
mod fault;
mod fit;
mod fork;
mod forms;
mod frame;
mod items;
mod joined;
mod lend;
mod lent_items;
mod made;
mod number;
mod op;
mod operands;
mod plain;
mod repeat;
mod run;
mod shaped;
pub(crate) mod signature;
mod spare;
mod ties;
mod tried;
mod unmarked;
mod walk;

pub use ask::{Ask, Restart, SendError};
pub use asked::{
    Asked, Joins, Made, Making, ViaBorrow, ViaLent, ViaMade, ViaMut, ViaNothing, ViaParts, ViaRef,
    ViaStored, ViaTaken, ViaWhole, asked, asked_of,
};
pub use awaited::OpTie;
pub use crowd::{Crowd, Ends, Member, Until};
pub use cx::{ActionRequest, Cx, Outcome, Request, Wait};
#[cfg(all(feature = "testing", debug_assertions))]
pub(crate) use entered::listen;
pub use fault::Fault;
pub use fork::{Fork, Won, block_operand, driven, operand};
pub use forms::{Form, FormOf, StoredForm, Storing, Unasked, Unstored, ViaForm, ViaNoForm};
pub use frame::Frame;
pub use items::{Items, Iterated, ViaRange, next_item};
pub use joined::JoinError;
pub use lend::{Held, LentTie, lent};
pub use lent_items::{LentItems, ViaItems};
pub use number::Number;
pub use op::{Deferrable, Op, Progress, Refused, Step};
pub(crate) use operands::{Branch, decode as decode_branches, encode_branches};
pub use operands::{Fresh, frames, leaves, outputs};
#[cfg(feature = "testing")]
pub(crate) use operands::{Stand, stands};
pub use plain::{
    Checked, Doubtful, NotSend, Right, Types, ViaDoubt, ViaRight, ViaWrong, Wrong, checked,
};
pub use repeat::{
    Borrowing, Given, Lies, Ordered, RestOf, again, chosen, found, nth_current, nth_next, tried_on,
};
pub use run::{OfAwait, Run, diverge, run_once, stop};
pub use shaped::{
    Borrow, FirstNamed, Fitting, LastNamed, Named, Shaped, Three, Two, ViaExclusive, ViaFit,
    ViaMisfit, ViaShared,
};
pub use spare::{Behind, Here, Holder, Spare, ViaBehind, ViaBytes, ViaCopy, ViaHere, parts};
pub use ties::{Tie, tie};
pub use tried::MayFail;
pub use unmarked::{Unmarked, ViaFuture, unawaited};
pub use walk::{ByMut, Count, Cursor, Steps, ViaCount, ViaKey, ViaPlace, Walk, Walking};

use std::any::TypeId;

use bytes::Bytes;

use crate::payload::{Fields, Payload};

/// What `#[flow]` makes of a function.
pub trait Machine: Sized + 'static {
    /// What the flow returns.
    type Output: 'static;

    /// How that is stored.
    const RESULT: Tie<Self::Output>;

    /// What the compiler knows about the flow.
    const SHAPE: &'static Shape;

    /// Runs from `frame` until the flow waits again or ends.
    ///
    /// A frame without a label is the start: its locals are the arguments.
    ///
    /// # Errors
    ///
    /// [`Fault`] when the frame does not fit this code or a value cannot be
    /// encoded or decoded. The frame that was given stays valid.
    fn resume(frame: Bytes, cx: &mut Cx) -> Result<Step<Self::Output>, Fault>;
}

/// The form of a flow: its states, and what is stored in each.
#[derive(Debug, PartialEq, Eq)]
pub struct Shape {
    /// The flow's name, unique in a program for each version.
    pub name: &'static str,
    /// The flow's version, 1 unless given.
    pub version: u32,
    /// The source file that holds the flow.
    pub file: &'static str,
    /// The line of the flow's name.
    pub line: u32,
    /// A hash of all that is stored: labels and kept locals.
    pub fingerprint: u64,
    /// The stored names of the locals; arguments come first.
    pub locals: &'static [&'static str],
    /// How many of the locals are arguments.
    pub params: usize,
    /// What differs from run to run and the flow may use all the same.
    pub allows: &'static [Allow],
    /// The states in which the flow waits, in source order.
    pub states: &'static [Site],
    /// The operands of its `join!`s and `race!`s, in source order.
    pub operands: &'static [Site],
    /// What is drawn of the flow, as [`Graph`](crate::Graph) reads it.
    #[doc(hidden)]
    pub drawn: &'static str,
}

impl Shape {
    /// The state with this label, or the operand.
    #[must_use]
    pub fn state(&self, label: &str) -> Option<&'static Site> {
        let mut all = self.states.iter().chain(self.operands);
        all.find(|site| site.label == label)
    }
}

/// `allow(wall_clock, reason = "..")` of a flow.
#[derive(Debug, PartialEq, Eq)]
pub struct Allow {
    /// The group's name.
    pub group: &'static str,
    /// Why the flow's course does not depend on it.
    pub reason: &'static str,
}

/// One `.await` of a flow: a state of its machine.
#[derive(Debug, PartialEq, Eq)]
pub struct Site {
    /// The flow that holds it.
    pub flow: &'static str,
    /// The state's label.
    pub label: &'static str,
    /// The source file.
    pub file: &'static str,
    /// The line of the `.await`.
    pub line: u32,
    /// The column of the `.await`, from 1.
    pub column: u32,
    /// How many states of the flow have a label made from the same callee;
    /// 0 when the label was given in the source.
    pub twins: u16,
    /// Which locals are stored here: of each a character, whose number is its index in
    /// [`Shape::locals`]. One word of generated code instead of many.
    pub kept: &'static str,
}

impl Site {
    /// What the sites of a flow have in common.
    #[must_use]
    pub const fn of(flow: &'static str, file: &'static str) -> Self {
        Self {
            flow,
            label: "",
            file,
            line: 0,
            column: 0,
            twins: 0,
            kept: "",
        }
    }

    /// One of them.
    #[must_use]
    pub const fn state(
        self,
        label: &'static str,
        (line, column): (u32, u32),
        twins: u16,
        kept: &'static str,
    ) -> Self {
        Self {
            label,
            line,
            column,
            twins,
            kept,
            ..self
        }
    }

    /// The locals that are stored here, as indices into [`Shape::locals`].
    pub fn stored(&self) -> impl Iterator<Item = usize> {
        self.kept
            .chars()
            .filter_map(|local| usize::try_from(u32::from(local)).ok())
    }
}

/// A flow as the engine knows it: found by name, its types erased.
#[derive(Debug, Clone, Copy)]
pub struct FlowDef {
    /// The name under which instances are stored: the flow's own, unless it is
    /// generic and was registered for its types under another.
    pub name: &'static str,
    /// File and line of the flow, or of what registered it for its types.
    pub place: (&'static str, u32),
    /// The form of the flow.
    pub shape: &'static Shape,
    /// The type of the machine.
    pub machine: fn() -> TypeId,
    /// That type, for people: a generic flow's has its types.
    pub type_name: fn() -> &'static str,
    /// [`Machine::resume`] with an encoded result.
    pub resume: fn(Bytes, &mut Cx) -> Result<Step<Returned>, Fault>,
}

impl FlowDef {
    /// The definition of `M`.
    #[must_use]
    pub const fn of<M: Machine>() -> Self {
        Self {
            name: M::SHAPE.name,
            place: (M::SHAPE.file, M::SHAPE.line),
            shape: M::SHAPE,
            machine: TypeId::of::<M>,
            type_name: std::any::type_name::<M>,
            resume: resume_erased::<M>,
        }
    }

    /// The same, found under another name.
    #[must_use]
    pub const fn named(self, name: &'static str) -> Self {
        Self { name, ..self }
    }

    /// The same, registered at this place.
    #[must_use]
    pub const fn registered_at(self, file: &'static str, line: u32) -> Self {
        let place = (file, line);
        Self { place, ..self }
    }
}

/// What a flow returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returned {
    /// Its result, encoded.
    pub payload: Payload,
    /// Whether that is an `Err`.
    pub failed: bool,
}

/// The frame in which a flow with these arguments starts.
#[must_use]
pub fn start_frame(shape: &Shape, arguments: &Fields) -> Bytes {
    Frame::start(shape, arguments.clone()).encode()
}

fn resume_erased<M: Machine>(frame: Bytes, cx: &mut Cx) -> Result<Step<Returned>, Fault> {
    Ok(match M::resume(frame, cx)? {
        Step::Waiting(frame) => Step::Waiting(frame),
        Step::Done(output) => {
            let payload = (M::RESULT.encode)(&output);
            let payload = payload.map_err(|source| Fault::EncodeResult {
                flow: M::SHAPE.name,
                source,
            })?;
            let failed = (M::RESULT.failed)(&output);
            Step::Done(Returned { payload, failed })
        }
    })
}
