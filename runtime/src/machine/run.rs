//! What generated code calls while it runs one step.
//!
//! In: a frame. Out: the next frame or a fault. The generated function owns
//! control flow and the locals' types; all that needs no types of the user is
//! done here.

use std::any::Any;
use std::convert::Infallible;
use std::fmt;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;

use super::awaited::OpTie;
use super::entered::Entered;
use super::operands::Fresh;
use super::{Cx, Fault, Frame, Progress, Shape, Site, Step, fit, frame};
use crate::codec::{DecodeError, EncodeError};
use crate::payload::{FieldsBuilder, Payload};

/// The state that no arm has: the machine's loop ends.
const STOP: u16 = u16::MAX;

/// One step of a machine.
pub struct Run<'a> {
    pub(super) shape: &'static Shape,
    pub(super) cx: &'a mut Cx,
    pub(super) label: String,
    pub(super) waiting: Bytes,
    pub(super) saved: Vec<Option<Payload>>,
    pub(super) ready: Option<Box<dyn Any>>,
    /// The operands of a `join!` or `race!` that have not begun.
    pub(super) fresh: Option<Vec<Fresh>>,
    pub(super) stopped: Option<Result<Stop, Fault>>,
    #[expect(dead_code, reason = "it tells that the machine ended by being dropped")]
    pub(super) entered: Entered,
}

/// Where a step waits, and for what; its locals are stored once it has ended.
pub(super) struct Stop {
    site: &'static Site,
    waiting: Bytes,
}

impl fmt::Debug for Run<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Run")
            .field("flow", &self.shape.name)
            .finish_non_exhaustive()
    }
}

impl<'a> Run<'a> {
    /// Opens `frame` and finds the state to go on in: 0 is the start, the
    /// state of `shape.states[i]` is `i + 1`.
    ///
    /// # Errors
    ///
    /// [`Fault`] when the frame does not fit the code.
    pub fn open(
        shape: &'static Shape,
        frame: &Bytes,
        cx: &'a mut Cx,
    ) -> Result<(Self, u16), Fault> {
        let frame = Frame::decode(frame).ok_or(Fault::DamagedFrame {
            flow: shape.name,
            what: "its bytes are no frame",
        })?;
        let (state, saved) = fit::open(shape, &frame)?;
        let Frame { label, waiting, .. } = frame;
        Ok((
            Self {
                shape,
                cx,
                label,
                waiting,
                saved,
                ready: None,
                fresh: None,
                stopped: None,
                entered: Entered::new(shape),
            },
            state,
        ))
    }

