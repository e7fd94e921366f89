//! A flow that does what its arguments say, actions that a test controls, and
//! a world that records what they did.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tokio::sync::{Semaphore, watch};

use crate::action::{
    ActionCx, ActionDef, ActionFailure, AttemptOutcome, CallPolicy, Deps, Policy, Retry, RunFuture,
};
use crate::client::{Handle, Stopped};
use crate::engine::{Builder, Engine};
use crate::flow::{Channel, FlowCall, FlowResult};
use crate::machine::{
    ActionRequest, Cx, Fault, FlowDef, Frame, Machine, Outcome, Shape, Site, Step, Tie, Wait,
};
use crate::payload::{Fields, FieldsBuilder, Payload};
use crate::registry::Registry;
use crate::store::Store;
use crate::time::Timestamp;

/// One step of the flow.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) enum Do {
    /// Calls `act`.
    Act(How),
    /// Calls `act` with this policy.
    Tuned(How, CallPolicy),
    /// Calls `bare`, which has no error of its own.
    Bare(How),
    /// Calls an action that does not exist.
    Missing,
    /// Sleeps so many milliseconds.
    Sleep(u64),
    /// Receives from this channel.
    Receive(String),
    /// Panics unless the world was mended.
    Panic(String),
    /// Keeps so many bytes from now on.
    Keep(usize),
    /// Returns so many bytes at once.
    Return(usize),
}

/// What the actions do.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) enum How {
    Echo(Value),
    /// Fails before this attempt.
    FailUntil(u32),
    /// Fails, and says that another attempt is useless.
    FailForGood,
    Panic,
    Hang,
    /// Waits for a permit of this gate.
    Gate(String),
    /// Returns so many bytes.
    Big(usize),
}

pub(super) const NUMBERS: Channel<u32> = Channel::new("numbers");
pub(super) const OTHER: Channel<u32> = Channel::new("other");

/// Whether [`Do::Panic`] panics; one name per test, as tests run side by side.
static MENDED: Mutex<Option<HashMap<String, Arc<AtomicBool>>>> = Mutex::new(None);

pub(super) fn mended(name: &str) -> Arc<AtomicBool> {
    let mut all = MENDED.lock().unwrap();
    Arc::clone(
        all.get_or_insert_default()
            .entry(name.to_owned())
            .or_default(),
    )
}

pub(super) struct Script;

#[expect(clippy::needless_pass_by_value, reason = "calls read better")]
pub(super) fn script(steps: Vec<Do>) -> FlowCall<Script> {
    FlowCall::capture(|fields| fields.push("steps", &steps))
}

const fn site(label: &'static str, line: u32) -> Site {
    Site {
        flow: "script",
        label,
        file: "script.rs",
        line,
        column: 1,
        twins: 1,
        kept: "\0\u{1}\u{2}\u{3}",
    }
}

static SITES: [Site; 3] = [site("call", 10), site("sleep", 20), site("receive", 30)];

static SHAPE: Shape = Shape {
    allows: &[],
    name: "script",
    version: 1,
    file: "script.rs",
    line: 1,
    fingerprint: 7,
    locals: &["steps", "at", "log", "kept"],
    params: 1,
    operands: &[],
    drawn: "",
    states: &SITES,
};

impl Machine for Script {
    type Output = Vec<Value>;
    const RESULT: Tie<Vec<Value>> = FlowResult::TIE;
    const SHAPE: &'static Shape = &SHAPE;

    fn resume(frame: Bytes, cx: &mut Cx) -> Result<Step<Vec<Value>>, Fault> {
        let frame = Frame::decode(&frame).unwrap();
        let local = |name| frame.locals.get(name);
        let steps: Vec<Do> = local("steps").unwrap().decode().unwrap();
        let mut at: usize = local("at").map_or(0, |at| at.decode().unwrap());
        let mut log: Vec<Value> = local("log").map_or_else(Vec::new, |log| log.decode().unwrap());
        let mut kept: Vec<u8> = local("kept").map_or_else(Vec::new, |kept| kept.decode().unwrap());
        if !frame.label.is_empty() {
            log.push(match cx.outcome_of(&frame.waiting)? {
                None => panic!("woken for nothing"),
                Some(Outcome::Fired) => json!("fired"),
                Some(Outcome::Value(value)) => value.to_json().unwrap(),
                Some(other) => panic!("woken by {other:?}"),
            });
            at += 1;
        }
        let (site, wait) = loop {
            let Some(step) = steps.get(at) else {
                return Ok(Step::Done(log));
            };
            match step {
                Do::Act(how) => break call("act", how, CallPolicy::default()),
                Do::Tuned(how, policy) => break call("act", how, *policy),
                Do::Bare(how) => break call("bare", how, CallPolicy::default()),
                Do::Missing => break call("missing", &How::Panic, CallPolicy::default()),
                Do::Sleep(millis) => {
                    let due = crate::flow::now() + Duration::from_millis(*millis);
                    break (&SITES[1], Wait::Timer { due });
                }
                Do::Receive(channel) => {
                    let channel = channel.clone();
                    break (&SITES[2], Wait::Message { channel });
                }
                Do::Panic(name) => assert!(mended(name).load(Ordering::SeqCst), "not mended"),
                Do::Keep(bytes) => kept = vec![7; *bytes],
                Do::Return(bytes) => return Ok(Step::Done(vec![json!("x".repeat(*bytes))])),
            }
            at += 1;
        };
        let mut locals = FieldsBuilder::default();
        locals.push("steps", &steps).unwrap();
        locals.push("at", &at).unwrap();
        locals.push("log", &log).unwrap();
        locals.push("kept", &kept).unwrap();
        cx.enter(site);
        let Step::Waiting(waiting) = cx.request::<()>(wait) else {
            unreachable!("a request waits")
        };
        let frame = Frame {
            version: SHAPE.version,
            fingerprint: SHAPE.fingerprint,
            label: site.label.to_owned(),
            twins: site.twins,
            locals: locals.finish(),
            waiting,
        };
        Ok(Step::Waiting(frame.encode()))
    }
}

