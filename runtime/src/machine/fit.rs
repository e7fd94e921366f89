//! Whether a stored frame fits the code that is to go on from it.
//!
//! In: the code's shape and a frame. Out: the state to enter and the locals
//! in their places, or the fault that names the difference. A frame of the
//! same fingerprint needs no checks; nothing is ever guessed.

use super::{Fault, Frame, Shape, Site};
use crate::payload::Payload;

type Opened = (u16, Vec<Option<Payload>>);

pub(super) fn open(shape: &'static Shape, frame: &Frame) -> Result<Opened, Fault> {
    if frame.version != shape.version {
        let (stored, code) = (frame.version, shape.version);
        return Err(Fault::Version {
            flow: shape.name,
            stored,
            code,
        });
    }
    if frame.label.is_empty() {
        return Ok((0, by_name(shape, frame)));
    }
    let unknown = || Fault::UnknownLabel {
        flow: shape.name,
        label: frame.label.clone(),
    };
    let index = shape
        .states
        .iter()
        .position(|site| site.label == frame.label);
    let index = index.ok_or_else(unknown)?;
    let site = shape.states.get(index).ok_or_else(unknown)?;
    let state = u16::try_from(index + 1).map_err(|_| unknown())?;
    if frame.fingerprint == shape.fingerprint {
        return Ok((state, in_order(shape, site, frame)));
    }
    unambiguous(shape, site, frame)?;
    let saved = by_name(shape, frame);
    complete(shape, site, frame, &saved)?;
    Ok((state, saved))
}

/// The locals of a frame that this very code made: they stand in the order of
/// the state's list.
fn in_order(shape: &Shape, site: &Site, frame: &Frame) -> Vec<Option<Payload>> {
    let mut saved = vec![None; shape.locals.len()];
    for (local, (_, payload)) in site.stored().zip(frame.locals.iter()) {
        if let Some(place) = saved.get_mut(local) {
            *place = Some(payload);
        }
    }
    saved
}

/// The locals of a frame that other code made.
fn by_name(shape: &Shape, frame: &Frame) -> Vec<Option<Payload>> {
    let mut saved = vec![None; shape.locals.len()];
    for (name, payload) in frame.locals.iter() {
        let place = shape.locals.iter().position(|known| *known == name);
        if let Some(place) = place.and_then(|index| saved.get_mut(index)) {
            *place = Some(payload);
        }
    }
    saved
}

/// A number in a name is a position among others of that name: after a change
/// of the code it can be trusted only if their count is the same.
fn unambiguous(shape: &Shape, site: &Site, frame: &Frame) -> Result<(), Fault> {
    let label = || frame.label.clone();
    // A label that is given in the source says itself which state is meant.
    if site.twins != 0 && frame.twins != site.twins {
        return Err(Fault::AmbiguousLabel {
            flow: shape.name,
            label: label(),
            then: frame.twins,
            now: site.twins,
        });
    }
    let numbered = site
        .stored()
        .filter_map(|local| shape.locals.get(local))
        .find(|name| name.contains('#'));
    numbered.map_or(Ok(()), |local| {
        Err(Fault::AmbiguousLocal {
            flow: shape.name,
            label: label(),
            local,
        })
    })
}

fn complete(
    shape: &Shape,
    site: &Site,
    frame: &Frame,
    saved: &[Option<Payload>],
) -> Result<(), Fault> {
    let missing = |local: &usize| !matches!(saved.get(*local), Some(Some(_)));
    match site.stored().find(missing) {
        None => Ok(()),
        Some(local) => Err(Fault::MissingLocal {
            flow: shape.name,
            label: frame.label.clone(),
            local: shape.locals.get(local).copied().unwrap_or_default(),
        }),
    }
}
