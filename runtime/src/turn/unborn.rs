//! The children of a step that spawns thousands: the first are started with it, the others
//! lie in rows of their parent and are started in the transactions after it. The parent
//! does not go on before all are there, so nobody can tell the difference.

use std::sync::Arc;

use super::draft::Draft;
use super::{Post, Write, ending};
use crate::flow::Spawn;
use crate::payload::Payload;
use crate::record::{Happening, Hot, ParkReason, Pending, Phase, Unborn};

/// So many are in one row at most.
const MAX_IN_ROW: usize = 64;
/// Where they lie among the messages: no flow can name it.
const CHANNEL: &str = "\0";

/// Where they lie among the messages of their parent.
#[must_use]
pub fn channel() -> Arc<str> {
    CHANNEL.into()
}

/// The rows of an instance in this state: channel and number.
pub fn rows(hot: &Hot) -> impl Iterator<Item = (Arc<str>, u64)> {
    (0..hot.unborn).map(|seq| (channel(), seq))
}

/// Holds children back that are too many for one transaction, if nothing is said behind
/// them that may be about one of them.
pub(super) fn hold(draft: &mut Draft<'_>) {
    let most = draft.rules.births;
    let goes_on = matches!(draft.hot.phase, Phase::Waiting(_)) && draft.hot.ending.is_none();
    if !goes_on || draft.posts.len() <= most {
        return;
    }
    let spawned = draft.posts.iter().enumerate();
    let mut spawned = spawned.filter(|(_, post)| is_spawn(post));
    let Some((first, _)) = spawned.nth(most) else {
        return;
    };
    if spawned.count() + 1 < draft.posts.len() - first {
        return;
    }
    let late = draft.posts.split_off(first);
    let late: Vec<Unborn> = late
        .into_iter()
        .filter_map(|post| unborn(draft, post))
        .collect();
    let mut told = 0..most;
    draft.journal.retain(|happening| match happening {
        // The row of each comes with it.
        Happening::Spawned { .. } => told.next().is_some(),
        _ => true,
    });
    let in_rows = late.rchunks(MAX_IN_ROW.min(most.max(1)));
    for (seq, row) in (0..).zip(in_rows) {
        draft.writes.push(Write::Message {
            key: draft.key,
            channel: channel(),
            seq,
            payload: Payload::from_bytes(Unborn::encode(row).into()),
        });
        draft.hot.unborn = seq + 1;
    }
}

fn is_spawn(post: &Post) -> bool {
    matches!(post, Post::Spawn { .. })
}

fn unborn(draft: &Draft<'_>, post: Post) -> Option<Unborn> {
    let Post::Spawn { spawn, enlisted } = post else {
        return None;
    };
    // The step looked whether there is such a flow.
    let flow = draft.rules.registry.flow_of(spawn.machine)?;
    Some(Unborn {
        id: spawn.id,
        flow: flow.name.to_owned(),
        version: flow.shape.version,
        enlisted,
        arguments: spawn.arguments,
    })
}

/// These are started now, which were in the next row.
pub(super) fn born(mut draft: Draft<'_>, children: Vec<Unborn>) -> Option<Draft<'_>> {
    if !draft.hot.is_bearing() {
        return None;
    }
    let registry = &draft.rules.registry;
    let is_known = |child: &Unborn| registry.flow(&child.flow, child.version).is_some();
    if let Some(child) = children.iter().find(|child| !is_known(child)) {
        let (flow, version) = (child.flow.clone(), child.version);
        draft.park(ParkReason::UnknownFlow { flow, version }, Pending::Wait);
        return Some(draft);
    }
    for child in children {
        let id = child.id.clone();
        draft.journal.push(Happening::Spawned { child: id });
        let post = post(&draft, child);
        draft.posts.extend(post);
    }
    draft.hot.unborn -= 1;
    ending::heed(&mut draft);
    Some(draft)
}

fn post(draft: &Draft<'_>, child: Unborn) -> Option<Post> {
    let flow = draft.rules.registry.flow(&child.flow, child.version)?;
    Some(Post::Spawn {
        spawn: Spawn {
            id: child.id,
            machine: (flow.machine)(),
            types: (flow.type_name)(),
            arguments: child.arguments,
        },
        enlisted: child.enlisted,
    })
}

/// Rows whose children are started now, or never will be.
pub(super) fn drop_rows(draft: &mut Draft<'_>) {
    if draft.hot.is_finished() || draft.hot.ending.is_some() {
        draft.hot.unborn = 0;
    }
    let were = draft.before.as_deref().map_or(0, |before| before.unborn);
    let key = draft.key;
    let gone = (draft.hot.unborn..were).map(|seq| Write::DropMessage {
        key,
        channel: channel(),
        seq,
    });
    draft.writes.extend(gone);
}
