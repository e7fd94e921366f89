//! Helpers of the flows that offend: no macro reads them when it reads the flow.

pub(crate) mod clocks;
pub(crate) mod maps;
pub(crate) mod places;
pub(crate) mod random;
pub(crate) mod state;
pub(crate) mod tasks;
pub(crate) mod wires;
