//! One run with crashes: what it came to, and how that departs from another.

use std::collections::BTreeMap;
use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use tokio::sync::oneshot;

use super::CrashPoint;
use crate::engine::{Builder, Event};
use crate::flow::FlowCall;
use crate::ids::InstanceId;
use crate::machine::Machine;
use crate::payload::Payload;
use crate::record::{Happening, LeafWait, Status};
use crate::store::View;
use crate::testing::coverage::{self, Steps};
use crate::testing::simulation::engine::SimulatedEngine;
use crate::testing::simulation::ledger::Ledger;
use crate::testing::simulation::run::{Run, Setting};
use crate::testing::simulation::seen::End;
use crate::testing::simulation::trace::Trace;
use crate::testing::simulation::watched::{Passed, lock};
use crate::testing::simulation::worlds::Worlds;
use crate::testing::simulation::{Simulation, Told};
use crate::turn::Journal;

/// The id of the instance.
const ID: &str = "crashed";

/// What a run came to.
pub(super) struct Played {
    pub(super) ends: BTreeMap<InstanceId, End>,
    pub(super) violations: Vec<String>,
    pub(super) trace: Trace,
    pub(super) steps: Steps,
    /// Since the last crash; without any since the start.
    pub(super) passed: Passed,
    pub(super) crashes: usize,
    /// Whether the flow was told that an action which runs at most once was cut off.
    interrupted: bool,
    ledger: Ledger,
    worlds: Worlds,
}

impl Played {
    /// What is not as in an undisturbed run, if anything.
    pub(super) fn departure_from(&self, undisturbed: &Self) -> Option<String> {
        let end = || {
            undisturbed.ends.iter().find_map(|(id, then)| {
                let now = self.ends.get(id)?;
                (now != then).then(|| format!("it {} instead of: it {}", now.shown, then.shown))
            })
        };
        let gone = || {
            let gone = self.ends.len() != undisturbed.ends.len();
            gone.then(|| "there are other instances".to_owned())
        };
        let world = || {
            let (then, now) = undisturbed.worlds.difference(&self.worlds)?;
            Some(format!("the world is {now} instead of {then}"))
        };
        let violation = || self.violations.first().cloned();
        let ledger = || self.ledger.departure(&undisturbed.ledger, self.crashes);
        if self.interrupted {
            // What the flow makes of that is its own.
            let parked = self.ends.values().find(|end| end.how.is_none());
            let parked = parked.map(|end| format!("it {}", end.shown));
            return parked
                .or_else(violation)
                .or_else(|| self.ledger.wrong_attempt());
        }
        end()
            .or_else(gone)
            .or_else(ledger)
            .or_else(world)
            .or_else(violation)
    }
}

impl Simulation {
    /// Runs the flow to its end, with these crashes on the way.
    #[track_caller]
    pub(super) fn play<M: Machine>(
        &mut self,
        points: &[CrashPoint],
        trace: Trace,
        call: &impl Fn() -> FlowCall<M>,
    ) -> Played {
        let messages = self.messages.clone();
        let steps = Arc::default();
        let _watch = coverage::watch(&steps);
        let how = self.repeating(points);
        let setting = self.setting(trace);
        let own = setting.builder;
        // Which messages were received is read from it.
        let builder = |settings: Builder| own(settings).journal(Journal::All);
        let builder = &builder;
        let mut run = Run::new(Setting { builder, ..setting });
        let _told = Told::new(&run.log, how);
        let (mut points, mut crashes) = (points.iter().copied(), 0);
        let violations = loop {
            lock(&run.log).crash = points.next();
            let test = to_its_end(run.engine(), call(), &messages);
            if let Some(violations) = run.drive(test) {
                break violations;
            }
            crashes += 1;
            run.crash();
        };
        let ends = run.ends();
        let mut log = lock(&run.log);
        let played = Played {
            ends,
            violations,
            trace: std::mem::take(&mut log.trace),
            steps: std::mem::take(&mut *coverage::lock(&steps)),
            passed: log.passed,
            crashes,
            interrupted: run.attempts.interrupted,
            ledger: run.attempts.ledger.take(),
            worlds: std::mem::take(&mut run.attempts.worlds),
        };
        drop(log);
        drop(run);
        coverage::lock(&self.steps).extend(played.steps.clone());
        if crashes == 0 {
            self.keep(
                played.trace.clone(),
                played.ledger.clone(),
                played.worlds.clone(),
            );
        }
        played
    }
}

