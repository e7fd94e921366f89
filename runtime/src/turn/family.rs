//! An instance and its children: what it spawns, and what it hears of them.

use std::any::TypeId;

use super::draft::Draft;
use super::{Post, Write, data, ending, size, step};
use crate::flow::{Aside, Spawn, Undoing};
use crate::ids::{InstanceId, LeafId};
use crate::machine::{FlowDef, JoinError, Outcome};
use crate::payload::{Fields, Payload};
use crate::record::{Brought, Happening, Instance, LeafWait, Name, Parent, ParkReason, Undo};

/// What the step said takes effect with it.
pub(super) fn said(draft: &mut Draft<'_>, asides: Vec<Aside>) -> Result<(), ParkReason> {
    for aside in &asides {
        allowed(draft, aside)?;
    }
    for aside in asides {
        match aside {
            Aside::Spawn(spawn) => {
                draft.hot.children += 1;
                start(draft, spawn, None);
            }
            Aside::Detach { child } => draft.posts.push(Post::Detach { child }),
            Aside::Cancel { child, reason } => draft.posts.push(Post::Cancel { child, reason }),
            Aside::OnFailure(call) => {
                let undo = undo(draft, call);
                draft.hot.undo.extend(undo);
            }
            Aside::Keep => draft.hot.undo.clear(),
            Aside::Answer { asker, answer } => draft.posts.push(Post::Answer { asker, answer }),
            Aside::Put { name, value } => data::put(draft, name, value),
            Aside::Remove { name } => data::remove(draft, name),
            Aside::Unsaid { .. } => {}
        }
    }
    Ok(())
}

/// Has a child started with the step.
pub(super) fn start(draft: &mut Draft<'_>, spawn: Spawn, enlisted: Option<LeafId>) {
    draft.journal.push(Happening::Spawned {
        child: spawn.id.clone(),
    });
    draft.posts.push(Post::Spawn { spawn, enlisted });
}

/// What starting a child of that flow is.
pub(super) fn child_of(flow: &FlowDef, id: InstanceId, arguments: Fields) -> Spawn {
    Spawn {
        id,
        machine: (flow.machine)(),
        types: (flow.type_name)(),
        arguments,
    }
}

/// Whether the engine can do it.
fn allowed(draft: &Draft<'_>, aside: &Aside) -> Result<(), ParkReason> {
    let limit_bytes = draft.rules.max_value_bytes;
    let (fields, callee) = match aside {
        Aside::Spawn(Spawn {
            machine,
            types,
            arguments,
            ..
        })
        | Aside::OnFailure(Undoing::Flow {
            machine,
            types,
            arguments,
        }) => (arguments, known(draft, *machine, types)?.name),
        Aside::OnFailure(Undoing::Action(call)) => (&call.arguments, &*call.action),
        Aside::Answer { answer, .. } => {
            let what = || "the answer to a question".to_owned();
            return size::oversized(answer, limit_bytes, what).map_or(Ok(()), Err);
        }
        Aside::Put { name, value } => {
            let what = || name.to_string();
            return size::oversized(value, limit_bytes, what).map_or(Ok(()), Err);
        }
        Aside::Unsaid { problem } => {
            let (message, place) = (problem.clone(), None);
            return Err(ParkReason::Fault { message, place });
        }
        Aside::Detach { .. } | Aside::Cancel { .. } | Aside::Keep | Aside::Remove { .. } => {
            return Ok(());
        }
    };
    match size::oversized_field(fields, limit_bytes) {
        None => Ok(()),
        Some((name, size_bytes)) => {
            let what = format!("argument `{name}` of `{callee}`");
            Err(ParkReason::too_large(what, size_bytes, limit_bytes))
        }
    }
}

fn known<'d>(
    draft: &'d Draft<'_>,
    machine: TypeId,
    types: &str,
) -> Result<&'d FlowDef, ParkReason> {
    let flow = draft.rules.registry.flow_of(machine);
    flow.ok_or_else(|| ParkReason::NotRegistered {
        types: types.to_owned(),
    })
}

/// What was said to undo a step, as it is stored.
fn undo(draft: &Draft<'_>, call: Undoing) -> Option<Undo> {
    Some(match call {
        Undoing::Action(request) => Undo::Action(request),
        Undoing::Flow {
            machine, arguments, ..
        } => {
            let flow = draft.rules.registry.flow_of(machine)?;
            Undo::Flow {
                flow: Name::Borrowed(flow.name),
                version: flow.shape.version,
                arguments,
            }
        }
    })
}

/// A child has ended: those of its leaves that wait for it go on.
pub(super) fn child_ended<'a>(
    mut draft: Draft<'a>,
    child: &InstanceId,
    end: &Result<Payload, JoinError>,
) -> Option<Draft<'a>> {
    if draft.hot.is_bearing() {
        // It asks once all of them are there.
        return None;
    }
    let waits = |draft: &Draft<'_>| {
        let mut waiting = draft.hot.waiting();
        waiting.find_map(|leaf| match &leaf.wait {
            LeafWait::Child { id, takes } if id == child => Some((leaf.id, *takes)),
            _ => None,
        })
    };
    waits(&draft)?;
    draft.journal.push(Happening::ChildEnded {
        child: child.clone(),
        outcome: match end {
            Ok(value) => Brought::of(value),
            Err(error) => Brought::Text(error.to_string()),
        },
    });
    while let Some((leaf, takes)) = waits(&draft) {
        if takes {
            let child = child.clone();
            draft.posts.push(Post::Taken { child });
        }
        if draft.hot.ending.is_some() {
            ending::undone_by_child(&mut draft, end);
            break;
        }
        step::resume(&mut draft, leaf, Outcome::Ended(end.clone()));
    }
    Some(draft)
}

/// The child goes on when its parent ends.
pub(super) fn detached(mut draft: Draft<'_>) -> Option<Draft<'_>> {
    let parent = draft.instance.attached_to()?;
    let parent = Some(Parent {
        detached: true,
        ..parent.clone()
    });
    draft.change(Instance {
        parent,
        ..Instance::clone(&draft.instance)
    });
    if let Some(end) = &draft.instance.end {
        let (key, at) = (draft.key, end.at);
        draft.writes.push(Write::Expires { key, at });
    }
    Some(draft)
}
