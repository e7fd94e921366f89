//! One run of a simulation: an engine, a test, and what happens next.
//!
//! In: what plays the actions, a store, a seed. Out: what the test came to. All
//! that can happen is done step by step, in an order drawn from the seed; when
//! nothing can happen, time goes on to the next that will.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::pin::pin;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tokio::task::unconstrained;

use super::attempts::{Attempts, Parts};
use super::engine::{SimulatedEngine, Wishes, open};
use super::flag::Flag;
use super::order::{Next, Order};
use super::seen::{self, End};
use super::trace::Trace;
use super::watched::{Log, Passed, Watched, lock};
use super::worlds::Worlds;
use crate::engine::{Builder, Clock, Engine, Simulated, Waiting};
use crate::ids::InstanceId;
use crate::store::Store;
use crate::testing::BEGIN;

/// So much can happen without time going on; more is a loop.
const MOST_STEPS: u32 = 1_000_000;
/// So much can happen in all, and so long a run can take; more is one that waits for
/// what never comes while something repeats.
const MOST_STEPS_IN_ALL: u64 = 20_000_000;
const LONGEST_RUN: Duration = Duration::from_hours(1_000 * 365 * 24);
/// A turn of the engine takes at most so many events: few, so that many orders
/// are tried.
const MOST_EVENTS: usize = 4;

/// What a run is made from.
pub(super) struct Setting<'a> {
    pub(super) seed: u64,
    pub(super) parts: &'a mut Parts,
    pub(super) worlds: Worlds,
    pub(super) builder: &'a dyn Fn(Builder) -> Builder,
    pub(super) store: Box<dyn Store>,
    pub(super) trace: Trace,
    pub(super) order: Order,
}

pub(super) struct Run<'a> {
    seed: u64,
    order: Order,
    /// What can happen, gathered anew each time.
    options: Vec<Next>,
    clock: Clock,
    builder: &'a dyn Fn(Builder) -> Builder,
    store: Arc<Watched>,
    pub(super) log: Arc<Mutex<Log>>,
    pub(super) attempts: Attempts<'a>,
    wishes: Rc<RefCell<Wishes>>,
    /// `None` only while it crashes.
    simulated: Option<Simulated>,
    engine: Engine,
    /// How much has happened, and how much had when somebody was told that
    /// nothing more can.
    steps: u64,
    told_idle: u64,
}

impl<'a> Run<'a> {
    #[track_caller]
    pub(super) fn new(setting: Setting<'a>) -> Self {
        let clock = Clock::simulated(BEGIN);
        let log = Log::new(clock.clone(), setting.trace);
        let store = Arc::new(Watched::new(setting.store, Arc::clone(&log)));
        let (seed, builder) = (setting.seed, setting.builder);
        let (engine, mut simulated) = open(builder, &store, &clock, seed);
        if setting.order.holds_what_is_sent() {
            // It looks for timers first; that is no choice.
            simulated.take_turns(1);
        }
        let (parts, worlds) = (setting.parts, setting.worlds);
        Self {
            seed,
            order: setting.order,
            options: Vec::new(),
            attempts: Attempts::new(parts, worlds, Arc::clone(&log), clock.clone()),
            clock,
            builder,
            store,
            log,
            wishes: Rc::default(),
            simulated: Some(simulated),
            engine,
            steps: 0,
            told_idle: 0,
        }
    }

    /// The engine, for a test.
    pub(super) fn engine(&self) -> SimulatedEngine {
        SimulatedEngine::new(
            self.engine.clone(),
            Rc::clone(&self.wishes),
            Rc::clone(&self.attempts.ledger),
            self.clock.clone(),
        )
    }

    /// Lets everything happen until the test has ended; `None` when the process
    /// ended before, where a crash was wished for.
    #[track_caller]
    pub(super) fn drive<T>(&mut self, test: impl Future<Output = T>) -> Option<T> {
        // A test may be a task of tokio itself, which is to yield now and then: here nothing
        // else would go on if it did.
        let mut test = pin!(unconstrained(test));
        let flag = Flag::raised();
        let waker = Waker::from(Arc::clone(&flag));
        let mut cx = Context::from_waker(&waker);
        let mut busy = 0;
        loop {
            let next = self.next(flag.is_raised());
            match next {
                Some(Next::Test) => {
                    flag.take();
                    if let Poll::Ready(value) = test.as_mut().poll(&mut cx) {
                        return Some(value);
                    }
                }
                Some(next) => self.step(next),
                None => {}
            }
            if lock(&self.log).has_crashed {
                return None;
            }
            self.grant_crash();
            busy = if next.is_some() { busy + 1 } else { 0 };
            self.assert_ends(busy);
            if next.is_none() && !self.rest() && !self.tell_idle() {
                self.let_time_go_on();
            }
        }
    }

