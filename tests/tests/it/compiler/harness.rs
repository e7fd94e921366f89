//! Runs a body as a plain `async fn` and as a machine, and compares.

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
    static LOG: RefCell<Vec<i64>> = const { RefCell::new(Vec::new()) };
}

/// Logs `n`, and is `n` when awaited.
pub(crate) fn tick(n: i64) -> Tick {
    Tick(n)
}

#[derive(Debug)]
pub(crate) struct Tick(i64);

impl Tick {
    /// The label of the state that awaits it; the compiler reads it.
    pub(crate) fn label(self, _: &str) -> Self {
        self
    }
}

impl Future for Tick {
    type Output = i64;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<i64> {
        LOG.with_borrow_mut(|log| log.push(self.0));
        Poll::Ready(self.0)
    }
}

impl Op for Tick {
    type Output = i64;

    fn start(self, cx: &mut Cx) -> Progress<i64> {
        Ok(cx.request(Wait::Message {
            channel: self.0.to_string(),
        }))
    }

    fn resume(waiting: Bytes, cx: &mut Cx) -> Progress<i64> {
        match cx.outcome_of(&waiting)? {
            Some(Outcome::Value(payload)) => {
                let site = cx.site();
                payload
                    .decode()
                    .map(Step::Done)
                    .map_err(|source| Fault::DecodeOutcome {
                        flow: site.flow,
                        label: site.label,
                        source,
                    })
            }
            _ => Ok(Step::Waiting(waiting)),
        }
    }
}

/// Runs both and compares what they logged and returned.
pub(crate) fn same<M: Machine>(flow: FlowCall<M>, plain: impl Future<Output = M::Output>)
where
    M::Output: Debug + PartialEq,
{
    let expected = run_plain(plain);
    let got = run_machine(flow);
    assert_eq!(got, expected, "left: the flow, right: the plain `async fn`");
}

fn run_plain<T>(plain: impl Future<Output = T>) -> (Vec<i64>, T) {
    LOG.take();
    let mut cx = Context::from_waker(Waker::noop());
    match pin!(plain).poll(&mut cx) {
        Poll::Ready(result) => (LOG.take(), result),
        Poll::Pending => panic!("a plain body waits for ticks only, and they are ready"),
    }
}

fn run_machine<M: Machine>(flow: FlowCall<M>) -> (Vec<i64>, M::Output) {
    let mut log = Vec::new();
    let mut frame = flow.start_frame().unwrap();
    let mut cx = Cx::starting();
    loop {
        match M::resume(frame, &mut cx).unwrap() {
            Step::Done(result) => return (log, result),
            Step::Waiting(next) => frame = through_bytes(&next),
        }
        let (requests, leaf) = cx.finish();
        let [request] = requests.as_slice() else {
            panic!("one wait at a time: {requests:?}")
        };
        let Wait::Message { channel } = &request.wait else {
            panic!("not a tick")
        };
        let n: i64 = channel.parse().unwrap();
        log.push(n);
        assert!(
            log.len() < 10_000,
            "the flow does not end: {:?}",
            &log[..20]
        );
        let outcome = Outcome::Value(Payload::encode(&n).unwrap());
        cx = Cx::resuming(request.leaf, outcome, LeafId(leaf.0));
    }
}

fn through_bytes(frame: &Bytes) -> Bytes {
    let copy = Bytes::copy_from_slice(frame);
    let decoded = Frame::decode(&copy).unwrap();
    assert_eq!(decoded.encode(), copy);
    copy
}

/// Declares a test for each body.
macro_rules! bodies {
    ($($(#[$doc:meta])* fn $name:ident($($arg:ident: $ty:ty = $value:expr),* $(,)?) -> $ret:ty { $($body:tt)* })*) => {$(
        $(#[$doc])*
        #[test]
        fn $name() {
            #[flowstone::flow]
            async fn machine($($arg: $ty),*) -> $ret { $($body)* }

            async fn plain($($arg: $ty),*) -> $ret { $($body)* }

            $crate::compiler::same(machine($($value),*), plain($($value),*));
        }
    )*};
}

pub(crate) use bodies;
