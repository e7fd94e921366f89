//! Starting children: flows and actions that run beside the flow that calls them.

use std::any::{TypeId, type_name};

use super::{Aside, FlowCall, Handle, Sleep, Spawn, ambient};
use crate::action::{Action, ActionCall, Spawned};
use crate::ids::{InstanceId, InvalidId};
use crate::machine::{Fault, Machine};
use crate::payload::Fields;

impl<M: Machine> FlowCall<M> {
    /// Starts the flow as a child instance, and goes on without waiting for it.
    ///
    /// Its id is that of the instance, `/`, and a number: `order-42/1`. It starts with
    /// the step, in the same transaction; of a step that spawns more than 512 children the
    /// others start in the transactions right after it, before anything else happens.
    ///
    /// # Panics
    ///
    /// Outside a flow.
    pub fn spawn(self) -> Handle<M::Output> {
        let id = next_child();
        spawn::<M, _>(id, self.arguments())
    }

    /// The same under an id of its own.
    ///
    /// When an instance of this id is there already nothing is started, and awaiting
    /// the handle gives [`JoinError::IdTaken`](crate::machine::JoinError::IdTaken).
    ///
    /// # Errors
    ///
    /// [`InvalidId`] when no instance can have this id.
    ///
    /// # Panics
    ///
    /// Outside a flow.
    pub fn spawn_as(
        self,
        id: impl TryInto<InstanceId, Error: Into<InvalidId>>,
    ) -> Result<Handle<M::Output>, InvalidId> {
        let id = id.try_into().map_err(Into::into)?;
        Ok(spawn::<M, _>(id, self.arguments()))
    }
}

impl<A: Action> ActionCall<A> {
    /// Starts the action now, and goes on without waiting for it: as a child instance
    /// that calls it and returns its result.
    ///
    /// # Panics
    ///
    /// Outside a flow.
    pub fn spawn(self) -> Handle<A::Output> {
        let callee = const { A::DEF.name };
        let arguments = self.request().and_then(|request| {
            let encoded = Spawned::arguments(&request);
            encoded.map_err(|source| Fault::EncodeArguments { callee, source })
        });
        spawn::<Spawned, _>(next_child(), arguments)
    }
}

impl Sleep {
    /// Starts the timer now, and goes on without waiting for it: as a child instance that
    /// sleeps, and costs no memory. The handle can be kept, awaited later, raced, asked
    /// whether it has [ended](Handle::ended), and cancelled.
    ///
    /// # Panics
    ///
    /// Outside a flow.
    ///
    /// # Examples
    ///
    /// ```
    /// use flowstone::prelude::*;
    ///
    /// #[action]
    /// async fn cook(dish: &str) -> String {
    ///     format!("{dish} is ready")
    /// }
    ///
    /// #[flow]
    /// async fn dinner() -> (String, Result<(), flow::JoinError>) {
    ///     let at_least = flow::sleep(Duration::from_millis(5)).spawn();
    ///     let said = cook("soup").await;
    ///     (said, at_least.await)
    /// }
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// let engine = Engine::builder().in_memory().open().await?;
    /// assert_eq!(engine.run("d", dinner()).await?.1, Ok(()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn spawn(self) -> Handle<()> {
        let arguments = Spawned::sleeping(self.due()).map_err(|source| Fault::EncodeArguments {
            callee: "sleep",
            source,
        });
        spawn::<Spawned, _>(next_child(), arguments)
    }
}

fn spawn<M: Machine, T>(id: InstanceId, arguments: Result<Fields, Fault>) -> Handle<T> {
    ambient::say(match arguments {
        Ok(arguments) => Aside::Spawn(Spawn {
            id: id.clone(),
            machine: TypeId::of::<M>(),
            types: type_name::<M>(),
            arguments,
        }),
        Err(fault) => Aside::Unsaid {
            problem: fault.to_string(),
        },
    });
    Handle::new(id)
}

/// The id of the next child.
fn next_child() -> InstanceId {
    ambient::with("spawn", |current| {
        current.ambient.children += 1;
        let (parent, number) = (&current.ambient.instance, current.ambient.children);
        parent.child(number)
    })
}
