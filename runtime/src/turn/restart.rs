//! Beginning again: the frame of the flow's start in place of the one that asked for it,
//! and one leaf, by which the next round begins with a step of its own.

use super::draft::Draft;
use super::{family, size};
use crate::flow::Aside;
use crate::ids::LeafId;
use crate::machine::{FlowDef, Frame, Request, Restart, Wait};
use crate::payload::Payload;
use crate::record::{Happening, Instance, Leaf, LeafWait, Leaves, Name, ParkReason, Phase};

/// The label of what begins again, which no `.await` has.
const RESTART: &str = "(restart)";

/// What the step asks for, if that is to begin again.
pub(super) fn asked(requests: &[Request]) -> Option<(&Request, &Restart)> {
    requests.iter().find_map(|request| match &request.wait {
        Wait::Restart(restart) => Some((request, restart)),
        _ => None,
    })
}

/// Begins the instance again; `next_leaf` goes on from what the last round asked for.
pub(super) fn restart(
    draft: &mut Draft<'_>,
    (request, restart): (&Request, &Restart),
    next_leaf: LeafId,
    asides: Vec<Aside>,
) -> Result<(), ParkReason> {
    let flow = newest(draft, restart)?;
    let limit_bytes = draft.rules.max_value_bytes;
    if let Some((name, size_bytes)) = size::oversized_field(&restart.arguments, limit_bytes) {
        let what = format!("argument `{name}` of `{}`", flow.name);
        return Err(ParkReason::too_large(what, size_bytes, limit_bytes));
    }
    family::said(draft, asides)?;
    let version = flow.shape.version;
    if version != draft.instance.version {
        draft.change(Instance {
            version,
            ..Instance::clone(&draft.instance)
        });
    }
    draft.journal.push(Happening::Restarted { version });
    let start = Frame::start(flow.shape, restart.arguments.clone());
    draft.hot.frame = start.waiting_for(request.leaf).encode();
    draft.hot.next_leaf = next_leaf;
    draft.hot.phase = Phase::Waiting(Leaves::from(Leaf {
        id: request.leaf,
        flow: Name::Owned(flow.name.to_owned()),
        label: Name::Borrowed(RESTART),
        since: draft.now,
        wait: LeafWait::Answered(Payload::list(&[])),
        shielded: request.shielded,
    }));
    draft.at = None;
    Ok(())
}

/// The newest version of the instance's flow, if it is that which is called.
fn newest(draft: &Draft<'_>, restart: &Restart) -> Result<FlowDef, ParkReason> {
    let registry = &draft.rules.registry;
    let called = registry.flow_of(restart.machine);
    let called = called.ok_or_else(|| ParkReason::NotRegistered {
        types: restart.types.to_owned(),
    })?;
    let own = &*draft.instance.flow;
    if called.name != own {
        return Err(ParkReason::Fault {
            message: format!(
                "an instance of `{own}` begins again (`flow::restart`) with a call of `{own}`, \
                 not of `{}`; to run another flow await its call, or spawn it",
                called.name
            ),
            place: None,
        });
    }
    Ok(*registry.newest(own).unwrap_or(called))
}
