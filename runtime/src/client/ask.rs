//! Asking an instance: a message, and the answer to it.

use std::hash::BuildHasher;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::oneshot;

use super::Handle;
use super::error::{AskError, SendError};
use crate::durable::Durable;
use crate::engine::{Engine, Event};
use crate::flow::{Channel, Question};
use crate::ids::{InstanceId, InvalidId};

impl Engine {
    /// Sends an instance a question and waits for its answer: request and response in
    /// one call.
    ///
    /// The flow receives a [`Question`] and [answers](Question::answer) it when it
    /// likes. The answer comes once the step that gave it is durable. It is not stored:
    /// after a crash of the process whoever asked asks again.
    ///
    /// There is no time limit, also while the instance is parked; `tokio::time::timeout`
    /// sets one. The question stays in the channel all the same.
    ///
    /// # Errors
    ///
    /// [`AskError`] when the question was not taken, or the instance ended without an
    /// answer.
    ///
    /// # Cancel safety
    ///
    /// When the future is dropped the question may or may not be sent; its answer goes
    /// to nobody.
    ///
    /// # Examples
    ///
    /// ```
    /// use flowstone::flow::Question;
    /// use flowstone::prelude::*;
    ///
    /// const TAKE: Channel<Question<u32, Result<u32, String>>> = Channel::new("take");
    ///
    /// #[flow]
    /// async fn stock(mut left: u32) -> u32 {
    ///     while left > 0 {
    ///         let question = flow::receive(TAKE).await;
    ///         let wanted = question.value;
    ///         if wanted > left {
    ///             question.answer(Err(format!("{left} left")));
    ///             continue;
    ///         }
    ///         left -= wanted;
    ///         question.answer(Ok(left));
    ///     }
    ///     left
    /// }
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// let engine = Engine::builder().in_memory().open().await?;
    /// let stock = engine.start("pens", stock(10)).await?;
    /// assert_eq!(stock.ask(TAKE, 7).await?, Ok(3));
    /// assert_eq!(stock.ask(TAKE, 7).await?, Err("3 left".to_owned()));
    /// assert_eq!(stock.ask(TAKE, 3).await?, Ok(0));
    /// assert_eq!(stock.result().await?, 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub async fn ask<Q: Durable, A: Durable>(
        &self,
        id: impl TryInto<InstanceId, Error: Into<InvalidId>>,
        channel: Channel<Question<Q, A>>,
        question: Q,
    ) -> Result<A, AskError> {
        let id: InstanceId = id.try_into().map_err(Into::into).map_err(SendError::from)?;
        let asker = asker();
        let payload = self.message(channel.name(), &Question::<Q, A>::new(question, asker))?;
        let (reply, answer) = oneshot::channel();
        let event = Event::Ask {
            id: id.clone(),
            channel: channel.name().into(),
            payload,
            asker,
            reply,
        };
        let refused = |refusal| AskError::new(&id, refusal);
        self.inner.send(event).map_err(refused)?;
        let answer = answer
            .await
            .map_err(|_| AskError::from(SendError::Stopped))?;
        let answer = answer.map_err(refused)?;
        answer
            .decode()
            .map_err(|source| AskError::Decode { id, source })
    }
}

impl<T> Handle<T> {
    /// Asks it; as [`Engine::ask`].
    ///
    /// # Errors
    ///
    /// As [`Engine::ask`].
    ///
    /// # Cancel safety
    ///
    /// As [`Engine::ask`].
    pub async fn ask<Q: Durable, A: Durable>(
        &self,
        channel: Channel<Question<Q, A>>,
        question: Q,
    ) -> Result<A, AskError> {
        self.engine().ask(self.id(), channel, question).await
    }
}

/// A number that no other question has, also of another process: a question can
/// outlive the process of whoever asked it.
fn asker() -> u64 {
    static ASKED: AtomicU64 = AtomicU64::new(0);
    let number = ASKED.fetch_add(1, Ordering::Relaxed);
    std::hash::RandomState::new().hash_one(number)
}
