//! Messages, whoever sends them, and answers to those who asked.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::oneshot;

use super::batch::Effect;
use super::core::Core;
use super::error::Refusal;
use super::event::Reply;
use crate::ids::{InstanceId, InstanceKey, LeafId};
use crate::machine::{Ask, SendError};
use crate::payload::Payload;
use crate::store::StoreError;
use crate::turn::Event;

/// Where an answer goes.
type Asker = oneshot::Sender<Result<Payload, Refusal>>;

/// Those who asked an instance something and wait for its answer.
#[derive(Default)]
pub(super) struct Askers(BTreeMap<u64, (InstanceKey, Asker)>);

impl Askers {
    /// The instance has ended, and answers nobody any more.
    pub(super) fn left_by(&mut self, key: InstanceKey) {
        for (_, (_, asker)) in self.0.extract_if(.., |_, (asked, _)| *asked == key) {
            let _ = asker.send(Err(Refusal::Ended));
        }
    }

    /// What was asked may not have been taken.
    pub(super) fn refuse(&mut self, error: &Arc<StoreError>) {
        for (_, asker) in std::mem::take(&mut self.0).into_values() {
            let _ = asker.send(Err(Refusal::Store(Arc::clone(error))));
        }
    }
}

impl Core {
    pub(super) fn send(
        &mut self,
        id: &InstanceId,
        channel: Arc<str>,
        payload: Payload,
        message_id: Option<Arc<str>>,
        reply: Reply,
    ) {
        let done = self.try_send(id, channel, payload, message_id);
        self.answer(done.map(|_| ()), reply);
    }

    fn try_send(
        &mut self,
        id: &InstanceId,
        channel: Arc<str>,
        payload: Payload,
        message_id: Option<Arc<str>>,
    ) -> Result<InstanceKey, Refusal> {
        let key = self.known(id)?.key;
        if let Some(message_id) = &message_id
            && self.has_seen(key, message_id)?
        {
            return Ok(key);
        }
        let event = Event::Message {
            channel,
            payload,
            message_id,
        };
        let taken = self.apply(key, event);
        taken.then_some(key).ok_or(Refusal::Ended)
    }

    fn has_seen(&mut self, key: InstanceKey, message_id: &str) -> Result<bool, Refusal> {
        let seen = self.slots.has_seen(&*self.store, key, message_id);
        seen.map_err(|error| self.refuse_read(error))
    }

    /// Sends a message whose sender waits for an answer.
    pub(super) fn ask(
        &mut self,
        id: &InstanceId,
        channel: Arc<str>,
        payload: Payload,
        asker: u64,
        reply: Asker,
    ) {
        // The answer may come with the very turn that takes the question.
        let known = match self.known(id) {
            Ok(state) => state.key,
            Err(refusal) => {
                let _ = reply.send(Err(refusal));
                return;
            }
        };
        self.askers.0.retain(|_, (_, asker)| !asker.is_closed());
        self.askers.0.insert(asker, (known, reply));
        if let Err(refusal) = self.try_send(id, channel, payload, None)
            && let Some((_, reply)) = self.askers.0.remove(&asker)
        {
            let _ = reply.send(Err(refusal));
        }
    }

    /// An instance answers: whoever asked is told once that is durable.
    pub(super) fn answer_asker(&mut self, from: InstanceKey, asker: u64, answer: Payload) {
        let known = self.askers.0.get(&asker);
        if known.is_some_and(|(asked, _)| *asked == from)
            && let Some((_, reply)) = self.askers.0.remove(&asker)
        {
            self.pending.effects.push(Effect::Answer(reply, answer));
        }
    }

    /// Does what a flow asks, and answers it in the same transaction.
    pub(super) fn see_to(&mut self, from: InstanceKey, leaf: LeafId, ask: Ask) {
        let event = match ask {
            Ask::Message {
                to,
                channel,
                message,
            } => self.send_for(&to, channel.into(), message),
            Ask::Get { name } => self.value_for(from, &name).map(Asked::Answer),
            Ask::Take { channel, most } => self.messages_for(from, leaf, channel.into(), most),
        };
        match event {
            Some(Asked::Answer(answer)) => {
                self.apply(from, Event::Answered { leaf, answer });
            }
            Some(Asked::Messages(event)) => {
                self.apply(from, event);
            }
            // The store failed: all of it is taken back.
            None => {}
        }
    }

    fn send_for(&mut self, to: &InstanceId, channel: Arc<str>, message: Payload) -> Option<Asked> {
        let id = to.clone();
        let sent = match self.try_send(to, channel, message, None) {
            Ok(_) => Ok(()),
            Err(Refusal::Ended) => Err(SendError::Ended { id }),
            Err(Refusal::Unknown) => Err(SendError::Unknown { id }),
            Err(_) => return None,
        };
        let answer = Payload::encode(&sent).expect("it has an id and words only");
        Some(Asked::Answer(answer))
    }

    fn messages_for(
        &mut self,
        from: InstanceKey,
        leaf: LeafId,
        channel: Arc<str>,
        most: u64,
    ) -> Option<Asked> {
        let state = self.state(from)?;
        let mut messages = Vec::new();
        if let Some(queue) = state.hot.queue(&channel) {
            for seq in queue.head..queue.tail.min(queue.head.saturating_add(most)) {
                let message = self.slots.message(&*self.store, from, &channel, seq);
                match message {
                    Ok(Some(message)) => messages.push(message),
                    // It is told of when the instance waits for it.
                    Ok(None) => break,
                    Err(error) => {
                        self.store_failed(error);
                        return None;
                    }
                }
            }
        }
        Some(Asked::Messages(Event::Taken {
            leaf,
            channel,
            messages,
        }))
    }
}

/// What comes of a question of a flow.
enum Asked {
    Answer(Payload),
    Messages(Event),
}
