//! The children of a step that spawns thousands: the first are started with it, the others
//! lie in rows of their parent and are started in the transactions after it. The parent
//! does not go on before all are there, so nobody can tell the difference.

use std::sync::Arc;

use super::draft::Draft;
use super::{Post, ending, family, held};
use crate::payload::Payload;
use crate::record::{Happening, Hot, Name, ParkReason, Pending, Phase, Unborn};

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
    if draft.hot.is_finished() || draft.hot.ending.is_some() {
        // It starts nothing any more.
        draft.hot.unborn = 0;
        return;
    }
    let most = draft.rules.births;
    if !matches!(draft.hot.phase, Phase::Waiting(_)) || draft.posts.len() <= most {
        return;
    }
    let spawned = draft.posts.iter().enumerate();
    let mut spawned = spawned.filter(|(_, post)| matches!(post, Post::Spawn { .. }));
    let Some((first, _)) = spawned.nth(most) else {
        return;
    };
    if spawned.count() + 1 < draft.posts.len() - first {
        return;
    }
    let late = draft.posts.split_off(first).into_iter();
    let late: Vec<Unborn> = late.filter_map(|post| unborn(draft, post)).collect();
    let mut told = 0..most;
    draft.journal.retain(|happening| match happening {
        // The row of each comes with it.
        Happening::Spawned { .. } => told.next().is_some(),
        _ => true,
    });
    let in_row = held::in_row(late.iter().map(|child| &child.arguments)).min(most);
    let rows = late.rchunks(in_row).map(Unborn::encode);
    let rows = rows.map(|row| Payload::from_bytes(row.into()));
    let rows = held::put_rows(draft.key, channel(), rows);
    let before = draft.writes.len();
    draft.writes.extend(rows);
    draft.hot.unborn = u64::try_from(draft.writes.len() - before).unwrap_or(u64::MAX);
}

fn unborn(draft: &Draft<'_>, post: Post) -> Option<Unborn> {
    let Post::Spawn { spawn, enlisted } = post else {
        return None;
    };
    // The step looked whether there is such a flow.
    let flow = draft.rules.registry.flow_of(spawn.machine)?;
    Some(Unborn {
        id: spawn.id,
        flow: Name::Borrowed(flow.name),
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
    let started = children.into_iter().map(|child| {
        let (flow, version) = (child.flow, child.version);
        let Some(known) = draft.rules.registry.flow(&flow, version) else {
            let flow = flow.into_owned();
            return Err(ParkReason::UnknownFlow { flow, version });
        };
        let spawn = family::child_of(known, child.id, child.arguments);
        Ok((spawn, child.enlisted))
    });
    match started.collect::<Result<Vec<_>, _>>() {
        Err(reason) => draft.park(reason, Pending::Wait),
        Ok(started) => {
            for (spawn, enlisted) in started {
                family::start(&mut draft, spawn, enlisted);
            }
            draft.hot.unborn -= 1;
            ending::heed(&mut draft);
        }
    }
    Some(draft)
}

/// Rows whose children are started now, or never will be.
pub(super) fn drop_rows(draft: &mut Draft<'_>) {
    let were = draft.before.as_deref().map_or(0, |before| before.unborn);
    let gone = held::drop_rows(draft.key, channel(), draft.hot.unborn..were);
    draft.writes.extend(gone);
}
