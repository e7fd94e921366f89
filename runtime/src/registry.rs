//! The flows and actions of a program, registered where they are defined.
//!
//! In: what `#[flow]` and `#[action]` submit at link time. Out: both found by
//! name, or the error that two have one name.

use std::any::TypeId;
use std::collections::{BTreeMap, HashMap};

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
        self.flows.get(name)?.get(&version)
    }

    /// The flow with this machine: the types of a generic one tell it from
    /// others of its shape.
    #[must_use]
    pub fn flow_of(&self, machine: TypeId) -> Option<&FlowDef> {
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
        let newest = self.flows.get(name).and_then(BTreeMap::last_key_value);
        let newest = newest.map(|(_, flow)| flow.shape);
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

/// What stands twice in a program.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Duplicate {
    /// Two definitions have one name.
    #[error(
        "two {kind}s are called `{name}`: {}:{} and {}:{}; give one another name with `#[{kind}(name = \"..\")]`",
        first.0, first.1, second.0, second.1
    )]
    Name {
        /// `flow` or `action`.
        kind: &'static str,
        /// The name.
        name: &'static str,
        /// File and line of one.
        first: (&'static str, u32),
        /// File and line of the other.
        second: (&'static str, u32),
    },
    /// Two awaits of a flow were given one label.
    #[error(
        "two `.await`s of the flow `{flow}` have the label `{label}`: {}:{} and {}:{}; give one \
         another label",
        first.0, first.1, second.0, second.1
    )]
    Label {
        /// The flow.
        flow: &'static str,
        /// The label.
        label: &'static str,
        /// File and line of one.
        first: (&'static str, u32),
        /// File and line of the other.
        second: (&'static str, u32),
    },
    /// A generic flow is registered for several types under one name.
    #[error(
        "`{name}` is registered as `{}` ({}:{}) and as `{}` ({}:{}); give one a name of its own: \
         `flowstone::register_flow!({name}<..>, name = \"..\");`",
        types.0, first.0, first.1, types.1, second.0, second.1
    )]
    Generic {
        /// The name.
        name: &'static str,
        /// The flow with the types of each.
        types: (&'static str, &'static str),
        /// File and line of one registration.
        first: (&'static str, u32),
        /// File and line of the other.
        second: (&'static str, u32),
    },
    /// A generic flow is registered twice for the same types.
    #[error(
        "`{types}` is registered twice: as `{}` ({}:{}) and as `{}` ({}:{}); remove one of them",
        names.0, first.0, first.1, names.1, second.0, second.1
    )]
    Types {
        /// The flow with its types.
        types: &'static str,
        /// Both names.
        names: (&'static str, &'static str),
        /// File and line of one registration.
        first: (&'static str, u32),
        /// File and line of the other.
        second: (&'static str, u32),
    },
}

impl Duplicate {
    /// Of two flows of one name, which may be of one generic flow.
    fn of_name(one: &FlowDef, other: &FlowDef) -> Self {
        let (first, second) = (one.place, other.place);
        if (one.machine)() == (other.machine)() {
            return Self::Types {
                types: (one.type_name)(),
                names: (one.name, other.name),
                first,
                second,
            };
        }
        if std::ptr::eq(one.shape, other.shape) {
            return Self::Generic {
                name: one.name,
                types: ((one.type_name)(), (other.type_name)()),
                first,
                second,
            };
        }
        Self::Name {
            kind: "flow",
            name: one.name,
            first,
            second,
        }
    }
}
