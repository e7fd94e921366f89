//! Why flows and actions cannot be told apart.

use crate::machine::FlowDef;

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
    pub(super) fn of_name(one: &FlowDef, other: &FlowDef) -> Self {
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
