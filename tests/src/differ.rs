//! Runs a body as a plain `async fn` and as a machine, for comparison.
//!
//! In: a flow and the same body as a future. Out: a [`Run`] of each: what was
//! logged, what was awaited, what came out. Where a body waits for several things,
//! the same one of them comes first in both. This file has the plain body, `driven`
//! the machine. Both are compiled with each generated crate, too.

use std::cell::RefCell;
use std::fmt::Debug;
use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use flowstone::machine::{Cx, Fault, Op, Outcome, Progress, Step, Wait};

pub use crate::driven::{machine, machine_in};

thread_local! {
    static LOG: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    /// What was said without waiting since the last await.
    static SAID: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    /// What a plain body waits for, in the order in which it began to.
    static WAITING: RefCell<Vec<Ticket>> = const { RefCell::new(Vec::new()) };
}

struct Ticket {
    number: usize,
    n: i64,
    came: bool,
}

/// Which of several things comes first: the next number of a simple sequence,
/// or always the oldest.
#[derive(Debug, Clone, Copy)]
pub struct Order(u64);

impl Order {
    /// What was asked for first comes first.
    pub const FIRST: Self = Self(0);

    /// Another order for each seed.
    #[must_use]
    pub fn of(seed: u64) -> Self {
        Self(seed)
    }

    /// Which of `count` things comes now.
    pub(crate) fn pick(&mut self, count: usize) -> usize {
        if self.0 == 0 {
            return 0;
        }
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407) | 1;
        usize::try_from(self.0 >> 40).unwrap_or(0) % count
    }
}

/// More than any body should log: a body that logs more never ends.
const LONGEST: usize = 10_000;

/// What one way of running a body did.
#[derive(Debug, PartialEq, Eq)]
pub struct Run<T> {
    /// Each await and each note, in order.
    pub log: Vec<String>,
    /// What the body returned.
    pub result: T,
}

/// Logs `n` when awaited, and is `n` then.
#[must_use = "a tick is logged when it is awaited"]
pub fn tick(n: i64) -> Tick {
    Tick { n, ticket: None }
}

/// Logs `n` now.
#[expect(clippy::must_use_candidate, reason = "bodies call it for its effect")]
pub fn note(n: i64) -> i64 {
    log(format!("note {n}"));
    n
}

/// Logs what `value` is now.
pub fn see<T: Debug + ?Sized>(value: &T) {
    log(format!("see {value:?}"));
}

/// See [`tick`].
#[derive(Debug)]
pub struct Tick {
    n: i64,
    ticket: Option<usize>,
}

impl Tick {
    /// The label of the state that awaits it; the compiler reads it.
    #[must_use = "a tick is logged when it is awaited"]
    pub fn label(self, _: &str) -> Self {
        self
    }
}

impl Future for Tick {
    type Output = i64;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<i64> {
        let n = self.n;
        WAITING.with_borrow_mut(|waiting| match self.ticket {
            None => {
                let number = waiting.last().map_or(0, |last| last.number + 1);
                let came = false;
                waiting.push(Ticket { number, n, came });
                self.ticket = Some(number);
                Poll::Pending
            }
            Some(number) => {
                let mut tickets = waiting.iter();
                let came = tickets.any(|ticket| ticket.number == number && ticket.came);
                if came { Poll::Ready(n) } else { Poll::Pending }
            }
        })
    }
}

impl Drop for Tick {
    fn drop(&mut self) {
        if let Some(number) = self.ticket {
            WAITING.with_borrow_mut(|waiting| waiting.retain(|ticket| ticket.number != number));
        }
    }
}

impl Op for Tick {
    type Output = i64;

    fn start(self, cx: &mut Cx) -> Progress<i64> {
        let channel = self.n.to_string();
        Ok(cx.request(Wait::Message { channel }))
    }

    fn resume(waiting: Bytes, cx: &mut Cx) -> Progress<i64> {
        let Some(Outcome::Value(payload)) = cx.outcome_of(&waiting)? else {
            return Ok(Step::Waiting(waiting));
        };
        let site = cx.site();
        let decoded = payload.decode().map(Step::Done);
        decoded.map_err(|source| Fault::DecodeOutcome {
            flow: site.flow,
            label: site.label,
            source,
        })
    }
}

/// Runs a body as what rustc makes of it.
///
/// # Panics
///
/// If it awaits anything but ticks, and where the body does.
pub fn plain<T>(body: impl Future<Output = T>) -> Run<T> {
    plain_in(Order::FIRST, body)
}

/// The same with what it waits for in some order.
///
/// # Panics
///
/// As [`plain`].
pub fn plain_in<T>(mut order: Order, body: impl Future<Output = T>) -> Run<T> {
    begin();
    let mut cx = Context::from_waker(Waker::noop());
    let mut body = pin!(body);
    loop {
        if let Poll::Ready(result) = body.as_mut().poll(&mut cx) {
            return ended(result);
        }
        let came = WAITING.with_borrow_mut(|waiting| {
            let mut open: Vec<&mut Ticket> = waiting.iter_mut().filter(|at| !at.came).collect();
            assert!(!open.is_empty(), "a plain body waits for ticks only");
            let at = order.pick(open.len());
            let ticket = open.swap_remove(at);
            ticket.came = true;
            ticket.n
        });
        came_to(came);
    }
}

/// Forgets what was logged before.
pub(crate) fn begin() {
    LOG.take();
    SAID.take();
}

/// Logs what was said, and that `n` is there.
pub(crate) fn came_to(n: i64) {
    SAID.take().into_iter().for_each(log);
    log(format!("tick {n}"));
}

/// What one way of running a body did, which came to `result`.
pub(crate) fn ended<T>(result: T) -> Run<T> {
    SAID.take().into_iter().for_each(log);
    let log = LOG.take();
    Run { log, result }
}

/// Says something that takes effect with the step: it is logged at its end.
pub fn say(text: String) {
    SAID.with_borrow_mut(|said| said.push(text));
}

/// What is logged so far on this thread; empty afterwards.
#[must_use]
pub fn take_log() -> Vec<String> {
    LOG.take()
}

fn log(entry: String) {
    let length = LOG.with_borrow_mut(|log| {
        log.push(entry);
        log.len()
    });
    assert!(length < LONGEST, "the body does not end");
}
