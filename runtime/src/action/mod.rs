//! Actions: functions that touch the world.
//!
//! In: encoded arguments from a flow's step. Out: an encoded outcome. The
//! engine decides when to run an action and how often; here is what an action
//! is, how a call of one is data, and what its body may ask for.

mod argument;
mod call;
mod cx;
mod def;
mod dep;
mod heart;
mod outcome;
mod outside;
pub(crate) mod policy;
mod reply;
mod run;
mod spawned;

pub use argument::Argument;
#[doc(hidden)]
pub use argument::{ArgumentTie, borrowed_argument};
#[doc(hidden)]
pub use call::AwaitedInFlow;
pub use call::{Action, ActionCall, Repeatable};
pub use cx::ActionCx;
pub use def::{ActionDef, DepDef, RunFuture};
pub use dep::{Dep, Deps, MissingDep};
pub(crate) use heart::Heart;
pub use heart::HeartbeatError;
pub use outcome::{ActionFailure, AttemptOutcome};
pub(crate) use outside::Outside;
pub use outside::OutsideError;
pub use policy::{CallPolicy, Policy, Retry};
pub use reply::Reply;
#[doc(hidden)]
pub use reply::{
    Fallible, Interruptible, ReplyTag, ReplyTie, ViaFailure, ViaNoFailure, ViaRefused, ViaResult,
    ViaStorable, ViaValue, at_most_once, retry_if,
};
#[cfg(feature = "testing")]
pub(crate) use run::in_place;
#[doc(hidden)]
pub use run::{attempt, blocking, prepared};
pub(crate) use spawned::Spawned;
