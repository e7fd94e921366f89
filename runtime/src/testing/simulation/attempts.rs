//! The attempts of a run: held until the simulation lets them begin, then played
//! by a fake or by the action's own body.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use tokio::task::unconstrained;

use super::fake::{Answered, Part};
use super::flag::Flag;
use super::ledger::{Ledger, LedgerRow, shown};
use super::order::Next;
use super::watched::{Log, lock};
use super::worlds::Worlds;
use crate::action::{ActionCx, ActionFailure, in_place};
use crate::engine::{Attempt, Clock, Guarded, Simulated, reported};
use crate::time::Timestamp;
use crate::turn::Report;

/// Who plays which action.
pub(super) type Parts = BTreeMap<&'static str, Part>;

pub(super) struct Attempts<'a> {
    pub(super) parts: &'a mut Parts,
    pub(super) worlds: Worlds,
    pub(super) ledger: Rc<RefCell<Ledger>>,
    pub(super) log: Arc<Mutex<Log>>,
    pub(super) clock: Clock,
    held: Vec<Attempt>,
    running: Vec<Running>,
    /// Whether an action that runs at most once was cut off, and its flow told.
    pub(super) interrupted: bool,
}

struct Running {
    attempt: Attempt,
    /// Its row in the ledger.
    row: usize,
    /// When it ends, and with what: for a body of its own the time limit.
    end: Option<(Timestamp, Report)>,
    /// Whether that is because it took too long.
    is_late: bool,
    /// Its time limit, without that of heartbeats.
    limit: Option<(Timestamp, Report)>,
    body: Option<Body>,
}

/// An action's own code.
struct Body {
    future: Guarded,
    flag: Arc<Flag>,
}

impl<'a> Attempts<'a> {
    pub(super) fn new(
        parts: &'a mut Parts,
        worlds: Worlds,
        log: Arc<Mutex<Log>>,
        clock: Clock,
    ) -> Self {
        parts.values_mut().for_each(Part::rewind);
        Self {
            parts,
            worlds,
            ledger: Rc::default(),
            log,
            clock,
            held: Vec::new(),
            running: Vec::new(),
            interrupted: false,
        }
    }

    /// What can happen: one that is held begins, or one that runs goes on or ends.
    pub(super) fn options(&mut self, engine: &Simulated, options: &mut Vec<Next>) {
        self.held
            .extend(std::iter::from_fn(|| engine.next_attempt()));
        if self.running.len() < engine.max_running {
            options.extend((0..self.held.len()).map(Next::Begin));
        }
        let now = self.clock.now();
        let running = self.running.iter().enumerate();
        let due = running.filter(|(_, running)| running.is_due(now));
        options.extend(due.map(|(place, _)| Next::GoOn(place)));
    }

    /// Lets one of those that are held begin.
    pub(super) fn begin(&mut self, engine: &Simulated, place: usize) {
        let attempt = self.held.remove(place);
        if !attempt.heart.begin() {
            return;
        }
        let now = self.clock.now();
        if let Some(failure) = attempt.refused(now) {
            self.interrupted |= failure == ActionFailure::Interrupted;
            engine.report(&attempt, Report::Broken(failure));
            return;
        }
        let limit = attempt.limit(now);
        let limited = limit.as_ref().map(|(limit, _)| *limit);
        let cx = attempt.cx(limited, &engine.outside);
        let limit = limit.map(|(limit, failure)| (now + limit, Report::Broken(failure)));
        let row = self.note(&attempt, &cx);
        let Some(part) = self.parts.get_mut(attempt.def.name) else {
            refuse(&attempt);
        };
        let answered = part.answer(&attempt, &cx, &mut self.worlds);
        let (end, body) = if let Some(Answered { report, takes }) = answered {
            lock(&self.log).effect();
            (Some((now + takes, report)), None)
        } else {
            match attempt.body(&engine.deps, cx) {
                Ok(future) => (None, Some(Flag::raised()).map(|flag| Body { future, flag })),
                Err(report) => (Some((now, report)), None),
            }
        };
        let end = end.filter(|(at, _)| *at < Timestamp::MAX);
        let watched = match &end {
            // A fake that has an end gives heartbeats all the while.
            Some(_) => limit.clone(),
            None => limited_by_silence(&attempt, limit.as_ref(), now),
        };
        let is_late = match (&end, &watched) {
            (Some((end, _)), Some((limit, _))) => limit < end,
            (None, limit) => limit.is_some(),
            (Some(_), None) => false,
        };
        self.running.push(Running {
            attempt,
            row,
            end: if is_late { watched } else { end },
            is_late,
            limit,
            body,
        });
    }

