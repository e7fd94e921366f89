//! Several operations at once: the operands of `join!` and `race!`.
//!
//! In: operations and nested machines, fresh or from stored bytes. Out: their
//! outputs, or the bytes from which they go on. A nested machine (an `async`
//! block) has a frame of its own inside, of the same shape as the flow's.

use bytes::Bytes;

use super::awaited::OpTie;
use super::entered::Entered;
use super::operands::{Branch, Fresh, Operand, decode, encode};
use super::run::Run;
use super::ties::Tie;
use super::{Fault, Frame, Progress, Site, Step, fit};
use crate::payload::Payload;

/// An operation that is an operand.
pub fn operand<O: 'static, T>(op: O, tie: OpTie<O, T>) -> Fresh {
    let _ = tie;
    Fresh(Some(Box::new(op)))
}

/// An `async` block that is an operand.
#[must_use]
pub fn block_operand() -> Fresh {
    Fresh(None)
}

/// What an `async move` block has taken a copy of, before later operands
/// change it.
type Copies = Vec<(usize, Option<Payload>)>;

/// The operands of one `join!` or `race!` while a step runs.
#[derive(Debug)]
pub struct Fork {
    site: &'static Site,
    operands: Vec<Operand>,
}

impl Run<'_> {
    /// Begins to wait for operands, in the state that awaits them.
    pub fn fork<const N: usize>(&mut self, state: u16, operands: [Fresh; N]) -> u16 {
        self.fresh = Some(operands.into());
        state
    }

    /// An `async move` block with copies of the kept locals of these numbers.
    #[must_use]
    pub fn block_with(&self, locals: &[u16]) -> Fresh {
        let copies: Copies = locals
            .iter()
            .map(|local| usize::from(*local))
            .map(|local| (local, self.saved.get(local).cloned().flatten()))
            .collect();
        Fresh(Some(Box::new(copies)))
    }

    /// The operands of `state`; `sites` are their numbers in the shape. `None`
    /// stops the machine.
    pub fn forked(&mut self, state: u16, sites: &[u16]) -> Option<Fork> {
        let site = self.shape.states.get(usize::from(state) - 1)?;
        let branches = self.fresh.take().map_or_else(
            || self.stored_branches(site, sites),
            |fresh| Ok(fresh.into_iter().map(Branch::Fresh).collect()),
        );
        let branches = match branches {
            Ok(branches) => branches,
            Err(fault) => {
                self.stop_with(fault);
                return None;
            }
        };
        let sites = sites.iter().copied();
        let operands = sites.zip(branches).filter_map(|(number, state)| {
            let site = self.shape.operands.get(usize::from(number))?;
            Some(Operand { site, state })
        });
        let operands = operands.collect();
        Some(Fork { site, operands })
    }

    /// The operands as stored; those of changed code go by their labels.
    fn stored_branches(
        &mut self,
        site: &'static Site,
        sites: &[u16],
    ) -> Result<Vec<Branch>, Fault> {
        let (flow, label) = (self.shape.name, site.label);
        let stored = std::mem::take(&mut self.waiting);
        let stored = decode(&stored).ok_or(Fault::OtherOperands { flow, label })?;
        let labels = sites.iter().map(|number| {
            let site = self.shape.operands.get(usize::from(*number));
            site.map_or("", |site| site.label)
        });
        if !labels.eq(stored.iter().map(|(label, _)| label.as_str())) {
            return Err(Fault::OtherOperands { flow, label });
        }
        Ok(stored.into_iter().map(|(_, state)| state).collect())
    }

    /// Runs a nested machine from its frame, or from its start.
    fn nested<T>(
        &mut self,
        frame: Result<Fresh, Bytes>,
        start: u16,
        written: &[u16],
        machine: impl FnOnce(&mut Run<'_>, u16) -> Option<T>,
    ) -> Progress<T> {
        let mut saved = self.saved.clone();
        let (mut state, mut label, mut waiting) = (start, self.label.clone(), Bytes::new());
        let copies = frame.as_ref().ok().and_then(|fresh| fresh.0.as_ref());
        let copies = copies.and_then(|copies| copies.downcast_ref::<Copies>());
        for (local, copy) in copies.into_iter().flatten() {
            if let Some(place) = saved.get_mut(*local) {
                place.clone_from(copy);
            }
        }
        if let Err(frame) = frame {
            let damaged = Fault::DamagedFrame {
                flow: self.shape.name,
                what: "the bytes of an `async` block are no frame",
            };
            let frame = Frame::decode(&frame).ok_or(damaged)?;
            let (found, own) = fit::open(self.shape, &frame)?;
            for (place, own) in saved.iter_mut().zip(own) {
                if own.is_some() {
                    *place = own;
                }
            }
            (state, label, waiting) = (found, frame.label, frame.waiting);
        }
        let mut run = Run {
            shape: self.shape,
            cx: &mut *self.cx,
            label,
            waiting,
            saved,
            ready: None,
            fresh: None,
            stopped: None,
            entered: Entered::new(self.shape),
        };
        let done = machine(&mut run, state);
        for local in written.iter().map(|local| usize::from(*local)) {
            if let (Some(place), Some(value)) = (self.saved.get_mut(local), run.saved.get(local)) {
                place.clone_from(value);
            }
        }
        run.end(done)
    }
}

