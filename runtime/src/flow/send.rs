//! Messages that a flow sends, and those that it takes without waiting.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;

use super::{Aside, Channel, ambient};
use crate::codec::EncodeError;
use crate::durable::Durable;
use crate::ids::InstanceId;
use crate::machine::{Ask, Cx, Fault, Op, Progress, SendError, Wait};
use crate::payload::Payload;
use serde::{Deserialize, Serialize};

/// Sends a message to another instance, or to this one, as a part of the step.
///
/// Awaiting it waits for nobody: the message is taken, or refused, in the transaction
/// of the step that sends it, and consumed exactly once.
///
/// # Examples
///
/// ```
/// use flowstone::prelude::*;
///
/// const READY: Channel<String> = Channel::new("ready");
///
/// #[flow]
/// async fn kitchen(table: InstanceId) -> Result<(), flow::SendError> {
///     flow::send(table, READY, "soup".to_owned()).await
/// }
///
/// #[flow]
/// async fn table() -> String {
///     let kitchen = kitchen(flow::id()).spawn();
///     let dish = flow::receive(READY).await;
///     kitchen.await.expect("nobody cancels it").expect("we are there");
///     dish
/// }
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let engine = Engine::builder().in_memory().open().await?;
/// assert_eq!(engine.run("table-4", table()).await?, "soup");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn send<T: Durable>(to: InstanceId, channel: Channel<T>, message: T) -> Sending<T> {
    Sending {
        to,
        channel,
        message,
        encode: Payload::encode,
    }
}

/// The operation that [`send`] gives.
#[must_use = "nothing is sent unless this is awaited"]
pub struct Sending<T> {
    to: InstanceId,
    channel: Channel<T>,
    message: T,
    encode: fn(&T) -> Result<Payload, EncodeError>,
}

#[diagnostic::do_not_recommend]
impl<T: 'static> Op for Sending<T> {
    type Output = Result<(), SendError>;

    fn start(self, cx: &mut Cx) -> Progress<Self::Output> {
        let callee = self.channel.name();
        let message = (self.encode)(&self.message);
        let message = message.map_err(|source| Fault::EncodeArguments { callee, source })?;
        Ok(cx.request(Wait::Ask(Ask::Message {
            to: self.to,
            channel: callee.to_owned(),
            message,
        })))
    }

    fn resume(waiting: Bytes, cx: &mut Cx) -> Progress<Self::Output> {
        cx.value_of(waiting, "that a message is taken", Payload::decode)
    }
}

impl<T> fmt::Debug for Sending<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending")
            .field("to", &self.to)
            .field("channel", &self.channel)
            .finish_non_exhaustive()
    }
}

/// Takes the next message of `channel` if there is one, without waiting for it.
///
/// # Examples
///
/// ```
/// use flowstone::prelude::*;
///
/// const NOTES: Channel<String> = Channel::new("notes");
///
/// #[flow]
/// async fn diary() -> (Option<String>, Vec<String>, Option<String>) {
///     let first = flow::try_receive(NOTES).await;
///     let rest = flow::drain(NOTES).await;
///     (first, rest, flow::try_receive(NOTES).await)
/// }
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let engine = Engine::builder().in_memory().open().await?;
/// let notes = ["a", "b", "c"].map(str::to_owned);
/// let start = notes.iter().fold(Start::new(), |start, note| start.message(NOTES, note));
/// let diary = engine.start_with("monday", diary(), start).await?;
/// let (first, rest, none) = diary.result().await?;
/// assert_eq!((first.as_deref(), rest.len(), none), (Some("a"), 2, None));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn try_receive<T>(channel: Channel<T>) -> TryReceive<T> {
    TryReceive { channel }
}

/// The operation that [`try_receive`] gives.
#[derive(Debug, Clone)]
#[must_use = "nothing is received unless this is awaited"]
pub struct TryReceive<T> {
    channel: Channel<T>,
}

#[diagnostic::do_not_recommend]
impl<T: Durable> Op for TryReceive<T> {
    type Output = Option<T>;

    fn start(self, cx: &mut Cx) -> Progress<Option<T>> {
        Ok(cx.request(Wait::Ask(Ask::Take {
            channel: self.channel.name().to_owned(),
            most: 1,
        })))
    }

    fn resume(waiting: Bytes, cx: &mut Cx) -> Progress<Option<T>> {
        cx.value_of(waiting, "the messages that are there", |payload| {
            payload.decode::<Vec<T>>().map(|mut taken| taken.pop())
        })
    }
}

/// Takes all messages of `channel` that are there, in their order, without waiting for
/// more; at most 10,000.
///
/// # Examples
///
/// See [`try_receive`].
pub fn drain<T>(channel: Channel<T>) -> Drain<T> {
    Drain { channel }
}

/// So many messages are taken by one [`drain`].
const MAX_DRAINED: u64 = 10_000;

/// The operation that [`drain`] gives.
#[derive(Debug, Clone)]
#[must_use = "nothing is received unless this is awaited"]
pub struct Drain<T> {
    channel: Channel<T>,
}

#[diagnostic::do_not_recommend]
impl<T: Durable> Op for Drain<T> {
    type Output = Vec<T>;

    fn start(self, cx: &mut Cx) -> Progress<Vec<T>> {
        Ok(cx.request(Wait::Ask(Ask::Take {
            channel: self.channel.name().to_owned(),
            most: MAX_DRAINED,
        })))
    }

    fn resume(waiting: Bytes, cx: &mut Cx) -> Progress<Vec<T>> {
        cx.value_of(waiting, "the messages that are there", Payload::decode)
    }
}

macro_rules! labelled {
    ($($op:ident)+) => {$(
        impl<T> $op<T> {
            /// Names the state that awaits this. The macro reads the name from the
            /// source, so it must be a string literal.
            pub fn label(self, name: &'static str) -> Self {
                let _ = name;
                self
            }
        }
    )+};
}

labelled!(Sending TryReceive Drain);

/// A message that somebody waits for an answer to; see
/// [`Handle::ask`](crate::client::Handle::ask).
///
/// It is data, and can be kept and answered later. The answer goes to whoever still
/// waits for it; a second one goes to nobody.
#[derive(Serialize, Deserialize)]
#[must_use = "whoever asked waits until it is answered"]
pub struct Question<Q, A> {
    /// What is asked.
    pub value: Q,
    asker: u64,
    #[serde(skip)]
    answer: PhantomData<fn(A)>,
}

impl<Q, A: Durable> Question<Q, A> {
    pub(crate) fn new(value: Q, asker: u64) -> Self {
        let answer = PhantomData;
        Self {
            value,
            asker,
            answer,
        }
    }

    /// Answers it, with the step: nothing is told before that is durable.
    ///
    /// # Panics
    ///
    /// Outside a flow.
    #[expect(clippy::needless_pass_by_value, reason = "an answer is given away")]
    pub fn answer(self, answer: A) {
        let asker = self.asker;
        ambient::say(match Payload::encode(&answer) {
            Ok(answer) => Aside::Answer { asker, answer },
            Err(source) => Aside::Unsaid {
                problem: format!("an answer could not be encoded: {source}"),
            },
        });
    }
}

impl<Q: fmt::Debug, A> fmt::Debug for Question<Q, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Question").field(&self.value).finish()
    }
}
