//! How an instance is started, beside its id and its call.

use std::sync::Arc;

use crate::codec::EncodeError;
use crate::durable::Durable;
use crate::engine::Reuse;
use crate::flow::Channel;
use crate::payload::Payload;

/// How an instance is started: what is in its channels from the beginning, and what
/// becomes of the start if there is an instance of this id.
///
/// The default is what [`Engine::start`](crate::engine::Engine::start) does: no
/// messages, and [`Reuse::SameCall`].
///
/// # Examples
///
/// ```
/// use flowstone::client::Reuse;
/// use flowstone::prelude::*;
///
/// const NAMES: Channel<String> = Channel::new("names");
///
/// #[flow]
/// async fn greet(greeting: String) -> String {
///     format!("{greeting}, {}", flow::receive(NAMES).await)
/// }
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let engine = Engine::builder().in_memory().open().await?;
/// for name in ["Ada", "Eve"] {
///     let start = Start::new().message(NAMES, &name.to_owned()).reuse(Reuse::Replace);
///     let hello = engine.start_with("hello", greet("Hi".to_owned()), start).await?;
///     assert_eq!(hello.result().await?, format!("Hi, {name}"));
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Default)]
pub struct Start {
    pub(super) messages: Vec<(&'static str, Result<Payload, EncodeError>)>,
    pub(super) reuse: Reuse,
}

impl Start {
    /// The default.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a message into a channel of the instance, in the transaction of its start:
    /// it is there before the first step. Where the start attaches to an instance that
    /// exists nothing is sent.
    #[must_use]
    pub fn message<T: Durable>(mut self, channel: Channel<T>, message: &T) -> Self {
        self.messages
            .push((channel.name(), Payload::encode(message)));
        self
    }

    /// What becomes of the start if there is an instance of this id.
    #[must_use]
    pub fn reuse(self, reuse: Reuse) -> Self {
        Self { reuse, ..self }
    }

    /// The messages, or the channel whose message is of no use.
    pub(super) fn messages(self, limit_bytes: usize) -> Result<Messages, (&'static str, Unsent)> {
        let messages = self.messages.into_iter();
        messages
            .map(|(channel, message)| {
                let message = message.map_err(|source| (channel, Unsent::Encode(source)))?;
                let size_bytes = message.bytes().len();
                if size_bytes > limit_bytes {
                    return Err((channel, Unsent::TooLarge(size_bytes)));
                }
                Ok((Arc::from(channel), message))
            })
            .collect()
    }
}

/// Messages, each with its channel.
type Messages = Vec<(Arc<str>, Payload)>;

/// What is wrong with a message.
pub(super) enum Unsent {
    Encode(EncodeError),
    TooLarge(usize),
}
