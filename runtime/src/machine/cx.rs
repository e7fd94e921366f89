//! What a machine sees of the turn it runs in.
//!
//! In: the outcome that woke it. Out: the requests it makes. Nothing else
//! passes between generated code and the engine; time and randomness come by
//! the ambient values of `flow::builtins`.

use std::sync::Arc;

use bytes::Bytes;

use super::crowd::{self, Crowd, Ends};
use super::{Ask, Fault, JoinError, Progress, Restart, Site, Step};
use crate::action::policy::CallPolicy;
use crate::codec::DecodeError;
use crate::ids::{InstanceId, LeafId};
use crate::payload::{Fields, Payload};
use crate::time::Timestamp;

/// The turn, as a machine sees it.
#[derive(Debug, Clone)]
pub struct Cx {
    outcome: Option<(LeafId, Outcome)>,
    next_leaf: u64,
    requests: Vec<Request>,
    site: &'static Site,
    /// How many shields are around what runs now.
    shields: u32,
}

/// What a leaf brought.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The encoded return value of an action, or a message.
    Value(Payload),
    /// A timer fired.
    Fired,
    /// A child has ended, or never will.
    Ended(Result<Payload, JoinError>),
    /// The instance is to be cancelled, for this reason.
    Cancelled(String),
    /// Enough of many children have ended.
    Ends(Ends),
}

/// Something the flow asked for and now waits for.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Its number in the instance.
    pub leaf: LeafId,
    /// The `.await` that asked.
    pub site: &'static Site,
    /// What is asked for.
    pub wait: Wait,
    /// Whether a cancel waits for it.
    pub shielded: bool,
}

/// The kinds of things a flow can wait for.
#[derive(Debug, Clone, PartialEq)]
pub enum Wait {
    /// The outcome of an action.
    Action(ActionRequest),
    /// A point in time.
    Timer {
        /// When it is due.
        due: Timestamp,
    },
    /// The next message of a channel.
    Message {
        /// The channel's name.
        channel: String,
    },
    /// The end of a child.
    Child {
        /// Its id.
        id: InstanceId,
        /// Whether its result is taken: it need not be kept any longer.
        takes: bool,
    },
    /// That somebody cancels the instance.
    Cancelled,
    /// An answer of the engine.
    Ask(Ask),
    /// The ends of many children.
    Crowd(Arc<Crowd>),
    /// Nothing: the instance is to begin again.
    Restart(Restart),
}

/// A call of an action.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionRequest {
    /// The action's registered name.
    pub action: String,
    /// The encoded arguments.
    pub arguments: Fields,
    /// What the call says otherwise than the action's definition, if it says anything.
    pub policy: Option<Box<CallPolicy>>,
}

/// The site of a machine that has not reached any `.await` yet.
static NOWHERE: Site = Site::of("", "");

impl Cx {
    /// A turn without an outcome: the first one of an instance.
    #[must_use]
    pub fn starting() -> Self {
        Self {
            outcome: None,
            next_leaf: 0,
            requests: Vec::new(),
            site: &NOWHERE,
            shields: 0,
        }
    }

    /// A turn in which `leaf` brought `outcome`; new leaves count from `next_leaf`.
    #[must_use]
    pub fn resuming(leaf: LeafId, outcome: Outcome, next_leaf: LeafId) -> Self {
        Self {
            outcome: Some((leaf, outcome)),
            next_leaf: next_leaf.0,
            ..Self::starting()
        }
    }

    /// The leaf that brought an outcome.
    #[must_use]
    pub fn resumed(&self) -> Option<LeafId> {
        self.outcome.as_ref().map(|(leaf, _)| *leaf)
    }

    /// What the flow asked for in this turn.
    #[must_use]
    pub fn requests(&self) -> &[Request] {
        &self.requests
    }

    /// Takes the requests out and gives the number of the next leaf.
    #[must_use]
    pub fn finish(self) -> (Vec<Request>, LeafId) {
        (self.requests, LeafId(self.next_leaf))
    }

    /// The `.await` at which the machine is.
    #[must_use]
    pub fn site(&self) -> &'static Site {
        self.site
    }

    /// Asks for `wait` at the present `.await`.
    pub fn request<T>(&mut self, wait: Wait) -> Step<T> {
        let leaf = LeafId(self.next_leaf);
        self.next_leaf += 1;
        self.requests.push(Request {
            leaf,
            site: self.site,
            wait,
            shielded: self.shields > 0,
        });
        Step::Waiting(Bytes::copy_from_slice(&leaf.0.to_le_bytes()))
    }

    /// Asks for many children at the present `.await`.
    pub(crate) fn request_crowd<T>(&mut self, crowd: Crowd) -> Step<T> {
        let waiting = crowd::encode(LeafId(self.next_leaf), &crowd.members);
        let _: Step<T> = self.request(Wait::Crowd(Arc::new(crowd)));
        Step::Waiting(waiting)
    }

    /// The outcome, if it is the one that a request's bytes wait for.
    ///
    /// # Errors
    ///
    /// [`Fault::DamagedFrame`] when the bytes are not those of a request.
    pub fn outcome_of(&mut self, waiting: &[u8]) -> Result<Option<Outcome>, Fault> {
        let number = waiting.try_into().map_err(|_| Fault::DamagedFrame {
            flow: self.site.flow,
            what: "the number of what it waits for has not eight bytes",
        })?;
        let leaf = LeafId(u64::from_le_bytes(number));
        Ok(self
            .outcome
            .take_if(|(woken, _)| *woken == leaf)
            .map(|(_, outcome)| outcome))
    }

    /// Whether nothing has taken the outcome that woke the machine.
    pub(crate) fn has_outcome(&self) -> bool {
        self.outcome.is_some()
    }

    /// The value that a request's bytes wait for, decoded; `expected` says in
    /// a fault what it would have been.
    ///
    /// # Errors
    ///
    /// [`Fault`] when the bytes or the outcome do not fit.
    pub(crate) fn value_of<T>(
        &mut self,
        waiting: Bytes,
        expected: &'static str,
        decode: impl FnOnce(&Payload) -> Result<T, DecodeError>,
    ) -> Progress<T> {
        let (flow, label) = (self.site.flow, self.site.label);
        match self.outcome_of(&waiting)? {
            None => Ok(Step::Waiting(waiting)),
            Some(Outcome::Value(payload)) => {
                decode(&payload)
                    .map(Step::Done)
                    .map_err(|source| Fault::DecodeOutcome {
                        flow,
                        label,
                        source,
                    })
            }
            Some(_) => Err(Fault::WrongOutcome {
                flow,
                label,
                expected,
            }),
        }
    }

    /// Runs what a cancel waits for.
    pub(crate) fn shielded<R>(&mut self, run: impl FnOnce(&mut Self) -> R) -> R {
        self.shields += 1;
        let done = run(self);
        self.shields -= 1;
        done
    }

    /// Moves to another `.await` and gives the one before.
    pub(crate) fn enter(&mut self, site: &'static Site) -> &'static Site {
        std::mem::replace(&mut self.site, site)
    }
}