    /// What happens next, of all that can.
    fn next(&mut self, test: bool) -> Option<Next> {
        self.options.clear();
        if let Some(simulated) = &mut self.simulated {
            if self.order.holds_what_is_sent() {
                self.options.extend(simulated.sent().map(Next::Sent));
            }
            let turns = match simulated.turns() {
                Waiting::Nothing => None,
                Waiting::ItsTime => Some(Next::Timers),
                Waiting::Something => Some(Next::Turns),
            };
            self.options.extend(turns);
            self.options
                .extend(simulated.has_commit().then_some(Next::Commit));
            self.attempts.options(simulated, &mut self.options);
        }
        self.options.extend(test.then_some(Next::Test));
        self.order.pick(&self.options)
    }

    fn step(&mut self, next: Next) {
        let Some(simulated) = &mut self.simulated else {
            return;
        };
        match next {
            Next::Test => {}
            Next::Turns | Next::Timers => simulated.take_turns(self.order.events(MOST_EVENTS)),
            Next::Sent(sent) => simulated.take_sent(sent),
            Next::Commit => simulated.commit(),
            Next::Begin(place) => self.attempts.begin(simulated, place),
            Next::GoOn(place) => self.attempts.go_on(simulated, place),
        }
        self.steps += 1;
    }

    #[track_caller]
    fn assert_ends(&self, busy: u32) {
        assert!(
            busy < MOST_STEPS,
            "the simulation does not come to rest at {}: a flow loops without waiting for time, \
             or a test waits by polling\n{}",
            self.clock.now(),
            self.standing()
        );
    }

    fn rest(&mut self) -> bool {
        self.simulated.as_mut().is_some_and(Simulated::settle)
    }

    /// Tells whoever waits for it that nothing more can happen now.
    fn tell_idle(&mut self) -> bool {
        if self.steps == self.told_idle {
            return false;
        }
        self.told_idle = self.steps;
        let waiting = self.wishes.borrow_mut().idle.take();
        waiting.is_some_and(|waiting| waiting.send(()).is_ok())
    }

    /// Moves the clock to the next point at which something happens.
    #[track_caller]
    fn let_time_go_on(&mut self) {
        let now = self.clock.now();
        let sleepers = self
            .wishes
            .borrow()
            .sleepers
            .iter()
            .map(|(at, _)| *at)
            .min();
        let end = self.attempts.next_end();
        let engine = self.simulated.as_ref().and_then(Simulated::due_in);
        let nexts = [engine.map(|due| now + due), sleepers, end];
        let Some(next) = nexts.into_iter().flatten().min() else {
            panic!(
                "nothing can happen any more, and the test waits\n{}",
                self.standing()
            );
        };
        // What is due and does nothing must not stop time.
        let by = next.since(now).max(Duration::from_micros(1));
        assert!(
            (now + by).since(BEGIN) < LONGEST_RUN && self.steps < MOST_STEPS_IN_ALL,
            "the test waits, and after {} steps it is {now}: something repeats for ever\n{}",
            self.steps,
            self.standing()
        );
        self.clock.advance(by);
        self.steps += 1;
        let now = self.clock.now();
        let is_due = |(at, _): &mut (_, _)| *at <= now;
        let mut wishes = self.wishes.borrow_mut();
        for (_, sleeper) in wishes.sleepers.extract_if(.., is_due) {
            let _ = sleeper.send(());
        }
    }

    fn grant_crash(&mut self) {
        let wish = self.wishes.borrow_mut().crash.take();
        if let Some(wish) = wish {
            lock(&self.log).tell(format_args!("the process ends"));
            self.crash();
            let _ = wish.send(self.engine.clone());
        }
    }

    /// Ends the process and begins it anew over the same store.
    #[track_caller]
    pub(super) fn crash(&mut self) {
        let lost = seen::running(&*self.store).unwrap_or_default();
        self.simulated = None;
        self.attempts.cut_off(&lost);
        *self.wishes.borrow_mut() = Wishes::default();
        {
            let mut log = lock(&self.log);
            log.has_crashed = false;
            log.passed = Passed::default();
            log.tell(format_args!("the process begins anew"));
        }
        self.store.abandon();
        let opened = self.store.reopen();
        opened.unwrap_or_else(|error| panic!("the store cannot be opened again: {error}"));
        let (engine, simulated) = open(self.builder, &self.store, &self.clock, self.seed);
        (self.engine, self.simulated) = (engine, Some(simulated));
    }

    pub(super) fn into_order(self) -> Order {
        self.order
    }

    /// What each instance came to.
    #[track_caller]
    pub(super) fn ends(&self) -> BTreeMap<InstanceId, End> {
        let ends = seen::ends(&*self.store);
        ends.unwrap_or_else(|error| panic!("the store cannot be read: {error}"))
    }

    /// What every instance waits for, for people.
    fn standing(&self) -> String {
        let registry = &self.engine.inner.rules.registry;
        let mut lines =
            seen::instances(&*self.store, registry).unwrap_or_else(|error| vec![error.to_string()]);
        if lines.is_empty() {
            lines.push("no instance was started".to_owned());
        }
        lines.extend(self.attempts.endless());
        lines.join("\n")
    }
}
