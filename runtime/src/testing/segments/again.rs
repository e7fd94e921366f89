//! One segment, run again and again.
//!
//! In: a segment, as the turn is about to run it. Out: what it comes to, or the
//! finding for which the instance is parked. The runs that are watched come
//! before the one that counts, so that whatever is computed once in a process is
//! computed where it is seen.

use std::hint::black_box;
use std::sync::Arc;

use flowstone_hooks::{Group, Hit, in_fresh_thread, watch};

use super::{Found, differ, told};
use crate::machine::{Shape, listen};
use crate::record::{Finding, ParkReason};
use crate::turn::{Segment, Stepped};

/// A map of two entries looks the same so often with a chance of one to 128.
const RUNS: usize = 8;

/// One run of a segment in a fresh thread.
struct Run {
    ended: Stepped,
    hits: Vec<Hit>,
    /// The flows whose machines ran.
    flows: Vec<&'static Shape>,
}

/// Runs the segment, after it was checked.
pub(super) fn run(segment: &Segment, found: &[Arc<Found>]) -> Result<Stepped, ParkReason> {
    check(segment).map_err(|finding| {
        for found in found {
            found.add(&finding);
        }
        ParkReason::NotDeterministic { finding }
    })
}

fn check(segment: &Segment) -> Result<Stepped, Box<Finding>> {
    let mut first: Option<Run> = None;
    for number in 0..RUNS {
        let run = match fresh(segment, number) {
            Ok(run) => run,
            Err(error) => {
                tracing::warn!(%error, "a segment is not checked: no thread can be started");
                break;
            }
        };
        if let Some(hit) = told::offence(&run.hits, &run.flows) {
            return Err(told::called(segment, hit, &run.flows));
        }
        match &first {
            Some(first) => compare(segment, first, &run.ended)?,
            None => first = Some(run),
        }
    }
    let ended = segment.clone().run();
    if let Some(first) = &first {
        compare(segment, first, &ended)?;
    }
    Ok(ended)
}

/// What is allowed to a flow may also change what comes of it.
fn compare(segment: &Segment, first: &Run, again: &Stepped) -> Result<(), Box<Finding>> {
    let mut allows = first.flows.iter().flat_map(|flow| flow.allows);
    if allows.any(|allow| allow.group != Group::Printing.id()) {
        return Ok(());
    }
    match differ::first(&first.ended, again) {
        None => Ok(()),
        Some(difference) => Err(told::differs(segment, difference)),
    }
}

/// One run, in a thread that has nothing of the others: neither what threads
/// keep for themselves nor the same addresses. The first is strict; the last has
/// run the segment before, so that what a thread keeps for itself shows.
fn fresh(segment: &Segment, number: usize) -> std::io::Result<Run> {
    let shape = segment.flow.shape;
    in_fresh_thread(number == 0, || {
        let _elsewhere = blocks(number);
        let (watched, mut flows) = listen(|| {
            let _ = flowstone_hooks::mark(std::ptr::from_ref(shape).addr());
            let segment = segment.clone();
            watch(|| {
                if number + 1 == RUNS {
                    drop(segment.clone().run());
                }
                deeper(number, || segment.run())
            })
        });
        if !flows.iter().any(|known| std::ptr::eq(*known, shape)) {
            flows.push(shape);
        }
        Run {
            ended: watched.value,
            hits: watched.hits,
            flows,
        }
    })
}

/// Blocks of many sizes, so that what the segment allocates lies elsewhere than
/// in the run before.
fn blocks(number: usize) -> Vec<Vec<u8>> {
    let sizes = (4..=12).map(|shift| 1_usize << shift);
    let sizes = sizes.flat_map(|size| [size, size + size / 2]);
    sizes
        .flat_map(|size| std::iter::repeat_n(size, number))
        .map(|size| black_box(vec![1; size]))
        .collect()
}

/// Runs `code` with as many more frames on the stack.
fn deeper<R>(frames: usize, code: impl FnOnce() -> R) -> R {
    fn descend(frames: usize, code: &mut dyn FnMut()) {
        let room = black_box([0_u8; 80]);
        match frames {
            0 => code(),
            _ => descend(frames - 1, code),
        }
        black_box(room);
    }
    let (mut code, mut value) = (Some(code), None);
    descend(frames, &mut || value = code.take().map(|code| code()));
    value.expect("the code was run")
}
