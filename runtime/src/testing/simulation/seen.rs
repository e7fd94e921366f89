//! What a simulation reads from its store.

use std::collections::{BTreeMap, BTreeSet};

use crate::client::describe;
use crate::ids::{DataKey, InstanceId};
use crate::record::{Ending, LeafWait, Phase};
use crate::registry::Registry;
use crate::store::{Store, StoreError};

/// What an instance came to.
#[derive(PartialEq)]
pub(super) struct End {
    /// How it ended, if it has.
    pub(super) how: Option<Ending>,
    pub(super) shown: String,
}

/// What each instance came to.
pub(super) fn ends(store: &dyn Store) -> Result<BTreeMap<InstanceId, End>, StoreError> {
    let view = store.view()?;
    let mut ends = BTreeMap::new();
    for key in view.instances(None, usize::MAX)? {
        if let Some((instance, hot)) = view.load(key)? {
            let how = instance.end.map(|end| end.how);
            let shown = match (&how, &hot.phase) {
                (Some(Ending::Returned(result)), _) => {
                    format!("returned {}", result.to_json().unwrap_or_default())
                }
                (Some(Ending::Cancelled { reason }), _) => format!("was cancelled: {reason}"),
                (Some(Ending::Terminated { reason }), _) => format!("was terminated: {reason}"),
                (None, Phase::Parked(parked)) => format!("is parked: {}", parked.reason),
                (None, _) => "has not ended".to_owned(),
            };
            ends.insert(instance.id, End { how, shown });
        }
    }
    Ok(ends)
}

/// All instances that have not ended, as text.
pub(super) fn instances(store: &dyn Store, registry: &Registry) -> Result<Vec<String>, StoreError> {
    let view = store.view()?;
    let mut shown = Vec::new();
    for key in view.instances(None, usize::MAX)? {
        if let Some((instance, hot)) = view.load(key)?
            && instance.end.is_none()
        {
            let own_status = view.datum(key, &DataKey::status())?;
            let description = describe(&instance, &hot, own_status.as_ref(), registry);
            shown.push(description.to_string());
        }
    }
    Ok(shown)
}

/// The attempts that run as far as is stored: call and number.
pub(super) fn running(store: &dyn Store) -> Result<BTreeSet<(String, u32)>, StoreError> {
    let view = store.view()?;
    let mut unstored = BTreeSet::new();
    for key in view.active(None, usize::MAX)? {
        let Some((instance, hot)) = view.load(key)? else {
            continue;
        };
        for leaf in hot.waiting() {
            if let LeafWait::Action(attempts) = &leaf.wait {
                let call = format!("{}/{}", instance.id, leaf.id);
                unstored.insert((call, attempts.attempt));
            }
        }
    }
    Ok(unstored)
}
