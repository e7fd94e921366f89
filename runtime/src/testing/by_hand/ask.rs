//! What a test asks a machine that it drives by hand.

use std::time::Duration;

use serde_json::Value;

use super::ByHand;
use super::drive::decoded;
use crate::action::Action;
use crate::client::graph::drawn;
use crate::durable::Durable;
use crate::graph::Graph;
use crate::ids::LeafId;
use crate::machine::{Frame, Machine, Site};
use crate::record::{Attempts, Leaf, LeafWait, ParkReason, Phase};
use crate::testing::coverage::{self, Coverage};
use crate::time::Timestamp;

impl<M: Machine> ByHand<M> {
    /// What the flow returned; `None` while it has not ended.
    ///
    /// # Panics
    ///
    /// When the stored result is no `M::Output` any more: its `Deserialize` does not
    /// accept what its `Serialize` gave.
    #[must_use]
    pub fn output(&self) -> Option<M::Output> {
        let output = M::RESULT.decode(self.state.instance.result()?);
        Some(output.unwrap_or_else(|error| panic!("the stored result cannot be read: {error}")))
    }

    /// Why the flow is parked, if it is.
    #[must_use]
    pub fn parked(&self) -> Option<&ParkReason> {
        match &self.state.hot.phase {
            Phase::Parked(parked) => Some(&parked.reason),
            Phase::Waiting(_) | Phase::Finished(_) => None,
        }
    }

    /// The label of the `.await` at which the flow stands; in a `join!` or `race!` of
    /// the operand that was asked for first. Empty before the first and after the end.
    #[must_use]
    pub fn label(&self) -> &str {
        let leaf = self.state.hot.leaves().next();
        leaf.map_or("", |leaf| &leaf.label)
    }

    /// The line of that `.await`, from 1; 0 before the first and after the end.
    #[must_use]
    pub fn line(&self) -> u32 {
        let leaf = self.state.hot.leaves().next();
        let site = leaf.and_then(|leaf| self.site(leaf));
        site.map_or(0, |site| site.line)
    }

    /// The flow drawn, with the mark of where it stands: while it waits in a flow that it
    /// calls, that one.
    #[must_use]
    pub fn graph(&self) -> Graph {
        drawn(&self.state.instance, &self.state.hot, &self.rules.registry)
    }

    /// Which states and edges of the flow it took so far.
    #[must_use]
    pub fn coverage(&self) -> Coverage {
        Coverage::of(M::SHAPE, &coverage::lock(&self.steps))
    }

    /// What time it is for the flow.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The arguments of the earliest call of `A` that the flow waits for.
    ///
    /// # Panics
    ///
    /// When the flow does not call `A`.
    #[track_caller]
    #[must_use]
    pub fn call<A: Action>(&self) -> A::Arguments {
        let Some((_, attempts)) = self.calls_of::<A>().next() else {
            self.refuse(&format!("`{}` is not called", A::DEF.name));
        };
        decoded::<A>(attempts)
    }

    /// The arguments of all calls of `A` that the flow waits for, in the order in which
    /// they were made.
    #[must_use]
    pub fn calls<A: Action>(&self) -> Vec<A::Arguments> {
        let calls = self.calls_of::<A>();
        calls.map(|(_, attempts)| decoded::<A>(attempts)).collect()
    }

    /// How long it is until the earliest timer; `None` when the flow waits for none,
    /// nor for the next attempt of an action.
    #[must_use]
    pub fn sleeps(&self) -> Option<Duration> {
        self.next_timer().map(|(due, _)| due.since(self.now))
    }

    /// The channels of which the flow waits for a message, in source order.
    #[must_use]
    pub fn receives(&self) -> Vec<&str> {
        let channels = self
            .state
            .hot
            .waiting()
            .filter_map(|leaf| match &leaf.wait {
                LeafWait::Message { channel } => Some(&**channel),
                _ => None,
            });
        channels.collect()
    }

    /// A local that is kept while the flow waits, by the name of the variable.
    ///
    /// # Panics
    ///
    /// When no such local is kept here (it is not used any more), or it is no `T`.
    #[track_caller]
    #[must_use]
    pub fn local<T: Durable>(&self, name: &str) -> T {
        let frame = Frame::decode(&self.state.hot.frame);
        let Some(payload) = frame.and_then(|frame| frame.locals.get(name)) else {
            self.refuse(&format!("no local `{name}` is kept here"));
        };
        let value = payload.decode();
        value.unwrap_or_else(|error| panic!("the local `{name}` is of another type: {error}"))
    }

    /// All locals that are kept while the flow waits, as a JSON object; the arguments
    /// as long as it has not reached an `.await`. What flows that it awaits keep is not
    /// among them.
    #[must_use]
    pub fn locals(&self) -> Value {
        let frame = Frame::decode(&self.state.hot.frame);
        frame.map_or_else(
            || Value::Object(serde_json::Map::new()),
            |frame| frame.locals.to_json(),
        )
    }

    /// The calls of `A`, whether an attempt runs or is waited for.
    pub(super) fn calls_of<A: Action>(&self) -> impl Iterator<Item = (LeafId, &Attempts)> {
        let waiting = self.state.hot.waiting();
        waiting.filter_map(|leaf| match &leaf.wait {
            LeafWait::Action(attempts) if attempts.request.action == A::DEF.name => {
                Some((leaf.id, attempts))
            }
            _ => None,
        })
    }

    pub(super) fn next_timer(&self) -> Option<(Timestamp, LeafId)> {
        let waiting = self.state.hot.waiting();
        let timers = waiting.filter_map(|leaf| Some((leaf.due()?, leaf.id)));
        timers.min()
    }

    fn site(&self, leaf: &Leaf) -> Option<&'static Site> {
        let instance = &self.state.instance;
        let registry = &self.rules.registry;
        registry.site(instance.of(), &leaf.flow, &leaf.label)
    }
}