impl Fork {
    /// Starts an operation, or resumes it; its output if it ends now.
    pub fn op<O: 'static, T>(
        &mut self,
        run: &mut Run<'_>,
        at: usize,
        tie: OpTie<O, T>,
    ) -> Option<T> {
        self.drive(run, at, |run, site, state| {
            let outer = run.cx.enter(site);
            let progress = match state {
                Ok(fresh) => fresh.0.and_then(|op| op.downcast::<O>().ok()).map_or(
                    Err(Fault::DamagedFrame {
                        flow: site.flow,
                        what: "an operand is of another kind than its code",
                    }),
                    |op| (tie.start)(*op, run.cx),
                ),
                Err(waiting) => (tie.resume)(waiting, run.cx),
            };
            run.cx.enter(outer);
            progress
        })
    }

    /// Starts an `async` block in its state `start`, or resumes it. The
    /// locals of the numbers `written` it gives back.
    pub fn block<T>(
        &mut self,
        run: &mut Run<'_>,
        at: usize,
        start: u16,
        written: &[u16],
        machine: impl FnOnce(&mut Run<'_>, u16) -> Option<T>,
    ) -> Option<T> {
        self.drive(run, at, |run, _, state| {
            run.nested(state, start, written, machine)
        })
    }

    /// Advances one operand, unless the step has failed.
    fn drive<T>(
        &mut self,
        run: &mut Run<'_>,
        at: usize,
        advance: impl FnOnce(&mut Run<'_>, &'static Site, Result<Fresh, Bytes>) -> Progress<T>,
    ) -> Option<T> {
        if matches!(run.stopped, Some(Err(_))) {
            return None;
        }
        let operand = self.operands.get_mut(at)?;
        let state = match std::mem::replace(&mut operand.state, Branch::Ready) {
            Branch::Fresh(fresh) => Ok(fresh),
            // Without an outcome nothing that waits can go on.
            Branch::Waiting(waiting) if run.cx.has_outcome() => Err(waiting),
            unchanged => {
                operand.state = unchanged;
                return None;
            }
        };
        match advance(run, operand.site, state) {
            Ok(Step::Done(output)) => return Some(output),
            Ok(Step::Waiting(waiting)) => operand.state = Branch::Waiting(waiting),
            Err(fault) => run.stop_with(fault),
        }
        None
    }

    /// What an operand of a `join!` came to, once all have ended; until then
    /// it is kept.
    pub fn joined<T>(
        &mut self,
        run: &mut Run<'_>,
        at: usize,
        output: Option<T>,
        tie: Tie<T>,
    ) -> Option<T> {
        if matches!(run.stopped, Some(Err(_))) {
            return None;
        }
        let all = self.operands.iter().all(Operand::has_ended);
        let operand = self.operands.get_mut(at)?;
        let (flow, label) = (operand.site.flow, operand.site.label);
        match (&operand.state, output) {
            (Branch::Done(payload), _) if all => match tie.decode(payload) {
                Ok(output) => return Some(output),
                Err(source) => run.stop_with(Fault::DecodeOutcome {
                    flow,
                    label,
                    source,
                }),
            },
            (_, Some(output)) if all => return Some(output),
            (_, Some(output)) => match tie.encode(&output) {
                Ok(payload) => operand.state = Branch::Done(payload),
                Err(source) => run.stop_with(Fault::EncodeOutcome {
                    flow,
                    label,
                    source,
                }),
            },
            (_, None) => {}
        }
        None
    }

    /// Whether the operand of a `race!` before this one has won.
    #[must_use]
    pub fn is_won(&self) -> bool {
        let mut operands = self.operands.iter();
        operands.any(|operand| matches!(operand.state, Branch::Ready))
    }

    /// Stops the machine: it waits for the operands that have not ended.
    pub fn wait(self, run: &mut Run<'_>) {
        if !matches!(run.stopped, Some(Err(_))) {
            run.stop_at(self.site, encode(&self.operands).into());
        }
    }
}

/// Which operand of a `race!` won, with its output.
#[derive(Debug)]
pub enum Won<A, B> {
    /// This one.
    This(A),
    /// One behind it.
    Other(B),
}

/// The operand of a plain copy that is an `async` block.
pub fn driven<F: Future>(block: F) -> F::Output {
    drop(block);
    unreachable!("the plain copy of a flow is compiled, not run")
}
