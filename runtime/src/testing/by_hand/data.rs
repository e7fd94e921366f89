//! What a machine that is driven by hand put: its status, and values by key.

use super::ByHand;
use crate::durable::Durable;
use crate::ids::DataKey;
use crate::machine::Machine;
use crate::payload::Payload;
use crate::turn::Write;

impl<M: Machine> ByHand<M> {
    /// The status that the flow set last; `None` when it never set one.
    ///
    /// # Panics
    ///
    /// When it is no `S`.
    #[track_caller]
    #[must_use]
    pub fn status<S: Durable>(&self) -> Option<S> {
        self.value(&DataKey::status())
    }

    /// The value that the flow keeps under a key; `None` when there is none.
    ///
    /// # Panics
    ///
    /// When it is no `T`, or the key is none.
    #[track_caller]
    #[must_use]
    pub fn get<T: Durable>(&self, key: &str) -> Option<T> {
        let name = DataKey::new(key);
        self.value(&name.unwrap_or_else(|error| panic!("{error}")))
    }

    #[track_caller]
    fn value<T: Durable>(&self, name: &DataKey) -> Option<T> {
        let datum = self.data.get(name)?;
        let value = datum.value.decode();
        Some(value.unwrap_or_else(|error| panic!("{name} is of another type: {error}")))
    }

    /// Keeps what a turn writes and a flow can read again.
    pub(super) fn keep(&mut self, write: Write) {
        match write {
            Write::Message {
                channel,
                seq,
                payload,
                ..
            } => {
                self.unread.insert((channel, seq), payload);
            }
            Write::Datum { name, datum, .. } => {
                self.data.insert(name, datum);
            }
            Write::DropDatum { name, .. } => {
                self.data.remove(&name);
            }
            _ => {}
        }
    }

    /// The answer to a flow that reads a value.
    pub(super) fn answer_of(&self, name: &DataKey) -> Payload {
        let value = self.data.get(name).map(|datum| &datum.value);
        Payload::entry(name.as_str(), value)
    }
}
