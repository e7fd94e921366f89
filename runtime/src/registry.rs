//! The flows and actions of a program, registered where they are defined.
//!
//! In: what `#[flow]` and `#[action]` submit at link time. Out: both found by
//! name, or the error that two have one name.

use std::collections::BTreeMap;

use crate::action::ActionDef;
use crate::machine::{FlowDef, Shape, Site};

/// One thing that a macro registered.
#[derive(Debug)]
pub enum Registration {
    /// A flow.
    Flow(FlowDef),
    /// The form of a generic flow, which others can call.
    Shape(&'static Shape),
    /// An action.
    Action(&'static ActionDef),
}

inventory::collect!(Registration);

/// All flows and actions that an engine knows.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    flows: BTreeMap<&'static str, BTreeMap<u32, FlowDef>>,
    actions: BTreeMap<&'static str, &'static ActionDef>,
    generic: Vec<&'static Shape>,
}

impl Registry {
    /// Collects what is linked into the program.
    ///
    /// # Errors
    ///
    /// [`Duplicate`] when two flows of one version, or two actions, have one
    /// name.
    pub fn linked() -> Result<Self, Duplicate> {
        let mut registry = Self::default();
        for registration in inventory::iter::<Registration> {
            match registration {
                Registration::Flow(flow) => registry.add_flow(*flow)?,
                Registration::Shape(shape) => registry.generic.push(shape),
                Registration::Action(action) => registry.add_action(action)?,
            }
        }
        Ok(registry)
    }

    /// Adds a flow.
    ///
    /// # Errors
    ///
    /// [`Duplicate`] when there is one of that name and version.
    pub fn add_flow(&mut self, flow: FlowDef) -> Result<(), Duplicate> {
        let shape = flow.shape;
        match self
            .flows
            .entry(shape.name)
            .or_default()
            .insert(shape.version, flow)
        {
            None => Ok(()),
            Some(other) => Err(Duplicate {
                kind: "flow",
                name: shape.name,
                first: (other.shape.file, other.shape.line),
                second: (shape.file, shape.line),
            }),
        }
    }

    /// Adds an action.
    ///
    /// # Errors
    ///
    /// [`Duplicate`] when there is one of that name.
    pub fn add_action(&mut self, action: &'static ActionDef) -> Result<(), Duplicate> {
        match self.actions.insert(action.name, action) {
            None => Ok(()),
            Some(other) => Err(Duplicate {
                kind: "action",
                name: action.name,
                first: (other.file, other.line),
                second: (action.file, action.line),
            }),
        }
    }

    /// The flow of that name and version.
    #[must_use]
    pub fn flow(&self, name: &str, version: u32) -> Option<&FlowDef> {
        self.flows.get(name)?.get(&version)
    }

    /// The `.await` at which an instance waits: of this flow, which may be one
    /// that the instance's own calls, at this label. Of several versions
    /// `version` is looked at first.
    #[must_use]
    pub fn site(&self, flow: &str, version: u32, label: &str) -> Option<&'static Site> {
        let versions = self.flows.get(flow);
        let first = versions.and_then(|versions| versions.get(&version));
        let shapes = first
            .into_iter()
            .chain(versions.into_iter().flat_map(BTreeMap::values));
        let shapes = shapes.map(|flow| flow.shape);
        let generic = self.generic.iter().copied();
        shapes
            .chain(generic.filter(|shape| shape.name == flow))
            .find_map(|shape| shape.state(label))
    }

    /// The action of that name.
    #[must_use]
    pub fn action(&self, name: &str) -> Option<&'static ActionDef> {
        self.actions.get(name).copied()
    }

    /// All actions.
    pub fn actions(&self) -> impl Iterator<Item = &'static ActionDef> {
        self.actions.values().copied()
    }

    /// All flows.
    pub fn flows(&self) -> impl Iterator<Item = &FlowDef> {
        self.flows.values().flat_map(BTreeMap::values)
    }
}

/// Two definitions of one name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "two {kind}s are called `{name}`: {}:{} and {}:{}; give one another name with `#[{kind}(name = \"..\")]`",
    first.0, first.1, second.0, second.1
)]
pub struct Duplicate {
    /// `flow` or `action`.
    pub kind: &'static str,
    /// The name.
    pub name: &'static str,
    /// File and line of one.
    pub first: (&'static str, u32),
    /// File and line of the other.
    pub second: (&'static str, u32),
}
