//! Running the user's code from one `.await` to the next, and surviving it.
//!
//! In: a frame and an outcome. Out: what the machine said, or the panic with
//! its place. The process's panic hook is asked for the place; it stays silent
//! while a segment runs and calls the hook that was there before otherwise.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use bytes::Bytes;

use crate::flow::Ambient;
use crate::machine::{Cx, Fault, FlowDef, Step};
use crate::payload::Payload;
use crate::record::{ParkReason, Place};

thread_local! {
    static RUNNING: Cell<bool> = const { Cell::new(false) };
    static PANICKED_AT: RefCell<Option<Place>> = const { RefCell::new(None) };
}

static HOOK: Once = Once::new();

/// Why a segment did not end at an `.await` or with a result.
pub(super) enum Failure {
    Fault(Fault),
    Panic(ParkReason),
}

/// Runs one segment of `flow`.
pub(super) fn run(
    flow: &FlowDef,
    frame: Bytes,
    ambient: Ambient,
    cx: &mut Cx,
) -> Result<Step<Payload>, Failure> {
    guarded(|| ambient.enter(|| (flow.resume)(frame, cx)))
        .map_err(Failure::Panic)?
        .map_err(Failure::Fault)
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
