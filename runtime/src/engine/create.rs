//! New instances: those that clients start, and those that flows spawn.

use std::any::TypeId;
use std::sync::Arc;

use super::core::Core;
use crate::ids::{InstanceId, InstanceKey};
use crate::machine::FlowDef;
use crate::payload::{Fields, Payload};
use crate::record::{InCrowd, Instance, Parent};
use crate::turn::{self, NewInstance, Rerun};

/// An instance to be created.
pub(super) struct New {
    pub(super) id: InstanceId,
    pub(super) flow: FlowDef,
    pub(super) arguments: Fields,
    pub(super) messages: Vec<(Arc<str>, Payload)>,
    pub(super) parent: Option<Parent>,
}

/// A child to be started.
pub(super) struct Child {
    pub(super) id: InstanceId,
    pub(super) machine: TypeId,
    pub(super) arguments: Fields,
    pub(super) crowd: Option<InCrowd>,
}

impl Core {
    /// Creates an instance and takes its first turn.
    pub(super) fn create(&mut self, new: New) {
        let rules = Arc::clone(&self.rules);
        let now = self.clock.now();
        let key = self.new_key();
        let New {
            id,
            flow,
            arguments,
            messages,
            parent,
        } = new;
        if let Some(parent) = &parent {
            let born = (self.pending.no, parent.key, key);
            self.family.born.push_back(born);
        }
        let instance = Instance {
            id,
            flow: flow.name.into(),
            version: flow.shape.version,
            arguments,
            created_at: now,
            seed: self.seeds.seed(key, now),
            parent,
            end: None,
        };
        let new = NewInstance {
            key,
            instance,
            messages,
        };
        let turned = turn::start(new, &flow, &rules, now, self.next_seq);
        self.accept(turned);
    }

    /// Creates an instance where another one was.
    pub(super) fn create_again(&mut self, rerun: Rerun) {
        let rules = Arc::clone(&self.rules);
        let now = self.clock.now();
        let key = self.new_key();
        let rerun = Rerun {
            instance: Instance {
                created_at: now,
                seed: self.seeds.seed(key, now),
                ..rerun.instance
            },
            ..rerun
        };
        let turned = turn::rerun(key, rerun, &rules, now, self.next_seq);
        self.accept(turned);
    }

    fn new_key(&mut self) -> InstanceKey {
        let key = self.next_key;
        self.next_key = InstanceKey(key.0 + 1);
        key
    }

    /// Starts a child, unless its id is taken: its parent finds that out when it awaits it.
    pub(super) fn start_child(&mut self, from: InstanceKey, child: Child) -> bool {
        match self.slots.find(&*self.store, &child.id) {
            Ok(None) => {}
            Ok(Some(_)) => return false,
            Err(error) => {
                self.store_failed(error);
                return false;
            }
        }
        // The turn looked whether there is such a flow; a registry does not change.
        let flow = self.rules.registry.flow_of(child.machine).copied();
        let (Some(parent), Some(flow)) = (self.state(from), flow) else {
            return false;
        };
        let root = match &parent.instance.parent {
            Some(own) => own.root.clone(),
            None => parent.instance.id.clone(),
        };
        let parent = Parent {
            key: from,
            id: parent.instance.id.clone(),
            root,
            detached: false,
            crowd: child.crowd,
        };
        self.create(New {
            id: child.id,
            flow,
            arguments: child.arguments,
            messages: Vec::new(),
            parent: Some(parent),
        });
        true
    }
}
