//! Commands from clients: each is answered once what it did is durable.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::batch::Effect;
use super::core::{Core, Mode};
use super::create::New;
use super::error::Refusal;
use super::event::{Outcome, Reply, Reuse, StartRequest};
use super::watch::{Watcher, outcome};
use crate::ids::{InstanceId, InstanceKey};
use crate::payload::{Brief, Fields};
use crate::record::{Instance, Phase, Status};
use crate::store::StoreError;
use crate::turn::{self, Rerun, State};

impl Core {
    pub(super) fn start(&mut self, request: StartRequest, reply: Reply) {
        let done = self.try_start(request);
        self.answer(done, reply);
    }

    fn try_start(&mut self, request: StartRequest) -> Result<(), Refusal> {
        self.accepts()?;
        if let Some(key) = self.find(&request.id)? {
            let state = self.existing(key)?;
            if !may_replace(&state, &request)? {
                return Ok(());
            }
            self.remove(&state);
        }
        let StartRequest {
            id,
            flow,
            arguments,
            messages,
            ..
        } = request;
        self.create(New {
            id,
            flow,
            arguments,
            messages,
            parent: None,
        });
        Ok(())
    }

    /// Starts an instance where another one was.
    pub(super) fn rerun(&mut self, rerun: Rerun, reply: Reply) {
        let done = self.accepts().and_then(|()| {
            if self.find(&rerun.instance.id)?.is_some() {
                return Err(Refusal::InUse);
            }
            self.create_again(rerun);
            Ok(())
        });
        self.answer(done, reply);
    }

    pub(super) fn retry(&mut self, id: &InstanceId, reply: Reply) {
        let done = self.known(id).and_then(|state| {
            let taken = self.apply(state.key, turn::Event::Retry);
            let refusal = || Refusal::NotParked(state.hot.status());
            taken.then_some(()).ok_or_else(refusal)
        });
        self.answer(done, reply);
    }

    pub(super) fn skip_message(&mut self, id: &InstanceId, reply: Reply) {
        let done = self.known(id).and_then(|state| {
            let taken = self.apply(state.key, turn::Event::SkipMessage);
            let refusal = || match &state.hot.phase {
                Phase::Parked(parked) => Refusal::NoMessage(Box::new(parked.reason.clone())),
                _ => Refusal::NotParked(state.hot.status()),
            };
            taken.then_some(()).ok_or_else(refusal)
        });
        self.answer(done, reply);
    }

    /// Cancels an instance; once it has been, and where it ends so, again harmlessly.
    pub(super) fn cancel(&mut self, id: &InstanceId, reason: String, reply: Reply) {
        let done = self.known(id).and_then(|state| {
            let taken = self.apply(state.key, turn::Event::Cancel { reason });
            let goes_on = !state.hot.is_finished() || state.hot.status() == Status::Cancelled;
            (taken || goes_on).then_some(()).ok_or(Refusal::Ended)
        });
        self.answer(done, reply);
    }

    pub(super) fn terminate(&mut self, id: &InstanceId, reason: String, undo: bool, reply: Reply) {
        let done = self.known(id).and_then(|state| {
            let event = turn::Event::Terminate { reason, undo };
            let taken = self.apply(state.key, event);
            let was = state.hot.status() == Status::Terminated;
            (taken || was).then_some(()).ok_or(Refusal::Ended)
        });
        self.answer(done, reply);
    }

    pub(super) fn delete(&mut self, id: &InstanceId, force: bool, reply: Reply) {
        let done = self.known(id).and_then(|state| {
            let status = state.hot.status();
            if !force && !state.hot.is_finished() && status != Status::Parked {
                return Err(Refusal::Live(status));
            }
            self.remove(&state);
            Ok(())
        });
        self.answer(done, reply);
    }

    /// Removes an instance; its action, if one runs, is told.
    pub(super) fn remove(&mut self, state: &State) {
        self.pending.writes.extend(turn::delete(state));
        self.pending.notify = true;
        self.slots.remove(state.key, self.pending.no);
        self.careful.stepped(state.key, self.pending.no);
        self.retention.soon();
        for leaf in state.hot.leaves() {
            self.give_up((state.key, leaf.id));
        }
        // It is gone by now: no code of it runs for what its children come to.
        self.leave_family(state);
    }

    pub(super) fn watch(&mut self, id: &InstanceId, watcher: Watcher) {
        if let Mode::Failed(_) = self.mode {
            // It is told once the store is open again, if there is something
            // to tell then.
            self.careful.watch_later(id.clone(), watcher);
            return;
        }
        match self.watched(id) {
            Err(refusal) => {
                let _ = watcher.reply.send(Err(refusal));
            }
            Ok((_, Some(outcome))) if watcher.wants(&outcome) => {
                let _ = watcher.reply.send(Ok(outcome));
            }
            Ok((key, _)) => self.watchers.entry(key).or_default().push(watcher),
        }
    }

    /// What there is to tell about the durable state of an instance.
    fn watched(&mut self, id: &InstanceId) -> Result<(InstanceKey, Option<Outcome>), Refusal> {
        let key = self.find(id)?.ok_or(Refusal::Unknown)?;
        let committed = self.committed.load(Ordering::Acquire);
        if !self.slots.is_durable(key, committed) {
            return Ok((key, None));
        }
        let state = self.existing(key)?;
        Ok((key, outcome(&state)))
    }