fn call(action: &str, how: &How, policy: CallPolicy) -> (&'static Site, Wait) {
    let mut arguments = FieldsBuilder::default();
    arguments.push("how", how).unwrap();
    let request = ActionRequest {
        action: action.to_owned(),
        arguments: arguments.finish(),
        policy: policy.said(),
    };
    (&SITES[0], Wait::Action(request))
}

/// What the actions did, and what they wait for.
#[derive(Debug, Clone, Default)]
pub(super) struct World(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    ledger: watch::Sender<Vec<String>>,
    gates: Mutex<HashMap<String, Arc<Semaphore>>>,
}

impl World {
    /// The attempts that began: idempotency key, `#`, attempt.
    pub(super) fn ledger(&self) -> Vec<String> {
        self.0.ledger.borrow().clone()
    }

    /// Waits until this attempt began.
    pub(super) async fn begun(&self, attempt: &str) {
        let mut ledger = self.0.ledger.subscribe();
        let begun = |ledger: &Vec<String>| ledger.iter().any(|began| began == attempt);
        ledger.wait_for(begun).await.unwrap();
    }

    pub(super) fn open_gate(&self, name: &str) {
        self.gate(name).add_permits(1);
    }

    fn gate(&self, name: &str) -> Arc<Semaphore> {
        let mut gates = self.0.gates.lock().unwrap();
        let closed = || Arc::new(Semaphore::new(0));
        Arc::clone(gates.entry(name.to_owned()).or_insert_with(closed))
    }
}

async fn act(world: World, cx: ActionCx, how: How) -> (Result<Value, String>, bool) {
    let began = format!("{}#{}", cx.idempotency_key(), cx.attempt());
    world.0.ledger.send_modify(|ledger| ledger.push(began));
    let done = match how {
        How::Echo(value) => Ok(value),
        How::FailUntil(attempt) if cx.attempt() < attempt => Err(format!("no {}", cx.attempt())),
        How::FailUntil(attempt) => Ok(json!(attempt)),
        How::FailForGood => return (Err("for good".to_owned()), false),
        How::Panic => panic!("the action panics"),
        How::Hang => std::future::pending().await,
        How::Gate(name) => {
            world.gate(&name).acquire().await.unwrap().forget();
            Ok(json!(name))
        }
        How::Big(bytes) => Ok(json!("x".repeat(bytes))),
    };
    (done, true)
}

fn run(deps: &Deps, cx: ActionCx, arguments: &Fields) -> RunFuture {
    let world = World::clone(&deps.get::<World>().unwrap());
    let how = arguments.get("how").unwrap().decode().unwrap();
    Box::pin(async move {
        let (done, retry) = act(world, cx, how).await;
        let payload = Payload::encode(&done).unwrap();
        match done {
            Ok(_) => AttemptOutcome::Returned(payload),
            Err(_) => AttemptOutcome::Failed { payload, retry },
        }
    })
}

#[expect(clippy::needless_pass_by_value, reason = "the type of the field")]
fn err(failure: ActionFailure) -> Option<Payload> {
    Payload::encode(&Err::<Value, _>(failure.to_string())).ok()
}

const QUICK: Retry = Retry::attempts(3).first_delay(Duration::from_millis(1));

pub(super) const ACT: ActionDef = ActionDef {
    name: "act",
    file: "act.rs",
    line: 1,
    policy: Policy::new(QUICK),
    deps: || vec![crate::action::DepDef::of::<World>()],
    run,
    failed: err,
};

static ACTIONS: [ActionDef; 2] = [
    ACT,
    ActionDef {
        name: "bare",
        failed: |_| None,
        ..ACT
    },
];

pub(super) fn registry() -> Registry {
    let mut registry = Registry::default();
    registry.add_flow(FlowDef::of::<Script>()).unwrap();
    for action in &ACTIONS {
        registry.add_action(action).unwrap();
    }
    registry
}

pub(super) fn builder(world: &World, store: impl Store) -> Builder {
    let builder = Engine::builder().registry(registry());
    builder.provide(world.clone()).store(store)
}

pub(super) async fn engine(world: &World, store: impl Store) -> Engine {
    builder(world, store).open().await.unwrap()
}

/// An engine whose time stands still until it is advanced.
pub(super) async fn still_engine(world: &World, store: impl Store) -> Engine {
    let builder = builder(world, store).manual_clock(Timestamp::from_micros(1_000_000));
    builder.open().await.unwrap()
}

pub(super) fn echo(value: impl Into<Value>) -> Do {
    Do::Act(How::Echo(value.into()))
}

pub(super) async fn parked(handle: &Handle<Vec<Value>>) -> crate::record::ParkReason {
    match handle.finished_or_parked().await.unwrap() {
        Stopped::Parked(reason) => reason,
        other => panic!("not parked: {other:?}"),
    }
}

/// No instance may sleep for ever, whatever the test did.
pub(super) async fn sound(engine: &Engine) {
    assert_eq!(engine.check().await.unwrap(), []);
}