    fn note(&self, attempt: &Attempt, cx: &ActionCx) -> usize {
        let row = LedgerRow {
            at: self.clock.now(),
            action: attempt.def.name,
            idempotency_key: cx.idempotency_key(),
            attempt: attempt.number,
            arguments: attempt.request.arguments.clone(),
            outcome: None,
            at_most_once: attempt.def.policy.at_most_once,
        };
        let number = attempt.number;
        lock(&self.log).tell(format_args!("attempt {number} of {row} begins"));
        self.ledger.borrow_mut().begin(row)
    }

    /// Ends one of those that run, or goes on with its body.
    pub(super) fn go_on(&mut self, engine: &Simulated, place: usize) {
        let now = self.clock.now();
        let Some(running) = self.running.get_mut(place) else {
            return;
        };
        let polled = running.body.as_mut().and_then(Body::poll);
        let has_effect = polled.is_some();
        if !has_effect && running.attempt.heart.has_said() {
            engine.beaten(&running.attempt);
            running.end = limited_by_silence(&running.attempt, running.limit.as_ref(), now);
        }
        let ended = polled.or_else(|| {
            let end = running.end.clone().filter(|(at, _)| *at <= now);
            end.map(|(_, report)| report)
        });
        if let Some(report) = ended {
            let running = self.running.remove(place);
            if has_effect {
                lock(&self.log).effect();
            }
            self.end(engine, &running, has_effect, report);
        }
    }

    fn end(&self, engine: &Simulated, ended: &Running, by_itself: bool, report: Report) {
        let attempt = &ended.attempt;
        {
            let mut log = lock(&self.log);
            if log.has_crashed {
                return;
            }
            let (id, leaf, number) = (&attempt.instance, attempt.leaf, attempt.number);
            let (action, shown) = (attempt.def.name, shown(&report));
            log.tell(format_args!(
                "attempt {number} of `{action}` ({id}/{leaf}): {shown}"
            ));
        }
        if ended.is_late && !by_itself {
            attempt.heart.stop();
        }
        self.ledger.borrow_mut().end(ended.row, &report);
        engine.report(attempt, report);
    }

    /// When the next of those that run ends.
    pub(super) fn next_end(&self) -> Option<Timestamp> {
        let ends = self.running.iter().filter_map(|running| {
            let (at, _) = running.end.as_ref()?;
            Some(*at)
        });
        ends.min()
    }

    /// The process ended; what these attempts came to was not stored.
    pub(super) fn cut_off(&mut self, lost: &BTreeSet<(String, u32)>) {
        self.held.clear();
        self.running.clear();
        self.parts.values_mut().for_each(|part| part.lose(lost));
    }

    /// Those that run and have no end, for people.
    pub(super) fn endless(&self) -> Vec<String> {
        let endless = self.running.iter().filter(|running| running.end.is_none());
        let shown = endless.map(|Running { attempt, body, .. }| {
            let why = match body {
                Some(_) => "waits for something outside of the simulation; give it a fake",
                None => "never ends, and has no `timeout`",
            };
            let (action, id, leaf) = (attempt.def.name, &attempt.instance, attempt.leaf);
            format!(
                "attempt {} of `{action}` ({id}/{leaf}) {why}",
                attempt.number
            )
        });
        shown.collect()
    }
}

impl Running {
    fn is_due(&self, now: Timestamp) -> bool {
        let ends = self.end.as_ref().is_some_and(|(at, _)| *at <= now);
        ends || self.body.as_ref().is_some_and(|body| body.flag.is_raised())
    }
}

impl Body {
    fn poll(&mut self) -> Option<Report> {
        if !self.flag.take() {
            return None;
        }
        let waker = Waker::from(Arc::clone(&self.flag));
        let mut cx = Context::from_waker(&waker);
        let mut body = unconstrained(&mut self.future);
        match in_place(|| Pin::new(&mut body).poll(&mut cx)) {
            Poll::Ready(ended) => Some(reported(ended)),
            Poll::Pending => None,
        }
    }
}

/// When an attempt that gave its last heartbeat now must end.
fn limited_by_silence(
    attempt: &Attempt,
    limit: Option<&(Timestamp, Report)>,
    now: Timestamp,
) -> Option<(Timestamp, Report)> {
    let silence = attempt.heartbeat_limit().map(|limit| {
        let missed = ActionFailure::HeartbeatMissed { limit };
        (now + limit, Report::Broken(missed))
    });
    let both = limit.cloned().into_iter().chain(silence);
    both.min_by_key(|(at, _)| *at)
}

fn refuse(attempt: &Attempt) -> ! {
    let (action, def) = (attempt.def.name, attempt.def);
    panic!(
        "{} calls `{action}` ({}:{}) with {}, and nothing plays it; give the simulation a fake, \
         `sim.fake::<{action}>(|arguments| ..)`, or let its body run, `sim.real::<{action}>()`",
        attempt.instance,
        def.file,
        def.line,
        attempt.request.arguments.to_json(),
    )
}
