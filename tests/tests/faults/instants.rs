//! Something that is done at each instant of a run: right before each of its commits is
//! written, and right after.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use flowstone::prelude::*;
use flowstone::store::MemoryStore;
use flowstone::testing::{SimulatedEngine, Simulation};
use flowstone_tests::instants::{Instant, Instants};
use tokio::sync::oneshot;

type Begun<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// What was, or will be, begun at the instant of a run.
pub(crate) struct Deed<T>(oneshot::Receiver<Begun<T>>);

impl<T> Deed<T> {
    /// What it came to; `None` when the run does not come to the instant.
    pub(crate) async fn done(mut self) -> Option<T> {
        let begun = self.0.try_recv().ok()?;
        Some(begun.await)
    }

    /// What it came to, waited for while `run` goes on; `None` when that ends before the
    /// instant.
    pub(crate) async fn done_during(mut self, run: impl Future) -> Option<T> {
        let begun = tokio::select! {
            biased;
            begun = &mut self.0 => begun.expect("the instant is still to come"),
            _ = run => return None,
        };
        Some(begun.await)
    }
}

/// Runs `test` once for each instant that there is, with `deed` begun there: what it sends
/// to the engine is the next thing that the engine is sent. Gives how many there are.
pub(crate) fn at_each_instant<T, D>(
    sim: &mut Simulation,
    deed: impl Fn(Engine) -> D,
    test: impl AsyncFn(SimulatedEngine, Deed<T>),
) -> u64
where
    T: Send + 'static,
    D: Future<Output = T> + Send + 'static,
{
    let instants = Instants::default();
    let of_run = instants.clone();
    sim.with_store(move || of_run.over(MemoryStore::new()));
    for passed in 0.. {
        let at = Instant {
            commit: passed / 2 + 1,
            is_written: passed % 2 == 1,
        };
        let came = sim.run(async |engine| {
            let (sender, begun) = oneshot::channel();
            let mut planned = Some((sender, deed(Engine::clone(&engine))));
            let (at_it, came) = std::sync::mpsc::channel();
            instants.on_each(move |now| {
                if let Some((sender, deed)) = planned.take_if(|_| now == at) {
                    let _ = sender.send(begin(deed));
                    let _ = at_it.send(());
                }
            });
            test(engine, Deed(begun)).await;
            instants.forget();
            came.try_recv().is_ok()
        });
        if !came {
            return passed;
        }
    }
    unreachable!("a run has an end")
}

/// Begins it; the rest of it is for whoever wants to know what it comes to.
fn begin<T: Send + 'static>(deed: impl Future<Output = T> + Send + 'static) -> Begun<T> {
    let mut deed = Box::pin(deed);
    match deed.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => Box::pin(std::future::ready(done)),
        Poll::Pending => deed,
    }
}