    /// Starts an operation and gives the state to go to: the one that awaits
    /// it when it is done at once, else the one that stops the machine.
    pub fn wait<O, T: 'static>(&mut self, state: u16, op: O, tie: OpTie<O, T>) -> u16 {
        let Some(site) = self.shape.states.get(usize::from(state) - 1) else {
            return STOP;
        };
        if self.stopped.is_some() {
            return STOP;
        }
        let outer = self.cx.enter(site);
        let progress = (tie.start)(op, self.cx);
        self.cx.enter(outer);
        site.label.clone_into(&mut self.label);
        match progress {
            Ok(Step::Done(output)) => {
                self.ready = Some(Box::new(output));
                return state;
            }
            Ok(Step::Waiting(waiting)) => self.stop_at(site, waiting),
            Err(fault) => self.stop_with(fault),
        }
        STOP
    }

    /// What the operation of `state` brought; `None` stops the machine,
    /// because it still waits.
    pub fn outcome<O, T: 'static>(&mut self, state: u16, tie: OpTie<O, T>) -> Option<T> {
        if let Some(ready) = self.ready.take() {
            return ready.downcast().ok().map(|output| *output);
        }
        let site = self.shape.states.get(usize::from(state) - 1)?;
        let outer = self.cx.enter(site);
        let progress = (tie.resume)(std::mem::take(&mut self.waiting), self.cx);
        self.cx.enter(outer);
        match progress {
            Ok(Step::Done(output)) => return Some(output),
            Ok(Step::Waiting(waiting)) => self.stop_at(site, waiting),
            Err(fault) => self.stop_with(fault),
        }
        None
    }

    /// What the step came to: the result of the flow, or that it waits.
    ///
    /// # Errors
    ///
    /// The [`Fault`] that stopped the machine.
    pub fn end<T>(mut self, done: Option<T>) -> Progress<T> {
        match (self.stopped.take(), done) {
            (Some(Err(fault)), _) => Err(fault),
            (_, Some(output)) => Ok(Step::Done(output)),
            (Some(Ok(stop)), None) => Ok(Step::Waiting(self.frame(&stop))),
            // It is a state of another machine now: of the flow's own, or of an
            // `async` block's.
            (None, None) => Err(Fault::UnknownLabel {
                flow: self.shape.name,
                label: self.label,
            }),
        }
    }

    pub(super) fn stop_at(&mut self, site: &'static Site, waiting: Bytes) {
        self.stopped = Some(Ok(Stop { site, waiting }));
    }

    /// The frame of a step that waits.
    fn frame(&self, stop: &Stop) -> Bytes {
        let mut locals = FieldsBuilder::default();
        for local in stop.site.stored() {
            if let Some(Some(payload)) = self.saved.get(local) {
                let name = self.shape.locals.get(local).copied().unwrap_or_default();
                locals.push_encoded(name, payload.bytes());
            }
        }
        frame::encode(
            self.shape,
            stop.site,
            locals.finish().bytes(),
            &stop.waiting,
        )
    }

    /// The first fault counts: what follows it is its consequence.
    pub(super) fn stop_with(&mut self, fault: Fault) {
        if !matches!(self.stopped, Some(Err(_))) {
            self.stopped = Some(Err(fault));
        }
    }

    pub(super) fn take_with<T>(
        &mut self,
        local: u16,
        decode: fn(&Payload) -> Result<T, DecodeError>,
    ) -> Option<T> {
        // It stays: a nested machine may read it in its next state, too.
        let payload = self.saved.get(usize::from(local)).and_then(Option::as_ref);
        let restored = payload.map(decode);
        if let Some(Ok(value)) = restored {
            return Some(value);
        }
        let local = self.name_of(local);
        if let Some(Err(source)) = restored {
            self.not_decoded(local, source);
        } else {
            let (flow, label) = (self.shape.name, self.label.clone());
            self.stop_with(Fault::MissingLocal { flow, label, local });
        }
        None
    }

    pub(super) fn not_decoded(&mut self, local: &'static str, source: DecodeError) {
        let (flow, label) = (self.shape.name, self.label.clone());
        self.stop_with(Fault::DecodeLocal {
            flow,
            label,
            local,
            source,
        });
    }

    pub(super) fn put_encoded(&mut self, local: u16, encoded: Result<Payload, EncodeError>) {
        match encoded {
            Ok(payload) => {
                if let Some(place) = self.saved.get_mut(usize::from(local)) {
                    *place = Some(payload);
                }
            }
            Err(source) => self.not_encoded(self.name_of(local), source),
        }
    }

    pub(super) fn not_encoded(&mut self, local: &'static str, source: EncodeError) {
        let (flow, label) = (self.shape.name, self.label.clone());
        self.stop_with(Fault::EncodeLocal {
            flow,
            label,
            local,
            source,
        });
    }

    fn name_of(&self, local: u16) -> &'static str {
        self.shape
            .locals
            .get(usize::from(local))
            .copied()
            .unwrap_or_default()
    }
}

/// Polls `future` once: generated machines never wait for a waker.
pub fn run_once<F: Future>(future: F) -> Option<F::Output> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}

/// Leaves the machine's future: it is dropped, not polled again.
pub async fn stop() -> Infallible {
    std::future::pending().await
}

/// The outcome of an await, where it is used.
#[derive(Debug)]
pub struct OfAwait<T>(pub T);

/// Gives a type without a value, for code that is never reached.
#[must_use]
pub fn diverge<T>() -> T {
    unreachable!("generated for its type only")
}
