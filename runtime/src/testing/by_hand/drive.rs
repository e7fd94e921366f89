//! What a test brings to a machine that it drives by hand.

use std::sync::Arc;
use std::time::Duration;

use super::ByHand;
use crate::action::{Action, ActionFailure};
use crate::durable::Durable;
use crate::flow::Channel;
use crate::ids::LeafId;
use crate::machine::Machine;
use crate::payload::Payload;
use crate::record::Attempts;
use crate::time::Timestamp;
use crate::turn::{Event, Report};

impl<M: Machine> ByHand<M> {
    /// Gives the flow the final outcome of an action that it calls. Of several calls of
    /// `A` it is the earliest.
    ///
    /// An `Err` is not tried again, whatever the action's policy says; for attempts see
    /// [`fail`](Self::fail).
    ///
    /// # Panics
    ///
    /// When the flow does not call `A`, or the call waits for its next attempt.
    #[track_caller]
    pub fn resolve<A: Action>(&mut self, output: A::Output) {
        self.resolve_where::<A>(|_| true, output);
    }

    /// The same of the earliest call whose arguments `is_meant` accepts.
    ///
    /// # Panics
    ///
    /// As [`resolve`](Self::resolve), or when `is_meant` accepts none.
    #[track_caller]
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a test makes it for this call"
    )]
    pub fn resolve_where<A: Action>(
        &mut self,
        is_meant: impl Fn(&A::Arguments) -> bool,
        output: A::Output,
    ) {
        let payload = A::reply().encode(&output);
        let payload = payload.unwrap_or_else(|error| {
            panic!("this result of `{}` cannot be stored: {error}", A::DEF.name)
        });
        let (leaf, attempt) = self.running::<A>(is_meant);
        self.finish(leaf, attempt, Report::Returned(payload));
    }

    /// Ends an attempt of an action without a value: it took too long, say, or panicked.
    ///
    /// What follows is as the action's policy says: a timer before the next attempt, or,
    /// after the last, an `Err` made from `failure`.
    ///
    /// # Panics
    ///
    /// As [`resolve`](Self::resolve).
    #[track_caller]
    pub fn fail<A: Action>(&mut self, failure: ActionFailure) {
        let (leaf, attempt) = self.running::<A>(|_| true);
        self.finish(leaf, attempt, Report::Broken(failure));
    }

    /// Moves time to the earliest timer and fires it. Gives what time it then is.
    ///
    /// # Panics
    ///
    /// When the flow waits for no timer, nor for the next attempt of an action.
    #[track_caller]
    pub fn fire_timer(&mut self) -> Timestamp {
        let Some((due, leaf)) = self.next_timer() else {
            self.refuse("no timer can fire");
        };
        self.now = self.now.max(due);
        self.apply(Event::TimerFired { leaf });
        self.now
    }

    /// Moves time on, and fires what becomes due on the way, in order.
    pub fn advance(&mut self, by: Duration) {
        let until = self.now + by;
        while let Some((due, leaf)) = self.next_timer().filter(|(due, _)| *due <= until) {
            self.now = self.now.max(due);
            self.apply(Event::TimerFired { leaf });
        }
        self.now = until;
    }

    /// Sends the flow a message. One that it does not wait for yet is kept.
    ///
    /// # Panics
    ///
    /// When the message cannot be encoded, or the flow has ended.
    #[track_caller]
    pub fn send<T: Durable>(&mut self, channel: Channel<T>, message: &T) {
        let payload = Payload::encode(message);
        let payload = payload.unwrap_or_else(|error| {
            panic!(
                "this message of `{}` cannot be stored: {error}",
                channel.name()
            )
        });
        let channel: Arc<str> = channel.name().into();
        let sent = self.apply(Event::Message {
            channel,
            payload,
            message_id: None,
        });
        if !sent {
            self.refuse("no message can be sent");
        }
    }

    /// Goes on with a parked flow at its step, as [`Engine::retry`] does: of no use
    /// unless what it is parked for is gone.
    ///
    /// [`Engine::retry`]: crate::engine::Engine::retry
    ///
    /// # Panics
    ///
    /// When the flow is not parked.
    #[track_caller]
    pub fn retry(&mut self) {
        if !self.apply(Event::Retry) {
            self.refuse("there is nothing to retry");
        }
    }

    #[track_caller]
    fn finish(&mut self, leaf: LeafId, attempt: u32, report: Report) {
        let taken = self.apply(Event::ActionFinished {
            leaf,
            attempt,
            report,
        });
        assert!(taken, "a call that runs takes its outcome");
    }

    /// The call of `A` that is meant: its leaf, and the attempt that runs.
    #[track_caller]
    fn running<A: Action>(&self, is_meant: impl Fn(&A::Arguments) -> bool) -> (LeafId, u32) {
        let mut calls = self.calls_of::<A>();
        let meant = calls.find(|(_, attempts)| is_meant(&decoded::<A>(attempts)));
        match meant {
            Some((leaf, attempts)) if attempts.retry_at.is_none() => (leaf, attempts.attempt),
            Some(_) => self.refuse(&format!(
                "`{}` cannot end: it waits for its next attempt, so fire its timer first",
                A::DEF.name
            )),
            None => self.refuse(&format!("`{}` cannot end: it is not called", A::DEF.name)),
        }
    }
}

/// The arguments of a call.
#[track_caller]
pub(super) fn decoded<A: Action>(attempts: &Attempts) -> A::Arguments {
    let decoded = A::arguments(&attempts.request.arguments);
    decoded.unwrap_or_else(|outcome| {
        let action = A::DEF.name;
        panic!("the arguments of `{action}` cannot be read: {outcome:?}")
    })
}
