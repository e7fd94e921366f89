//! Runs a body as a plain `async fn` and as a machine, for comparison.
//!
//! In: a flow and the same body as a future. Out: a [`Run`] of each: what was
//! logged, what was awaited, what came out. The machine's frame goes through
//! bytes at every await. This file is compiled with each generated crate, too.

use std::cell::RefCell;
use std::fmt::Debug;
use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use flowstone::flow::FlowCall;
use flowstone::machine::{Cx, Fault, Frame, Machine, Op, Outcome, Progress, Step, Wait};
use flowstone::{LeafId, Payload};

thread_local! {
    static LOG: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
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
    Tick(n)
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
pub struct Tick(i64);

impl Tick {
    /// The label of the state that awaits it; the compiler reads it.
    #[must_use = "a tick is logged when it is awaited"]
    pub fn label(self, _: &str) -> Self {
        self
    }
}

impl Future for Tick {
    type Output = i64;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<i64> {
        log(format!("tick {}", self.0));
        Poll::Ready(self.0)
    }
}

impl Op for Tick {
    type Output = i64;

    fn start(self, cx: &mut Cx) -> Progress<i64> {
        let channel = self.0.to_string();
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
    LOG.take();
    let mut cx = Context::from_waker(Waker::noop());
    let Poll::Ready(result) = pin!(body).poll(&mut cx) else {
        panic!("a plain body waits for ticks only, and they are ready")
    };
    let log = LOG.take();
    Run { log, result }
}

/// Runs a body as the machine that Flowstone makes of it.
///
/// # Panics
///
/// If the machine reports a fault or never ends, and where the body does.
pub fn machine<M: Machine>(flow: FlowCall<M>) -> Run<M::Output> {
    LOG.take();
    let mut frame = sound(flow.start_frame());
    let mut cx = Cx::starting();
    loop {
        match sound(M::resume(frame, &mut cx)) {
            Step::Done(result) => {
                let log = LOG.take();
                return Run { log, result };
            }
            Step::Waiting(next) => frame = through_bytes(&next),
        }
        let (requests, leaf) = cx.finish();
        let [request] = requests.as_slice() else {
            panic!("one wait at a time: {requests:?}")
        };
        let Wait::Message { channel } = &request.wait else {
            panic!("not a tick: {:?}", request.wait)
        };
        let n: i64 = sound(channel.parse());
        log(format!("tick {n}"));
        let outcome = Outcome::Value(sound(Payload::encode(&n)));
        cx = Cx::resuming(request.leaf, outcome, LeafId(leaf.0));
    }
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

fn through_bytes(frame: &Bytes) -> Bytes {
    let copy = Bytes::copy_from_slice(frame);
    let decoded = Frame::decode(&copy).expect("a machine makes frames that can be read");
    assert_eq!(decoded.encode(), copy, "a frame is what its bytes say");
    copy
}

fn sound<T, E: Debug>(result: Result<T, E>) -> T {
    result.unwrap_or_else(|error| panic!("the machine failed: {error:?}"))
}
