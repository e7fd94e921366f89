//! Running the user's code from one `.await` to the next, and surviving it.
//!
//! In: a frame and an outcome. Out: what the machine said, or the panic with
//! its place. The process's panic hook is asked for the place; it stays silent
//! while a segment runs and calls the hook that was there before otherwise.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
#[cfg(all(feature = "testing", debug_assertions))]
use std::sync::Arc;
use std::sync::Once;

use bytes::Bytes;

use super::Rules;
use crate::flow::{Ambient, Aside};
#[cfg(feature = "testing")]
use crate::ids::LeafId;
use crate::log::{self, Lines};
#[cfg(feature = "testing")]
use crate::machine::Request;
use crate::machine::{Cx, Fault, FlowDef, Returned, Step};
use crate::record::{ParkReason, Place};

thread_local! {
    static RUNNING: Cell<bool> = const { Cell::new(false) };
    static PANICKED_AT: RefCell<Option<Place>> = const { RefCell::new(None) };
}

#[cfg(feature = "testing")]
thread_local! {
    static WATCHER: RefCell<Option<Watcher>> = const { RefCell::new(None) };
}

static HOOK: Once = Once::new();

/// All that a segment runs from: it may be run again, and must come to the same.
#[derive(Debug, Clone)]
pub(crate) struct Segment {
    pub(crate) flow: FlowDef,
    pub(crate) frame: Bytes,
    pub(crate) ambient: Ambient,
    pub(crate) cx: Cx,
}

/// What a segment came to, and what it asked for.
#[derive(Debug)]
pub(crate) struct Stepped {
    pub(crate) step: Result<Step<Returned>, Failure>,
    pub(crate) cx: Cx,
    /// What it said without waiting.
    pub(crate) asides: Vec<Aside>,
    /// What it logged.
    pub(crate) lines: Lines,
}

/// Why a segment did not end at an `.await` or with a result.
#[derive(Debug)]
pub(crate) enum Failure {
    Fault(Fault),
    Panic(ParkReason),
}

impl Segment {
    /// Runs the user's code.
    pub(crate) fn run(mut self) -> Stepped {
        let Self { flow, frame, .. } = self;
        let cx = &mut self.cx;
        let ambient = self.ambient;
        let step = || guarded(|| ambient.enter(|| (flow.resume)(frame, cx)));
        let (stepped, lines) = log::hold(step);
        let (step, asides) = match stepped {
            Ok((step, asides)) => (step.map_err(Failure::Fault), asides),
            Err(reason) => (Err(Failure::Panic(reason)), Vec::new()),
        };
        Stepped {
            step,
            cx: self.cx,
            asides,
            lines,
        }
    }
}

/// Runs a segment, as the rules say.
pub(super) fn run(segment: Segment, rules: &Rules) -> Result<Stepped, ParkReason> {
    #[cfg(feature = "testing")]
    let (before, leaf) = (segment.frame.clone(), segment.ambient.leaf);
    let stepped = run_unwatched(segment, rules);
    #[cfg(feature = "testing")]
    if let Ok(Stepped {
        step: Ok(step), cx, ..
    }) = &stepped
    {
        let after = match step {
            Step::Waiting(frame) => Some(frame),
            Step::Done(_) => None,
        };
        tell(&Told {
            before: &before,
            leaf,
            after,
            requests: cx.requests(),
        });
    }
    stepped
}

#[cfg_attr(
    not(all(feature = "testing", debug_assertions)),
    expect(clippy::unnecessary_wraps, reason = "only a test can say no")
)]
fn run_unwatched(segment: Segment, rules: &Rules) -> Result<Stepped, ParkReason> {
    #[cfg(all(feature = "testing", debug_assertions))]
    if let Runner(Some(runner)) = &rules.runner {
        return runner(segment);
    }
    let _ = rules;
    Ok(segment.run())
}

/// What a test is told of each segment that ran in its thread.
#[cfg(feature = "testing")]
#[derive(Debug)]
pub(crate) struct Told<'a> {
    pub(crate) before: &'a Bytes,
    /// The leaf that brought something.
    pub(crate) leaf: Option<LeafId>,
    /// The frame, if it waits again.
    pub(crate) after: Option<&'a Bytes>,
    pub(crate) requests: &'a [Request],
}

#[cfg(feature = "testing")]
pub(crate) type Watcher = Box<dyn FnMut(&Told<'_>)>;

/// Tells this one from now on, or nobody; gives who was told before.
#[cfg(feature = "testing")]
pub(crate) fn watch(watcher: Option<Watcher>) -> Option<Watcher> {
    WATCHER.replace(watcher)
}

#[cfg(feature = "testing")]
fn tell(told: &Told<'_>) {
    WATCHER.with_borrow_mut(|watcher| {
        if let Some(watcher) = watcher {
            watcher(told);
        }
    });
}

/// Another way to run segments than once: a test's.
#[cfg(all(feature = "testing", debug_assertions))]
#[derive(Clone, Default)]
pub struct Runner(pub(crate) Option<Arc<RunSegment>>);

#[cfg(all(feature = "testing", debug_assertions))]
type RunSegment = dyn Fn(Segment) -> Result<Stepped, ParkReason> + Send + Sync;

#[cfg(all(feature = "testing", debug_assertions))]
impl std::fmt::Debug for Runner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Runner").field(&self.0.is_some()).finish()
    }
}

/// Runs the user's code; a panic in it becomes the reason to park.
pub(super) fn guarded<R>(code: impl FnOnce() -> R) -> Result<R, ParkReason> {
    HOOK.call_once(install);
    RUNNING.set(true);
    // The frame and the outcome are not used after a panic, so no broken
    // state can be seen.
    let caught = catch_unwind(AssertUnwindSafe(code));
    RUNNING.set(false);
    caught.map_err(|payload| ParkReason::Panicked {
        message: message(&*payload),
        place: PANICKED_AT.take(),
    })
}

fn install() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !RUNNING.get() {
            return before(info);
        }
        PANICKED_AT.set(info.location().map(|at| Place {
            file: at.file().to_owned(),
            line: at.line(),
        }));
    }));
}

/// The text of a panic.
fn message(payload: &(dyn Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("(a value that is no text)").to_owned()
}