/// What whoever started the flow does, also after a crash. Gives what
/// `Engine::check` finds at the end.
async fn to_its_end<M: Machine>(
    engine: SimulatedEngine,
    call: FlowCall<M>,
    messages: &[(Arc<str>, Payload)],
) -> Vec<String> {
    let started = engine.start(ID, call).await;
    let handle = started.unwrap_or_else(|error| panic!("the flow cannot be started: {error}"));
    let mut ended = pin!(handle.finished_or_parked());
    loop {
        let mut idle = pin!(engine.idle());
        let is_ended = poll_fn(|cx| match ended.as_mut().poll(cx) {
            Poll::Ready(Ok(_)) => Poll::Ready(true),
            Poll::Ready(Err(error)) => panic!("the flow's result cannot be had: {error}"),
            Poll::Pending if messages.is_empty() => Poll::Pending,
            Poll::Pending => idle.as_mut().poll(cx).map(|()| false),
        });
        if is_ended.await {
            break;
        }
        bring(&engine, messages).await;
    }
    rest_ends(&engine).await;
    let checked = engine.check().await;
    let violations = checked.unwrap_or_else(|error| panic!("the store cannot be read: {error}"));
    violations.iter().map(ToString::to_string).collect()
}

/// Waits until what the flow spawned has ended as well.
async fn rest_ends(engine: &SimulatedEngine) {
    loop {
        let live = live(engine).await;
        if live.is_empty() {
            return;
        }
        for id in live {
            let (reply, ended) = oneshot::channel();
            let or_parked = true;
            let event = Event::Watch {
                id,
                or_parked,
                reply,
            };
            if engine.inner.send(event).is_ok() {
                let _ = ended.await;
            }
        }
    }
}

/// The instances that have not ended, and go on by themselves.
async fn live(engine: &SimulatedEngine) -> Vec<InstanceId> {
    let read = |view: &dyn View| {
        let mut live = Vec::new();
        for key in view.instances(None, usize::MAX)? {
            if let Some((instance, hot)) = view.load(key)?
                && !hot.is_finished()
                && hot.status() != Status::Parked
            {
                live.push(instance.id);
            }
        }
        Ok(live)
    };
    let live = engine.read(read).await;
    live.unwrap_or_else(|error| panic!("the store cannot be read: {error}"))
}

/// Sends the message that the flow waits for, if there is one for it. Which one is
/// read from what is stored: whoever sends begins anew, too.
async fn bring(engine: &SimulatedEngine, messages: &[(Arc<str>, Payload)]) {
    let wanted = wanted(engine).await;
    if wanted.is_empty() {
        return;
    }
    let journal = engine.journal(ID).await.unwrap_or_default();
    for wanted in wanted {
        let received = journal.iter().filter(
            |entry| matches!(&entry.what, Happening::Message { channel, .. } if *channel == wanted),
        );
        let mut of_channel = messages.iter().filter(|(channel, _)| *channel == wanted);
        let Some((_, payload)) = of_channel.nth(received.count()) else {
            continue;
        };
        let (reply, sent) = oneshot::channel();
        let event = Event::Send {
            id: id(),
            channel: wanted,
            payload: payload.clone(),
            message_id: None,
            reply,
        };
        if engine.inner.send(event).is_ok() {
            let _ = sent.await;
        }
        return;
    }
}

/// The channels of which the flow waits for a message, and none is stored.
async fn wanted(engine: &SimulatedEngine) -> Vec<Arc<str>> {
    let read = |view: &dyn View| match view.find(&id())? {
        Some(key) => view.load(key),
        None => Ok(None),
    };
    let Ok(Some((_, hot))) = engine.read(read).await else {
        return Vec::new();
    };
    let channels = hot.waiting().filter_map(|leaf| match &leaf.wait {
        LeafWait::Message { channel } => Some(Arc::clone(channel)),
        _ => None,
    });
    channels
        .filter(|channel| hot.stored(channel) == 0)
        .collect()
}

fn id() -> InstanceId {
    InstanceId::new(ID).expect("it is short and has no spaces")
}
