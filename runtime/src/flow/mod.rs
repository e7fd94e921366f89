//! What a flow may say: operations to await, and deterministic built-ins.
//!
//! Operations ([`sleep`], [`sleep_until`], [`receive`]) only describe what to
//! wait for; [`join!`](crate::flow::join) and [`race!`](crate::flow::race) wait for several. Built-ins ([`now`], [`random`], [`rng`], [`uuid`](uuid()), [`id`]) give
//! values that depend on the instance and its turn alone.

mod ambient;
mod builtins;
mod call;
mod calls;
mod channel;
mod fork;
mod timer;

pub use ambient::Ambient;
pub use builtins::{Rng, id, now, random, rng, uuid};
#[doc(hidden)]
pub use call::AwaitedInFlow;
pub use call::FlowCall;
#[doc(hidden)]
pub use calls::{Calls, called};
pub use channel::{Channel, Receive, receive};
pub use fork::{join, race};
pub use timer::{Sleep, sleep, sleep_until};
