//! What an instance keeps while it waits: locals by name, without the program's types.

use serde_json::Value;

use super::Handle;
use super::error::{LocalError, LookError};
use crate::machine::{Frame, frames};
use crate::record::Hot;

/// What one frame of an instance keeps: its flow's, that of a flow it awaits, or that of an
/// `async` block in a `join!` or `race!`.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Locals {
    /// The label of the `.await` at which it stands; empty before the first.
    pub state: String,
    /// The values by name, as a JSON object.
    pub values: Value,
}

impl<T> Handle<T> {
    /// A local that the instance keeps where it stands, by the name of the variable, as
    /// JSON: of its own flow, or else of the first of those that it awaits.
    ///
    /// Only what is still needed behind that `.await` is kept there.
    ///
    /// # Errors
    ///
    /// [`LocalError`] when there is no such instance, or nothing of that name is kept.
    ///
    /// # Cancel safety
    ///
    /// Nothing is lost when the future is dropped.
    ///
    /// # Examples
    ///
    /// ```
    /// use flowstone::prelude::*;
    ///
    /// const PACKED: Channel<String> = Channel::new("packed");
    ///
    /// #[flow]
    /// async fn parcel(items: usize) -> Vec<String> {
    ///     let mut packed = Vec::new();
    ///     while packed.len() < items {
    ///         packed.push(flow::receive(PACKED).await);
    ///     }
    ///     packed
    /// }
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// let engine = Engine::builder().in_memory().open().await?;
    /// let parcel = engine.start("p", parcel(2)).await?;
    /// parcel.send(PACKED, "pen".to_owned()).await?;
    /// assert_eq!(parcel.local("packed").await?, serde_json::json!(["pen"]));
    /// let error = parcel.local("paked").await.unwrap_err();
    /// assert_eq!(error.to_string(), "`p` keeps no `paked` where it stands, but `items`, `packed`");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub async fn local(&self, name: &str) -> Result<Value, LocalError> {
        let frames = self.frames().await?;
        let mut found = frames.iter().filter_map(|frame| frame.locals.get(name));
        if let Some(payload) = found.next() {
            let shown = payload.to_json();
            return Ok(shown.unwrap_or_else(|error| Value::String(error.to_string())));
        }
        let names = frames.iter().flat_map(|frame| frame.locals.iter());
        let mut kept: Vec<String> = names.map(|(name, _)| name.to_owned()).collect();
        kept.sort();
        kept.dedup();
        Err(LocalError::NotKept {
            id: self.id().clone(),
            name: name.to_owned(),
            kept,
        })
    }

    /// All locals that the instance keeps where it stands: those of its own flow first, then
    /// those of the flows that it awaits and of `async` blocks, the outer before the inner.
    /// Before the first `.await` they are the arguments; after the end there are none.
    ///
    /// # Errors
    ///
    /// [`LookError`] when there is no such instance, or the store cannot be read.
    ///
    /// # Cancel safety
    ///
    /// Nothing is lost when the future is dropped.
    pub async fn locals(&self) -> Result<Vec<Locals>, LookError> {
        let shown = |frame: Frame| Locals {
            values: frame.locals.to_json(),
            state: frame.label,
        };
        Ok(self.frames().await?.into_iter().map(shown).collect())
    }

    async fn frames(&self) -> Result<Vec<Frame>, LookError> {
        let (_, Hot { frame, .. }) = self.engine().found(self.id()).await?;
        // One that has ended has none.
        Ok(frames(&frame).unwrap_or_default())
    }
}
