//! Names and numbers of the things the engine keeps apart.
//!
//! Every id that crosses a signature is one of these newtypes, never a bare
//! integer or string, so that an instance's key cannot be taken for a leaf.

use std::convert::Infallible;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::report::debug_as_text;

/// The name of one run of a flow, chosen by whoever starts it.
///
/// An id is 1 to [`InstanceId::MAX_BYTES`] bytes of UTF-8 without control
/// characters. Starting the same flow with the same id and the same arguments
/// attaches to the instance that exists.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct InstanceId(Arc<str>);

impl InstanceId {
    /// The longest id, in bytes.
    pub const MAX_BYTES: usize = 255;

    /// Checks `id` and takes it.
    ///
    /// # Errors
    ///
    /// [`InvalidId`] when `id` is empty, too long or holds a control character.
    ///
    /// # Examples
    ///
    /// ```
    /// use flowstone::InstanceId;
    ///
    /// assert_eq!(InstanceId::new("order-42").unwrap().as_str(), "order-42");
    /// assert!(InstanceId::new("").is_err());
    /// ```
    pub fn new(id: impl AsRef<str>) -> Result<Self, InvalidId> {
        let id = id.as_ref();
        if id.is_empty() {
            return Err(InvalidId::Empty);
        }
        if id.len() > Self::MAX_BYTES {
            return Err(InvalidId::TooLong {
                len_bytes: id.len(),
            });
        }
        if let Some(found) = id.chars().find(|c| c.is_control()) {
            return Err(InvalidId::Control { found });
        }
        Ok(Self(id.into()))
    }

    /// The id of the child of this number. Where that would be too long, the end of this
    /// one is a hash of it.
    pub(crate) fn child(&self, number: u64) -> Self {
        let id = format!("{self}/{number}");
        if id.len() <= Self::MAX_BYTES {
            return Self(id.into());
        }
        // FNV-1a: the same in every program.
        let hash = self
            .0
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
            });
        let start: String = self.0.chars().take(40).collect();
        Self(format!("{start}~{hash:016x}/{number}").into())
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for InstanceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for InstanceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

impl TryFrom<&str> for InstanceId {
    type Error = InvalidId;

    fn try_from(id: &str) -> Result<Self, InvalidId> {
        Self::new(id)
    }
}

impl TryFrom<String> for InstanceId {
    type Error = InvalidId;

    fn try_from(id: String) -> Result<Self, InvalidId> {
        Self::new(id)
    }
}

impl TryFrom<&String> for InstanceId {
    type Error = InvalidId;

    fn try_from(id: &String) -> Result<Self, InvalidId> {
        Self::new(id)
    }
}

impl TryFrom<&InstanceId> for InstanceId {
    type Error = InvalidId;

    fn try_from(id: &InstanceId) -> Result<Self, InvalidId> {
        Ok(id.clone())
    }
}

impl From<InstanceId> for String {
    fn from(id: InstanceId) -> Self {
        id.0.as_ref().to_owned()
    }
}

/// An id that is one already cannot be invalid.
impl From<Infallible> for InvalidId {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

debug_as_text!(InvalidKey, InvalidId);

/// Why a text cannot be the id of an instance.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidId {
    /// The text is empty.
    #[error("an instance id must not be empty")]
    Empty,
    /// The text is longer than [`InstanceId::MAX_BYTES`].
    #[error(
        "an instance id may have {max} bytes, this one has {len_bytes}; use a hash of it as the id",
        max = InstanceId::MAX_BYTES
    )]
    TooLong {
        /// The length of the text that was given.
        len_bytes: usize,
    },
    /// The text holds a control character.
    #[error("an instance id must not hold the control character {found:?}")]
    Control {
        /// The first such character.
        found: char,
    },
}

/// The small number that stands for an instance inside a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InstanceKey(pub u64);

/// One outstanding thing that an instance waits for: an action, a timer, a
/// message. Numbered from 0 in each instance, never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LeafId(pub u64);

impl fmt::Display for LeafId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// How many turns an instance has taken: 0 is the one that starts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TurnNo(pub u64);

#[cfg(test)]
mod tests {
    use super::*;

    fn taken<I: TryInto<InstanceId>>(id: I) -> Result<InstanceId, InvalidId>
    where
        InvalidId: From<I::Error>,
    {
        Ok(id.try_into()?)
    }

    #[test]
    fn ids_of_children_are_ids() {
        let id = InstanceId::new("a").unwrap();
        assert_eq!(id.child(7).as_str(), "a/7");
        let mut deep = InstanceId::new("é".repeat(120)).unwrap();
        let mut seen = std::collections::HashSet::new();
        for _ in 0..20 {
            deep = deep.child(u64::MAX);
            assert!(InstanceId::new(deep.as_str()).is_ok());
            assert!(seen.insert(deep.clone()), "{deep}");
        }
    }

    #[test]
    fn whatever_can_be_an_id_is_taken_as_one() {
        let id = taken("a").unwrap();
        assert_eq!(taken(&id), Ok(id.clone()));
        assert_eq!(taken(id.clone()), Ok(id));
        assert_eq!(taken(String::new()), Err(InvalidId::Empty));
        assert!(taken("a\nb").is_err());
        assert!(taken("x".repeat(256)).is_err());
    }
}

/// Which of the values of an instance: one that the flow put under a key, or its status.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DataKey(Arc<str>);

impl DataKey {
    /// The longest key, in bytes.
    pub const MAX_BYTES: usize = 255;

    /// Checks `key` and takes it.
    ///
    /// # Errors
    ///
    /// [`InvalidKey`] when it is empty or too long.
    pub fn new(key: &str) -> Result<Self, InvalidKey> {
        match key.len() {
            0 => Err(InvalidKey::Empty),
            1..=Self::MAX_BYTES => Ok(Self(key.into())),
            len_bytes => Err(InvalidKey::TooLong { len_bytes }),
        }
    }

    /// That of the status: no key of a flow is empty.
    #[must_use]
    pub fn status() -> Self {
        Self("".into())
    }

    /// Whether it is that of the status.
    #[must_use]
    pub fn is_status(&self) -> bool {
        self.0.is_empty()
    }

    /// The key, as it is stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_status() {
            return f.write_str("the status");
        }
        write!(f, "the value of `{}`", self.0)
    }
}

/// Why a text is no key of a value.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidKey {
    /// It is empty.
    #[error("the key of a value is empty")]
    Empty,
    /// It is over [`DataKey::MAX_BYTES`].
    #[error(
        "the key of a value has {len_bytes} bytes, the limit is {}",
        DataKey::MAX_BYTES
    )]
    TooLong {
        /// Its length.
        len_bytes: usize,
    },
}
