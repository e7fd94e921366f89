//! Questions about the user's expressions that several passes ask: does it
//! await, which names does it use, which place does it name. Nothing here
//! changes code.

pub(crate) mod alternatives;
pub(crate) mod assigned;
pub(crate) mod awaits;
pub(crate) mod calls;
pub(crate) mod changed;
pub(crate) mod conditional;
pub(crate) mod deref;
pub(crate) mod diverges;
pub(crate) mod fork;
pub(crate) mod gone;
pub(crate) mod groups;
pub(crate) mod guards;
pub(crate) mod items;
pub(crate) mod iterator;
pub(crate) mod labels;
mod leaving;
pub(crate) mod macros;
pub(crate) mod made;
pub(crate) mod methods;
pub(crate) mod moves;
pub(crate) mod opaque;
pub(crate) mod order;
pub(crate) mod pattern;
pub(crate) mod place;
pub(crate) mod scopes;
pub(crate) mod spans;
pub(crate) mod spared;
pub(crate) mod steps;
pub(crate) mod taken;
pub(crate) mod uses;
mod ways;
pub(crate) mod writes;
