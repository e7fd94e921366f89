//! What a flow has spawned: it runs by itself, and can be awaited later.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Aside, ambient};
use crate::durable::Durable;
use crate::ids::InstanceId;
use crate::machine::{Cx, Fault, JoinError, Op, Outcome, Progress, Step, Wait};
use crate::payload::Payload;

/// Something that a flow spawned and that brings a `T`: a child instance.
///
/// It is data: keep it in a struct, a `Vec`, or a message. Awaiting it gives
/// `Result<T, JoinError>`: what the child came to, or that it was cancelled,
/// terminated, or never started because its id was taken. The result is taken by
/// that; until then the child is kept, however long it has ended.
///
/// A child that its parent has not [detached](Handle::detach) is cancelled when the
/// parent ends.
///
/// # Examples
///
/// ```
/// use flowstone::prelude::*;
///
/// #[action]
/// async fn price(sku: &str) -> u64 {
///     sku.len() as u64
/// }
///
/// #[flow]
/// async fn pack(sku: String) -> u64 {
///     flow::sleep(Duration::from_millis(5)).await;
///     price(&sku).await
/// }
///
/// #[flow]
/// async fn ship(skus: Vec<String>) -> Result<u64, flow::JoinError> {
///     let packed: Vec<flow::Handle<u64>> = skus.iter().map(|sku| pack(sku.clone()).spawn()).collect();
///     let label = price("label").spawn();
///     let mut total = 0;
///     for handle in packed {
///         total += handle.await?;
///     }
///     Ok(total + label.await?)
/// }
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let engine = Engine::builder().in_memory().open().await?;
/// let skus = vec!["pen".to_owned(), "book".to_owned()];
/// assert_eq!(engine.run("order-42", ship(skus)).await?, Ok(12));
/// assert_eq!(engine.describe("order-42/1").await?.flow, "pack");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use = "it is a child instance; await it, keep it, or detach it"]
pub struct Handle<T> {
    id: InstanceId,
    result: PhantomData<fn() -> T>,
}

impl<T> Handle<T> {
    pub(super) fn new(id: InstanceId) -> Self {
        let result = PhantomData;
        Self { id, result }
    }

    /// The id of the child.
    #[must_use]
    pub fn id(&self) -> &InstanceId {
        &self.id
    }

    /// Lets the child go on when its parent ends; gives its id. Nobody takes its result
    /// then: it is kept for the retention time, as that of any instance.
    ///
    /// # Panics
    ///
    /// Outside a flow.
    #[expect(clippy::must_use_candidate, reason = "it does something")]
    pub fn detach(self) -> InstanceId {
        let child = self.id.clone();
        ambient::say(Aside::Detach { child });
        self.id
    }

    /// Cancels the child. Awaiting the handle then gives [`JoinError::Cancelled`], unless
    /// the child ended before, or ends with a result in spite of it.
    ///
    /// # Panics
    ///
    /// Outside a flow.
    pub fn cancel(&self, reason: impl Into<String>) {
        let (child, reason) = (self.id.clone(), reason.into());
        ambient::say(Aside::Cancel { child, reason });
    }

    /// Waits until the child has ended, and leaves its result to be taken: for a
    /// `flow::race!` that does not give the handle away.
    ///
    /// # Examples
    ///
    /// ```
    /// use flowstone::prelude::*;
    ///
    /// #[flow]
    /// async fn slow() -> u8 {
    ///     flow::sleep(Duration::from_millis(20)).await;
    ///     7
    /// }
    ///
    /// #[flow]
    /// async fn patient() -> (bool, u8) {
    ///     let child = slow().spawn();
    ///     let in_time = flow::race! {
    ///         () = child.ended() => true,
    ///         () = flow::sleep(Duration::from_millis(1)) => false,
    ///     };
    ///     (in_time, child.await.unwrap_or(0))
    /// }
    ///
    /// # tokio::runtime::Runtime::new()?.block_on(async {
    /// let engine = Engine::builder().in_memory().open().await?;
    /// assert_eq!(engine.run("p", patient()).await?, (false, 7));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn ended(&self) -> HasEnded {
        HasEnded {
            id: self.id.clone(),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T: Durable> Op for Handle<T> {
    type Output = Result<T, JoinError>;

    fn start(self, cx: &mut Cx) -> Progress<Self::Output> {
        Ok(cx.request(Wait::Child {
            id: self.id,
            takes: true,
        }))
    }

    fn resume(waiting: Bytes, cx: &mut Cx) -> Progress<Self::Output> {
        let (flow, label) = (cx.site().flow, cx.site().label);
        Ok(match end_of(waiting, cx)? {
            Step::Waiting(waiting) => Step::Waiting(waiting),
            Step::Done(Err(error)) => Step::Done(Err(error)),
            Step::Done(Ok(payload)) => {
                let value = payload.decode().map_err(|source| Fault::DecodeOutcome {
                    flow,
                    label,
                    source,
                })?;
                Step::Done(Ok(value))
            }
        })
    }
}

/// The operation that [`Handle::ended`] gives.
#[derive(Debug, Clone)]
#[must_use = "nothing is waited for unless this is awaited"]
pub struct HasEnded {
    id: InstanceId,
}

#[diagnostic::do_not_recommend]
impl Op for HasEnded {
    type Output = ();

    fn start(self, cx: &mut Cx) -> Progress<()> {
        Ok(cx.request(Wait::Child {
            id: self.id,
            takes: false,
        }))
    }

    fn resume(waiting: Bytes, cx: &mut Cx) -> Progress<()> {
        Ok(match end_of(waiting, cx)? {
            Step::Waiting(waiting) => Step::Waiting(waiting),
            Step::Done(_) => Step::Done(()),
        })
    }
}

fn end_of(waiting: Bytes, cx: &mut Cx) -> Progress<Result<Payload, JoinError>> {
    let (flow, label) = (cx.site().flow, cx.site().label);
    match cx.outcome_of(&waiting)? {
        None => Ok(Step::Waiting(waiting)),
        Some(Outcome::Ended(end)) => Ok(Step::Done(end)),
        Some(_) => Err(Fault::WrongOutcome {
            flow,
            label,
            expected: "the end of a child",
        }),
    }
}

/// Stored as the child's id.
impl<T> Serialize for Handle<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.id.serialize(serializer)
    }
}

impl<'de, T> Deserialize<'de> for Handle<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = InstanceId::deserialize(deserializer)?;
        Ok(Self::new(id))
    }
}

impl<T> fmt::Debug for Handle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Handle").field(&self.id).finish()
    }
}
