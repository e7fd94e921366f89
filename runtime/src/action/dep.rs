//! Dependencies: what actions need and the engine provides, by type.

use std::any::{Any, TypeId, type_name};
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// A shared value that an action asks for by naming `Dep<T>` as a parameter.
///
/// It does not appear in the call. The engine's builder provides it with
/// `provide(value)`; starting an engine without it is an error.
pub struct Dep<T: ?Sized>(Arc<T>);

impl<T> Dep<T> {
    /// Wraps a value, to call an action's body directly in a unit test.
    pub fn new(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T: ?Sized> Deref for Dep<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: ?Sized> Clone for Dep<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: ?Sized> fmt::Debug for Dep<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Dep<{}>", type_name::<T>())
    }
}

/// All the values that an engine provides.
#[derive(Clone, Default)]
pub struct Deps(BTreeMap<TypeId, Arc<dyn Any + Send + Sync>>);

impl Deps {
    /// Adds a value; one of the same type before it is replaced.
    pub fn insert<T: Send + Sync + 'static>(&mut self, value: T) {
        self.0.insert(TypeId::of::<T>(), Arc::new(value));
    }

    /// Whether a value of that type is there.
    #[must_use]
    pub fn contains(&self, id: TypeId) -> bool {
        self.0.contains_key(&id)
    }

    /// The value of type `T`.
    ///
    /// # Errors
    ///
    /// [`MissingDep`] when none was provided.
    pub fn get<T: Send + Sync + 'static>(&self) -> Result<Dep<T>, MissingDep> {
        let found = self.0.get(&TypeId::of::<T>()).cloned();
        found
            .and_then(|value| value.downcast::<T>().ok())
            .map(Dep)
            .ok_or(MissingDep {
                type_name: type_name::<T>(),
            })
    }
}

impl fmt::Debug for Deps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deps")
            .field("values", &self.0.len())
            .finish()
    }
}

/// A dependency that nobody provided.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no `{type_name}` was provided; give one with `Engine::builder().provide(value)`")]
pub struct MissingDep {
    /// The type's name.
    pub type_name: &'static str,
}
