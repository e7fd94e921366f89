//! What a flow may say: operations to await, and deterministic built-ins.
//!
//! Operations ([`sleep`], [`sleep_until`], [`receive`]) only describe what to
//! wait for; [`join!`](crate::flow::join) and [`race!`](crate::flow::race) wait for several. Built-ins ([`now`], [`random`], [`rng`], [`uuid`](uuid()), [`id`]) give
//! values that depend on the instance and its turn alone.

mod all;
mod ambient;
mod aside;
mod builtins;
mod call;
mod calls;
mod cancel;
mod channel;
mod data;
mod fork;
mod handle;
mod many;
mod outside;
mod restart;
mod send;
mod spawn;
mod timeout;
mod timer;
mod undo;

pub use crate::machine::signature::{FlowArgument, FlowResult, OperandOutput};
pub use crate::machine::{JoinError, SendError};
pub use all::{JoinAll, RaceAll, TryJoinAll, join_all, race_all, try_join_all};
pub use ambient::Ambient;
pub use aside::{Aside, Spawn};
pub use builtins::{Rng, id, now, parent, random, rng, root, uuid};
#[doc(hidden)]
pub use call::AwaitedInFlow;
pub use call::FlowCall;
#[doc(hidden)]
pub use calls::{Calls, called};
pub use cancel::{Cancelled, Shield, cancelled, shield};
pub use channel::{Channel, Receive, receive};
pub use data::{Get, get, put, remove, set_status};
pub use fork::{join, race, try_join};
pub use handle::{Handle, HasEnded};
pub use restart::{Restart, restart};
pub use send::{Drain, Question, Sending, TryReceive, drain, send, try_receive};
pub use timeout::{Elapsed, Timeout, timeout};
pub use timer::{Sleep, sleep, sleep_until};
pub(crate) use undo::Undoing;
pub use undo::{Undoes, keep, on_failure};
