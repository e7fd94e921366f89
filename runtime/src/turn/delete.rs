//! Removing an instance, whatever it does.

use std::sync::Arc;

use super::{State, Write};

/// The writes that remove an instance. Nothing of it can happen after them.
#[must_use]
pub fn delete(state: &State) -> Vec<Write> {
    let key = state.key;
    let mut writes = Vec::new();
    if state.hot.is_active() {
        let active = false;
        writes.push(Write::Active { key, active });
    }
    writes.extend(state.hot.dues(key).map(Write::DropTimer));
    writes.push(Write::Remove {
        key,
        instance: Arc::clone(&state.instance),
        journal: state.hot.journal.last,
    });
    writes
}
