//! What a machine that is driven by hand says to others, and what it hears of them: the
//! test is its children, and everybody else.

use std::collections::BTreeMap;

use super::ByHand;
use crate::action::Action;
use crate::durable::Durable;
use crate::flow::{Channel, Spawn};
use crate::ids::{InstanceId, LeafId};
use crate::machine::{JoinError, Machine};
use crate::payload::Payload;
use crate::record::{Ending, Undo};
use crate::turn::Event;

/// What happened between a machine and the test.
#[derive(Clone, Default)]
pub(super) struct Family {
    pub(super) spawned: Vec<Spawn>,
    pub(super) ended: BTreeMap<InstanceId, Result<Payload, JoinError>>,
    pub(super) sent: Vec<(InstanceId, String, Payload)>,
    pub(super) gone: Vec<InstanceId>,
    /// The children that leaves wait for by the many, and whether they were started for
    /// that.
    pub(super) crowds: Vec<(LeafId, InstanceId, bool)>,
}

impl<M: Machine> ByHand<M> {
    /// The ids of the children that the flow has spawned, in order.
    #[must_use]
    pub fn children(&self) -> Vec<&InstanceId> {
        let spawned = self.family.spawned.iter();
        spawned.map(|spawn| &spawn.id).collect()
    }

    /// Ends a child with what it returns; the flow may wait for that, or later.
    ///
    /// # Panics
    ///
    /// When the flow has spawned no such child, it has ended, or the value cannot be
    /// encoded.
    ///
    /// # Examples
    ///
    /// ```
    /// use flowstone::prelude::*;
    ///
    /// #[flow]
    /// async fn pack(sku: String) -> u64 {
    ///     # let _ = sku;
    ///     flow::sleep(Duration::from_secs(60)).await;
    ///     3
    /// }
    ///
    /// #[flow]
    /// async fn ship() -> Result<u64, flow::JoinError> {
    ///     let packed = pack("pen".to_owned()).spawn();
    ///     packed.await
    /// }
    ///
    /// let mut machine = ship().machine();
    /// let child = machine.children()[0].clone();
    /// let mut cancelled = machine.clone();
    /// machine.end_child(&child, &7_u64);
    /// assert_eq!(machine.output(), Some(Ok(7)));
    ///
    /// let reason = "no time".to_owned();
    /// cancelled.lose_child(&child, flow::JoinError::Cancelled { reason });
    /// assert!(cancelled.output().expect("it has ended").is_err());
    /// ```
    #[track_caller]
    pub fn end_child<T: Durable>(&mut self, child: &InstanceId, returned: &T) {
        let payload = Payload::encode(returned);
        let payload = payload
            .unwrap_or_else(|error| panic!("this result of `{child}` cannot be stored: {error}"));
        self.child_ends(child, Ok(payload));
    }

    /// Ends a child without a result.
    ///
    /// # Panics
    ///
    /// When the flow has spawned no such child, or it has ended.
    #[track_caller]
    pub fn lose_child(&mut self, child: &InstanceId, error: JoinError) {
        self.child_ends(child, Err(error));
    }

    #[track_caller]
    fn child_ends(&mut self, child: &InstanceId, end: Result<Payload, JoinError>) {
        if !self.children().contains(&child) || self.family.ended.contains_key(child) {
            self.refuse(&format!("there is no child `{child}` that could end"));
        }
        self.family.ended.insert(child.clone(), end.clone());
        self.count_end(child, &end);
        let child = child.clone();
        self.apply(Event::ChildEnded { child, end });
    }

    /// What the flow sent to other instances through `channel`, in order.
    ///
    /// # Panics
    ///
    /// When one of these is no `T`.
    #[track_caller]
    #[must_use]
    pub fn sent<T: Durable>(&self, channel: Channel<T>) -> Vec<(InstanceId, T)> {
        let sent = self.family.sent.iter();
        let sent = sent.filter(|(_, name, _)| name == channel.name());
        sent.map(|(to, name, payload)| {
            let message = payload.decode();
            let message = message.unwrap_or_else(|error| panic!("a message of `{name}`: {error}"));
            (to.clone(), message)
        })
        .collect()
    }

    /// From now on nobody of this id takes messages: `flow::send` to it gives
    /// [`SendError::Unknown`]. All others take them.
    pub fn has_no(&mut self, id: &InstanceId) {
        self.family.gone.push(id.clone());
    }

    /// Cancels the flow, as [`Engine::cancel`](crate::engine::Engine::cancel).
    ///
    /// # Panics
    ///
    /// When it has ended, or was cancelled before.
    ///
    /// # Examples
    ///
    /// ```
    /// use flowstone::prelude::*;
    ///
    /// #[action]
    /// async fn refund(receipt: u64) {
    ///     # let _ = receipt;
    ///     unimplemented!("asks the bank")
    /// }
    ///
    /// #[flow]
    /// async fn pay(receipt: u64) {
    ///     flow::on_failure(refund(receipt));
    ///     flow::sleep(Duration::from_secs(60)).await;
    /// }
    ///
    /// let mut machine = pay(7).machine();
    /// machine.cancel("changed my mind");
    /// assert_eq!(machine.call::<refund>(), (7,));
    /// machine.resolve::<refund>(());
    /// assert_eq!(machine.cancelled(), Some("changed my mind"));
    /// ```
    #[track_caller]
    pub fn cancel(&mut self, reason: &str) {
        let reason = reason.to_owned();
        if !self.apply(Event::Cancel { reason }) {
            self.refuse("it cannot be cancelled");
        }
    }

    /// Why the flow has ended without a result, if it has: it was cancelled.
    #[must_use]
    pub fn cancelled(&self) -> Option<&str> {
        match &self.state.instance.end.as_ref()?.how {
            Ending::Cancelled { reason } | Ending::Terminated { reason } => Some(reason),
            Ending::Returned(_) => None,
        }
    }

    /// The arguments of the calls that would undo what was done, in the order in which
    /// that was said: of those that call `A`. A flow that undoes is one of the
    /// [children](Self::children) once it is called.
    ///
    /// # Panics
    ///
    /// When they cannot be read.
    #[track_caller]
    #[must_use]
    pub fn to_undo<A: Action>(&self) -> Vec<A::Arguments> {
        let undo = self.state.hot.undo.iter();
        let calls = undo.filter_map(|undo| match undo {
            Undo::Action(call) => Some(call),
            Undo::Flow { .. } => None,
        });
        let own = calls.filter(|call| call.action == A::DEF.name);
        own.map(|call| {
            let decoded = A::arguments(&call.arguments);
            decoded.unwrap_or_else(|outcome| panic!("`{}`: {outcome:?}", A::DEF.name))
        })
        .collect()
    }
}
