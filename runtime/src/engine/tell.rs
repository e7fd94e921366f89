//! What is told of an instance to whoever listens by `tracing`, in a span of its own.

use std::sync::Arc;

use tracing::field::Empty;
use tracing::{Span, info_span};

use super::attempt::Attempt;
use crate::ids::InstanceId;
use crate::log::Lines;
use crate::record::{Name, Phase};
use crate::turn::{Logged, State};

/// What a durable turn has to tell.
pub(super) struct Tell {
    instance: InstanceId,
    flow: Arc<str>,
    state: Option<Name>,
    lines: Lines,
    parked: Option<String>,
}

impl Tell {
    /// What the flow logged, and why it is parked if it is.
    pub(super) fn new(state: &State, logged: Option<Logged>) -> Self {
        let (lines, label) = match logged {
            Some(logged) => (logged.lines, logged.state),
            None => (
                Lines::default(),
                state.hot.leaf().map(|leaf| leaf.label.clone()),
            ),
        };
        let parked = match &state.hot.phase {
            Phase::Parked(parked) => Some(parked.reason.to_string()),
            _ => None,
        };
        Self {
            instance: state.instance.id.clone(),
            flow: Arc::clone(&state.instance.flow),
            state: label,
            lines,
            parked,
        }
    }

    pub(super) fn tell(&self) {
        let span =
            info_span!("instance", instance = %self.instance, flow = &*self.flow, state = Empty);
        if let Some(state) = &self.state {
            span.record("state", &**state);
        }
        span.in_scope(|| {
            self.lines.tell();
            if let Some(reason) = &self.parked {
                tracing::warn!(%reason, "parked");
            }
        });
    }
}

impl Attempt {
    /// The span in which its body runs.
    pub(super) fn span(&self) -> Span {
        info_span!(
            "attempt",
            instance = %self.instance,
            flow = &*self.flow,
            state = &*self.state,
            action = self.def.name,
            attempt = self.number,
        )
    }
}
