//! The worlds that fakes touch: values of the test that outlive crashes, begin
//! anew with each run, and can be compared after it.

use std::any::{Any, TypeId, type_name};
use std::collections::BTreeMap;
use std::fmt::Debug;

/// A value of any type that can be copied, compared and shown.
trait World {
    fn copy(&self) -> Box<dyn World>;
    fn is_same(&self, other: &dyn World) -> bool;
    fn shown(&self) -> String;
    fn as_any(&self) -> &dyn Any;
    fn as_any_mut(&mut self) -> &mut dyn Any;
}

impl<W: Clone + PartialEq + Debug + 'static> World for W {
    fn copy(&self) -> Box<dyn World> {
        Box::new(self.clone())
    }

    fn is_same(&self, other: &dyn World) -> bool {
        other.as_any().downcast_ref() == Some(self)
    }

    fn shown(&self) -> String {
        format!("{self:?}")
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

/// One value of each type.
#[derive(Default)]
pub(super) struct Worlds(BTreeMap<TypeId, Box<dyn World>>);

impl Clone for Worlds {
    fn clone(&self) -> Self {
        let copies = self.0.iter().map(|(id, world)| (*id, (**world).copy()));
        Self(copies.collect())
    }
}

impl Worlds {
    pub(super) fn insert<W: Clone + PartialEq + Debug + 'static>(&mut self, world: W) {
        self.0.insert(TypeId::of::<W>(), Box::new(world));
    }

    #[track_caller]
    pub(super) fn get<W: 'static>(&self) -> &W {
        let world = self.0.get(&TypeId::of::<W>());
        let world = world.and_then(|world| (**world).as_any().downcast_ref());
        world.unwrap_or_else(|| missing::<W>())
    }

    #[track_caller]
    pub(super) fn get_mut<W: 'static>(&mut self) -> &mut W {
        let world = self.0.get_mut(&TypeId::of::<W>());
        let world = world.and_then(|world| (**world).as_any_mut().downcast_mut());
        world.unwrap_or_else(|| missing::<W>())
    }

    /// The first world that is not as in `other`: how it was, and how it is there.
    pub(super) fn difference(&self, other: &Self) -> Option<(String, String)> {
        self.0.iter().find_map(|(id, world)| {
            let there = other.0.get(id)?;
            (!(**world).is_same(&**there)).then(|| ((**world).shown(), (**there).shown()))
        })
    }
}

#[track_caller]
fn missing<W>() -> ! {
    panic!(
        "the simulation has no world `{}`; give it one with `sim.with_world(..)`",
        type_name::<W>()
    )
}
