//! Actions: functions that touch the world.
//!
//! In: encoded arguments from a flow's step. Out: an encoded outcome. The
//! engine decides when to run an action and how often; here is what an action
//! is, how a call of one is data, and what its body may ask for.

mod call;
mod cx;
mod def;
mod dep;
mod outcome;
mod policy;

pub use call::{Action, ActionCall};
pub use cx::ActionCx;
pub use def::{ActionDef, DepDef, RunFuture};
pub use dep::{Dep, Deps, MissingDep};
pub use outcome::{
    ActionFailure, AttemptOutcome, ReplyTag, ViaFailure, ViaNoFailure, ViaResult, ViaValue,
};
pub use policy::{CallPolicy, Policy, Retry};
