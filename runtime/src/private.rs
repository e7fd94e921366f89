//! The one door for generated code. Nothing here is meant for users: it may
//! change with any version of the macros.

pub use inventory;

pub use crate::action::{
    Action, ActionCall, ActionCx, ActionDef, ActionFailure, ArgumentTie, AttemptOutcome, DepDef,
    Deps, Policy, ReplyTag, ReplyTie, Retry, RunFuture, ViaFailure, ViaNoFailure, ViaResult,
    ViaValue, argument, attempt, blocking, borrowed_argument, fallible_reply, prepared, reply,
    slice_argument,
};
pub use crate::codec::EncodeError;
pub use crate::durable::Durable;
pub use crate::flow::FlowCall;
pub use crate::machine::{
    Cx, Fault, FlowDef, Given, Iterated, Machine, Progress, Refused, Run, Shape, Site, ViaItems,
    ViaRange, again, awaited, cursor, diverge, enumerate_current, enumerate_next, keep_items,
    next_item, nth_current, nth_next, run_once, stop, tie, walk_current, walk_next,
};
pub use crate::payload::{Fields, FieldsBuilder, Payload};
pub use crate::registry::Registration;
pub use bytes::Bytes;
