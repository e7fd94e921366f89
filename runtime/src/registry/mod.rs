//! The flows and actions of a program, registered where they are defined.
//!
//! In: what `#[flow]` and `#[action]` submit at link time. Out: both found by
//! name, or the error that two have one name.

mod duplicate;

use std::any::TypeId;
use std::collections::{BTreeMap, HashMap};

pub use self::duplicate::Duplicate;
use crate::action::{ActionDef, Spawned};
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

/// A flow that every program has, and nobody wrote.
static SPAWNED: FlowDef = Spawned::FLOW;

/// All flows and actions that an engine knows.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    flows: BTreeMap<&'static str, BTreeMap<u32, FlowDef>>,
    machines: HashMap<TypeId, FlowDef>,
    actions: BTreeMap<&'static str, &'static ActionDef>,
    generic: Vec<&'static Shape>,
}

impl Registry {
    /// Collects what is linked into the program.
    ///
    /// # Errors
    ///
    /// [`Duplicate`] when two flows of one version, or two actions, have one
    /// name, a generic flow is registered twice for the same types, or two
    /// awaits of a flow have one label.
    pub fn linked() -> Result<Self, Duplicate> {
        let mut registry = Self::default();
        for registration in inventory::iter::<Registration> {
            match registration {
                Registration::Flow(flow) => registry.add_flow(*flow)?,
                Registration::Shape(shape) => {
                    labels_differ(shape)?;
                    registry.generic.push(shape);
                }
                Registration::Action(action) => registry.add_action(action)?,
            }
        }
        Ok(registry)
    }

    /// Adds a flow.
    ///
    /// # Errors
    ///
    /// [`Duplicate`] when there is one of that name and version, or the same
    /// flow with the same types is there under another name.
    pub fn add_flow(&mut self, flow: FlowDef) -> Result<(), Duplicate> {
        labels_differ(flow.shape)?;
        let versions = self.flows.entry(flow.name).or_default();
        if let Some(other) = versions.insert(flow.shape.version, flow) {
            return Err(Duplicate::of_name(&other, &flow));
        }
        match self.machines.insert((flow.machine)(), flow) {
            None => Ok(()),
            Some(other) => Err(Duplicate::Types {
                types: (flow.type_name)(),
                names: (other.name, flow.name),
                first: other.place,
                second: flow.place,
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
            Some(other) => Err(Duplicate::Name {
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
        if name == SPAWNED.name {
            return Some(&SPAWNED);
        }
        self.flows.get(name)?.get(&version)
    }

    /// The newest version of the flow of that name.
    #[must_use]
    pub fn newest(&self, name: &str) -> Option<&FlowDef> {
        let versions = self.flows.get(name)?;
        versions.last_key_value().map(|(_, flow)| flow)
    }

    /// The flow with this machine: the types of a generic one tell it from
    /// others of its shape.
    #[must_use]
    pub fn flow_of(&self, machine: TypeId) -> Option<&FlowDef> {
        if machine == TypeId::of::<Spawned>() {
            return Some(&SPAWNED);
        }
        self.machines.get(&machine)
    }

    /// Whether the states of `holder` are those of the flow of an instance. A
    /// generic flow's have its name, also where its instances have the one that
    /// it was registered with.
    #[must_use]
    pub fn is_own(&self, (own, version): (&str, u32), holder: &str) -> bool {
        let flow = || self.flow(own, version);
        own == holder || flow().is_some_and(|flow| flow.shape.name == holder)
    }

    /// The `.await` at which an instance of `own`, of this version, waits: at
    /// this label of `holder`, which is its own flow or one that it calls.
    ///
    /// Of several versions of `holder` the instance's is looked at first. When
    /// the program lacks that of `own` itself there is none: the line of
    /// another version would be wrong.
    #[must_use]
    pub fn site(
        &self,
        (own, version): (&str, u32),
        holder: &str,
        label: &str,
    ) -> Option<&'static Site> {
        self.shape((own, version), holder, label)?.state(label)
    }

    /// The shape that this `.await` is in, as [`site`](Self::site) finds it.
    #[must_use]
    pub fn shape(
        &self,
        (own, version): (&str, u32),
        holder: &str,
        label: &str,
    ) -> Option<&'static Shape> {
        let versions = self.flows.get(holder);
        let first = versions.and_then(|versions| versions.get(&version));
        if own == holder && first.is_none() {
            return None;
        }
        let shapes = first
            .into_iter()
            .chain(versions.into_iter().flat_map(BTreeMap::values));
        let shapes = shapes.map(|flow| flow.shape);
        let generic = self.generic.iter().copied();
        shapes
            .chain(generic.filter(|shape| shape.name == holder))
            .find(|shape| shape.state(label).is_some())
    }

    /// The form of the flow of that name; of several versions that of the newest.
    #[cfg(feature = "testing")]
    pub(crate) fn newest_shape(&self, name: &str) -> Option<&'static Shape> {
        let newest = self.newest(name).map(|flow| flow.shape);
        let generic = || self.generic.iter().find(|shape| shape.name == name);
        newest.or_else(|| generic().copied())
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

/// A frame names its state by the label: two of one label could not be told
/// apart, and the flow would go on at the wrong one.
fn labels_differ(shape: &Shape) -> Result<(), Duplicate> {
    let mut seen = BTreeMap::new();
    for site in shape.states {
        if let Some(first) = seen.insert(site.label, site) {
            return Err(Duplicate::Label {
                flow: shape.name,
                label: site.label,
                first: (first.file, first.line),
                second: (site.file, site.line),
            });
        }
    }
    Ok(())
}
