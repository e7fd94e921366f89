//! Where a machine stands, as text: for snapshots, and for tests that ask for what it
//! does not wait for.

use std::fmt;

use super::ByHand;
use crate::client::describe;
use crate::ids::DataKey;
use crate::machine::Machine;

impl<M: Machine> ByHand<M> {
    /// Panics: the test wants what the machine is not at.
    #[track_caller]
    pub(super) fn refuse(&self, what: &str) -> ! {
        panic!("{what}\n{self}")
    }
}

impl<M: Machine> fmt::Display for ByHand<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (instance, hot) = (&self.state.instance, &self.state.hot);
        let description = describe(
            instance,
            hot,
            self.data.get(&DataKey::status()),
            &self.rules.registry,
        );
        fmt::Display::fmt(&description, f)?;
        match self.locals() {
            serde_json::Value::Object(locals) if locals.is_empty() => Ok(()),
            locals => write!(f, "\n  keeps: {locals}"),
        }
    }
}

impl<M: Machine> fmt::Debug for ByHand<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