    /// The state of the instance that has this id.
    pub(super) fn known(&mut self, id: &InstanceId) -> Result<State, Refusal> {
        self.accepts()?;
        let key = self.find(id)?.ok_or(Refusal::Unknown)?;
        self.existing(key)
    }

    fn existing(&mut self, key: InstanceKey) -> Result<State, Refusal> {
        let loaded = self.slots.load(&*self.store, key);
        let loaded = loaded.map_err(|error| self.refuse_read(error))?;
        loaded.ok_or(Refusal::Unknown)
    }

    fn find(&mut self, id: &InstanceId) -> Result<Option<InstanceKey>, Refusal> {
        let found = self.slots.find(&*self.store, id);
        found.map_err(|error| self.refuse_read(error))
    }

    /// Reading failed: one damaged instance is its own affair, all else means
    /// that the store must be opened again.
    pub(super) fn refuse_read(&mut self, error: StoreError) -> Refusal {
        if let StoreError::Damaged { .. } = error {
            return Refusal::Store(Arc::new(error));
        }
        self.store_failed(error);
        match &self.mode {
            Mode::Failed(error) => Refusal::Store(Arc::clone(error)),
            Mode::Open | Mode::Closing { .. } => Refusal::Stopped,
        }
    }

    fn accepts(&self) -> Result<(), Refusal> {
        match &self.mode {
            Mode::Open => Ok(()),
            Mode::Failed(error) => Err(Refusal::Store(Arc::clone(error))),
            Mode::Closing { .. } => Err(Refusal::Stopped),
        }
    }

    /// Tells it with the batch that has it. A refusal is told at once unless what it is for
    /// may still be lost: an instance that was started just now, or has just ended.
    pub(super) fn answer(&mut self, done: Result<(), Refusal>, reply: Reply) {
        match done {
            Ok(()) => self.pending.effects.push(Effect::Reply(reply)),
            Err(refusal) if self.accepts().is_ok() && !self.is_all_durable() => {
                self.pending.effects.push(Effect::Refuse(reply, refusal));
            }
            Err(refusal) => {
                let _ = reply.send(Err(refusal));
            }
        }
    }

    fn is_all_durable(&self) -> bool {
        let committed = self.committed.load(Ordering::Acquire);
        self.pending.writes.is_empty() && committed + 1 >= self.pending.no
    }

    /// The present state of an instance that an event is for.
    pub(super) fn state(&mut self, key: InstanceKey) -> Option<State> {
        match self.slots.load(&*self.store, key) {
            Ok(state) => state,
            Err(StoreError::Damaged { source }) => {
                self.set_aside(key, &source);
                None
            }
            Err(error) => {
                self.store_failed(error);
                None
            }
        }
    }
}

/// Whether a start takes the place of this instance; otherwise it attaches to it, or
/// is refused.
fn may_replace(state: &State, request: &StartRequest) -> Result<bool, Refusal> {
    let ended = state.hot.is_finished();
    match request.reuse {
        Reuse::Replace if ended => return Ok(true),
        Reuse::Live if ended => return Err(Refusal::Ended),
        Reuse::Attach => same_flow(&state.instance, request)?,
        _ => same_call(&state.instance, request)?,
    }
    Ok(false)
}

fn same_flow(instance: &Instance, request: &StartRequest) -> Result<(), Refusal> {
    if *instance.flow == *request.flow.name {
        return Ok(());
    }
    Err(Refusal::OtherFlow(Arc::clone(&instance.flow)))
}

/// Whether the instance was started by the same call.
fn same_call(instance: &Instance, request: &StartRequest) -> Result<(), Refusal> {
    same_flow(instance, request)?;
    let (stored, given) = (&instance.arguments, &request.arguments);
    if stored == given {
        return Ok(());
    }
    let names = stored.iter().chain(given.iter()).map(|(name, _)| name);
    let mut differing = names.filter(|name| stored.get(name) != given.get(name));
    let name = differing.next().unwrap_or("arguments");
    Err(Refusal::OtherArgument {
        name: name.to_owned(),
        stored: shown(stored, name),
        given: shown(given, name),
    })
}

fn shown(fields: &Fields, name: &str) -> String {
    let json = fields.get(name).map(|value| value.to_json());
    let text = match json {
        None => "nothing".to_owned(),
        Some(Err(error)) => format!("(cannot be shown: {error})"),
        Some(Ok(json)) => json.to_string(),
    };
    Brief::new(&text, false).to_string()
}

/// Where the seeds of instances come from.
pub(super) enum Seeds {
    /// Nobody can foretell them: the standard library keys each hasher with
    /// randomness of the system.
    Random,
    /// From the seed of a simulation.
    #[cfg(feature = "testing")]
    Of(u64),
}

impl Seeds {
    pub(super) fn seed(&self, key: InstanceKey, now: crate::time::Timestamp) -> u64 {
        use std::hash::BuildHasher;
        match self {
            Self::Random => std::hash::RandomState::new().hash_one((key, now)),
            #[cfg(feature = "testing")]
            Self::Of(seed) => seed.wrapping_add(key.0.wrapping_mul(0x9e37_79b9_7f4a_7c15)),
        }
    }
}
