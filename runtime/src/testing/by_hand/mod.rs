//! A machine driven by hand: no engine, no store, no thread, no time.
//!
//! In: what a test says that actions, timers and senders bring. Out: what the flow
//! then waits for. Each step is the engine's own turn, from stored bytes to stored
//! bytes; only what surrounds turns is the test.

mod ask;
mod data;
mod deliver;
mod drive;
mod family;
mod show;

use std::any::TypeId;
use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex};

use self::family::Family;
use crate::flow::FlowCall;
use crate::ids::{DataKey, InstanceId, InstanceKey};
use crate::machine::{FlowDef, Machine};
use crate::payload::Payload;
use crate::record::{Datum, Instance, JournalSeq};
use crate::registry::Registry;
use crate::testing::BEGIN;
use crate::testing::coverage::{self, Steps};
use crate::time::Timestamp;
use crate::turn::{self, Event, Journal, NewInstance, Rules, State, Turned, Wake};

impl<M: Machine> FlowCall<M> {
    /// Runs the flow up to where it waits first, to be driven by hand from there.
    ///
    /// It begins at midnight, UTC, of 2026-01-01, with the seed 0 and the id `by-hand`;
    /// time goes on only where the test says so. See [`ByHand`].
    ///
    /// # Panics
    ///
    /// When an argument cannot be encoded, or two flows or actions of the program share
    /// a name.
    #[track_caller]
    #[must_use]
    pub fn machine(self) -> ByHand<M> {
        ByHand::start(self, 0)
    }

    /// The same with another seed: [`flow::random`](crate::flow::random) and its like
    /// give other values.
    ///
    /// # Panics
    ///
    /// As [`machine`](Self::machine).
    #[track_caller]
    #[must_use]
    pub fn machine_of_seed(self, seed: u64) -> ByHand<M> {
        ByHand::start(self, seed)
    }
}

/// A flow that a test drives by hand.
///
/// It stands where it waits. The test says what it waits for brings, and it runs to
/// where it waits next, through the same turns and the same stored bytes as in an
/// engine; actions do not run. A clone goes on by itself, so that a test can try
/// several ways from one point. `Display` shows where it stands, what it waits for and
/// what it keeps, as text that is the same in each run: fit for a snapshot.
///
/// # Panics
///
/// What the flow does not wait for cannot be brought: such a call panics, at the line
/// of the test, and says what it waits for and on which line of the flow.
///
/// # Examples
///
/// ```
/// use flowstone::prelude::*;
///
/// # #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
/// # struct Declined;
/// #[action]
/// async fn charge(card: &str, cents: u64) -> Result<u64, Declined> {
///     # let _ = (card, cents);
///     unimplemented!("asks the bank")
/// }
///
/// #[flow]
/// async fn pay(card: String) -> Result<u64, Declined> {
///     let receipt = charge(&card, 200).await?;
///     flow::sleep(Duration::from_secs(3600)).await;
///     Ok(receipt)
/// }
///
/// let mut machine = pay("4242".to_owned()).machine();
/// assert_eq!(machine.label(), "charge");
/// assert_eq!(machine.call::<charge>(), ("4242".to_owned(), 200));
///
/// let mut declined = machine.clone();
/// declined.resolve::<charge>(Err(Declined));
/// assert_eq!(declined.output(), Some(Err(Declined)));
///
/// machine.resolve::<charge>(Ok(7));
/// assert_eq!(machine.local::<u64>("receipt"), 7);
/// machine.fire_timer();
/// assert_eq!(machine.output(), Some(Ok(7)));
/// ```
pub struct ByHand<M: Machine> {
    state: State,
    rules: Arc<Rules>,
    now: Timestamp,
    /// Messages that the flow has not taken yet.
    unread: BTreeMap<(Arc<str>, u64), Payload>,
    /// What it put.
    data: BTreeMap<DataKey, Datum>,
    family: Family,
    /// What it did, with those that it was cloned from.
    steps: Arc<Mutex<Steps>>,
    machine: PhantomData<fn() -> M>,
}

impl<M: Machine> Clone for ByHand<M> {
    fn clone(&self) -> Self {
        Self {
            state: self.state.clone(),
            rules: Arc::clone(&self.rules),
            now: self.now,
            unread: self.unread.clone(),
            data: self.data.clone(),
            family: self.family.clone(),
            steps: Arc::new(Mutex::new(coverage::lock(&self.steps).clone())),
            machine: PhantomData,
        }
    }
}

impl<M: Machine> ByHand<M> {
    #[track_caller]
    fn start(call: FlowCall<M>, seed: u64) -> Self {
        let mut registry = Registry::linked().unwrap_or_else(|error| panic!("{error}"));
        let flow = registry.flow_of(TypeId::of::<M>()).copied();
        let flow = flow.unwrap_or_else(|| {
            // A generic flow that is registered for other types, or for none.
            let flow = FlowDef::of::<M>().named(std::any::type_name::<M>());
            let added = registry.add_flow(flow);
            added.unwrap_or_else(|error| panic!("{error}"));
            flow
        });
        let rules = Rules {
            registry,
            max_value_bytes: usize::MAX,
            max_recoveries: u32::MAX,
            births: usize::MAX,
            journal: Journal::Off,
            keep_states: false,
            #[cfg(debug_assertions)]
            runner: super::segments::runner(),
        };
        let key = InstanceKey(1);
        let instance = Instance {
            id: InstanceId::new("by-hand").expect("it is short and has no spaces"),
            flow: flow.name.into(),
            version: flow.shape.version,
            arguments: call.arguments().unwrap_or_else(|fault| panic!("{fault}")),
            created_at: BEGIN,
            seed,
            parent: None,
            end: None,
        };
        let new = NewInstance {
            key,
            instance,
            messages: Vec::new(),
        };
        let steps = Arc::default();
        let turned = {
            let _watch = coverage::watch(&steps);
            turn::start(new, &flow, &rules, BEGIN, JournalSeq(0))
        };
        let mut machine = Self {
            state: turned.state.clone(),
            rules: Arc::new(rules),
            now: BEGIN,
            unread: BTreeMap::new(),
            data: BTreeMap::new(),
            family: Family::default(),
            steps,
            machine: PhantomData,
        };
        machine.accept(turned);
        machine
    }

    fn apply(&mut self, event: Event) -> bool {
        let turned = {
            let _watch = coverage::watch(&self.steps);
            turn::turn(&self.state, event, &self.rules, self.now, JournalSeq(0))
        };
        turned.map(|turned| self.accept(turned)).is_some()
    }

    /// Takes a turn's state, and hands over the messages that it then waits for.
    fn accept(&mut self, turned: Turned) {
        for write in turned.writes {
            self.keep(write);
        }
        self.state = turned.state;
        self.deliver(turned.posts);
        for wake in turned.wakes {
            match wake {
                Wake::Message { channel, seq } => {
                    if let Some(payload) = self.unread.remove(&(Arc::clone(&channel), seq)) {
                        self.apply(Event::NextMessage {
                            channel,
                            seq,
                            payload,
                        });
                    }
                }
                Wake::Answer { leaf } => {
                    self.apply(Event::GoOn { leaf });
                }
                Wake::Gather { leaf } => self.gather(leaf),
                Wake::Attempt { .. } | Wake::Birth => {}
            }
        }
    }
}
