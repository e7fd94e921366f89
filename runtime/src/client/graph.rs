//! The graph of an instance's flow, with where it stands.

use super::Handle;
use super::error::LookError;
use crate::engine::Engine;
use crate::graph::Graph;
use crate::ids::{InstanceId, InvalidId};
use crate::record::{Hot, Instance};
use crate::registry::Registry;

impl Engine {
    /// The flow of an instance drawn, with the mark of where it stands.
    ///
    /// While it waits in a flow that it calls, that flow is drawn. Of a flow that the program
    /// lacks nothing is drawn: the graph has no nodes.
    ///
    /// # Errors
    ///
    /// [`LookError`] when there is no such instance, or the store cannot be read.
    ///
    /// # Examples
    ///
    /// ```
    /// use flowstone::prelude::*;
    ///
    /// const APPROVAL: Channel<bool> = Channel::new("approval");
    ///
    /// #[flow]
    /// async fn publish(title: String) -> Option<String> {
    ///     flow::receive(APPROVAL).await.then_some(title)
    /// }
    ///
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let engine = Engine::builder().in_memory().open().await?;
    /// let handle = engine.start("post-7", publish("On tea".into())).await?;
    /// let graph = handle.graph().await?;
    /// let standing: Vec<String> = graph.standing().map(|node| node.to_string()).collect();
    /// assert_eq!(standing, ["receive"]);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn graph(
        &self,
        id: impl TryInto<InstanceId, Error: Into<InvalidId>>,
    ) -> Result<Graph, LookError> {
        let id: InstanceId = id.try_into().map_err(Into::into)?;
        let (instance, hot) = self.found(&id).await?;
        Ok(drawn(&instance, &hot, &self.inner.rules.registry))
    }
}

impl<T> Handle<T> {
    /// The flow of the instance drawn, with the mark of where it stands.
    ///
    /// # Errors
    ///
    /// As [`Engine::graph`].
    pub async fn graph(&self) -> Result<Graph, LookError> {
        self.engine().graph(self.id().clone()).await
    }
}

/// The flow in which an instance stands, drawn.
pub(crate) fn drawn(instance: &Instance, hot: &Hot, registry: &Registry) -> Graph {
    let of = instance.of();
    let first = hot.leaves().next();
    let shape = match first {
        Some(leaf) => registry.shape(of, &leaf.flow, &leaf.label),
        None => registry.flow(of.0, of.1).map(|flow| flow.shape),
    };
    let Some(shape) = shape else {
        return Graph::default();
    };
    let own = hot.leaves().filter(|leaf| leaf.flow.as_ref() == shape.name);
    own.fold(Graph::of(shape), |graph, leaf| {
        graph.standing_at(&leaf.label)
    })
}
