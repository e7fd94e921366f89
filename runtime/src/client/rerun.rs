//! Running a flow again from a state in which an instance was.

use std::collections::BTreeMap;

use super::Handle;
use super::error::RerunError;
use super::manage::newest_first;
use crate::engine::{Engine, Event};
use crate::ids::{InstanceId, InvalidId};
use crate::record::{Happening, Instance, Name, Recorded};
use crate::store::{StoreError, View};
use crate::turn::Rerun;

impl Engine {
    /// Starts an instance `new_id` at a state in which the instance `id` was: where it
    /// waited at the `.await` labelled `label`, the last time if there were several.
    ///
    /// It needs [`Builder::keep_states`](crate::engine::Builder::keep_states), without which no
    /// states are recorded, and goes back as far as the journal does. `id` stays as it is,
    /// running or ended, whatever the reason: this is for one that came to a wrong result,
    /// once the code or the world is mended. One that is only parked is better
    /// [retried](Engine::retry).
    ///
    /// The new instance has the frame of that state, its values ([`flow::put`]) and what was
    /// to be undone then. What it waited for is asked for again, from now on: an action is
    /// called again with the same arguments, under an idempotency key of its own and with
    /// all its attempts; a timer keeps its time, and has fired if that has passed. Messages
    /// that `id` got later are not copied, nor are its children, which stay its own: a state
    /// in which it waited for them is none from which it can be run again, and a handle that
    /// it kept there gives [`JoinError::IdTaken`](crate::flow::JoinError) when the new
    /// instance awaits it. Random values are drawn anew. It has no parent.
    ///
    /// An action that is `at_most_once` is called again like any other: whoever runs a flow
    /// again from there says so.
    ///
    /// The label is that of the `.await`, as errors, [`describe`](Engine::describe) and the
    /// journal show it: `timeout` where a call is awaited in `flow::timeout(..)`.
    ///
    /// # Errors
    ///
    /// [`RerunError`] when there is no such instance or state, or `new_id` is taken.
    ///
    /// # Cancel safety
    ///
    /// When the future is dropped the new instance may or may not have been started.
    ///
    /// # Examples
    ///
    /// ```
    /// use flowstone::prelude::*;
    ///
    /// #[action]
    /// async fn charge(cents: u64) -> u64 { cents }
    ///
    /// #[action]
    /// async fn ship(receipt: u64) -> String { format!("parcel {receipt}") }
    ///
    /// #[flow]
    /// async fn order(cents: u64) -> String {
    ///     let receipt = charge(cents).await;
    ///     ship(receipt).await
    /// }
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// let engine = Engine::builder().in_memory().keep_states(true).open().await?;
    /// let first = engine.start("order-1", order(7)).await?;
    /// first.result().await?;
    /// // The parcel got lost: another one, without paying again.
    /// let second = first.rerun_from("ship", "order-1-again").await?;
    /// assert_eq!(second.result().await?, "parcel 7");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// [`flow::put`]: crate::flow::put
    pub async fn rerun_from(
        &self,
        id: impl TryInto<InstanceId, Error: Into<InvalidId>>,
        label: &str,
        new_id: impl TryInto<InstanceId, Error: Into<InvalidId>>,
    ) -> Result<(), RerunError> {
        let id: InstanceId = id.try_into().map_err(Into::into)?;
        let new_id: InstanceId = new_id.try_into().map_err(Into::into)?;
        let (of, wanted) = (id.clone(), label.to_owned());
        let found = self.read(move |view| found(view, &of, &wanted)).await;
        let found = found.map_err(|error| RerunError::Store(error.into()))?;
        let (instance, state) = match found {
            Found::Nothing => return Err(RerunError::Unknown { id }),
            Found::Others { recorded, waited } => {
                let label = label.to_owned();
                return Err(if waited {
                    RerunError::WaitedForItsOwn {
                        id,
                        label,
                        recorded,
                    }
                } else {
                    RerunError::NotRecorded {
                        id,
                        label,
                        recorded,
                    }
                });
            }
            Found::State(instance, state) => (*instance, *state),
        };
        let rerun = Rerun {
            instance: Instance {
                id: new_id.clone(),
                version: state.version,
                parent: None,
                end: None,
                ..instance
            },
            of: id,
            label: Name::Owned(label.to_owned()),
            state,
        };
        let rerun = Box::new(rerun);
        let done = self.command(|reply| Event::Rerun { rerun, reply }).await;
        done.map_err(|refusal| RerunError::new(&new_id, refusal))
    }
}

impl<T> Handle<T> {
    /// Starts an instance at a state in which this one was: see [`Engine::rerun_from`].
    ///
    /// # Errors
    ///
    /// As [`Engine::rerun_from`].
    ///
    /// # Cancel safety
    ///
    /// As [`Engine::rerun_from`].
    pub async fn rerun_from(
        &self,
        label: &str,
        new_id: impl TryInto<InstanceId, Error: Into<InvalidId>>,
    ) -> Result<Self, RerunError> {
        let new_id: InstanceId = new_id.try_into().map_err(Into::into)?;
        let engine = self.engine();
        engine.rerun_from(self.id(), label, &new_id).await?;
        Ok(self.of_another(new_id))
    }
}

enum Found {
    State(Box<Instance>, Box<Recorded>),
    /// The labels of other states, and whether it waited at the wanted one for what is its
    /// own.
    Others {
        recorded: Vec<String>,
        waited: bool,
    },
    Nothing,
}

/// The last state of that label, with all values that there were then.
fn found(view: &dyn View, id: &InstanceId, label: &str) -> Result<Found, StoreError> {
    let Some(key) = view.find(id)? else {
        return Ok(Found::Nothing);
    };
    let Some((instance, hot)) = view.load(key)? else {
        return Ok(Found::Nothing);
    };
    let (mut state, mut values) = (None::<Recorded>, BTreeMap::new());
    let (mut others, mut waited) = (Vec::new(), false);
    for entry in newest_first(view, key, &hot) {
        let Happening::Reached { state: reached } = entry?.what else {
            continue;
        };
        let is_wanted = reached.labels().any(|known| known == label);
        waited |= is_wanted && !reached.can_begin();
        if state.is_none() && reached.can_begin() {
            if is_wanted {
                state = Some(Recorded::clone(&reached));
            } else {
                for label in reached.labels().map(ToString::to_string) {
                    if !others.contains(&label) {
                        others.push(label);
                    }
                }
            }
        }
        if state.is_some() {
            // What was put last before counts.
            for (name, datum) in reached.values {
                values.entry(name).or_insert(datum);
            }
        }
    }
    Ok(match state {
        Some(state) => {
            let values = values.into_iter().collect();
            let state = Recorded { values, ..state };
            Found::State(Box::new(instance), Box::new(state))
        }
        None => Found::Others {
            recorded: others,
            waited,
        },
    })
}
