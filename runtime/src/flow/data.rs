//! What a flow keeps beside its locals: values by key, and its status.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;

use super::{Aside, ambient};
use crate::codec::EncodeError;
use crate::durable::Durable;
use crate::ids::DataKey;
use crate::machine::{Ask, Cx, Op, Progress, Wait};
use crate::payload::Payload;

/// Says how far the flow is: one value, of any type, for those who watch it.
///
/// It is written in the transaction of the step, and stays until another takes its place:
/// after the end of the instance, too, as long as that is kept. Of several in one step
/// the last one counts. Its version grows with each step that sets it.
/// [`Handle::status`] reads it, [`Handle::watch_status`] tells of each newer one,
/// [`Engine::describe`] shows it as JSON.
///
/// [`Handle::status`]: crate::client::Handle::status
/// [`Handle::watch_status`]: crate::client::Handle::watch_status
/// [`Engine::describe`]: crate::engine::Engine::describe
///
/// A value over [`max_value_bytes`](crate::engine::Builder::max_value_bytes) or one that
/// cannot be encoded parks the instance, and nothing of the step is written.
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
/// async fn copy(file: &str) {
///     # let _ = file;
/// }
///
/// #[flow]
/// async fn backup(files: Vec<String>) {
///     for (done, file) in files.iter().enumerate() {
///         flow::set_status(format!("{done} of {}", files.len()));
///         copy(file).await;
///     }
///     flow::set_status("all".to_owned());
/// }
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let engine = Engine::builder().in_memory().open().await?;
/// let files = vec!["a".to_owned(), "b".to_owned()];
/// let backup = engine.start("monday", backup(files)).await?;
/// let mut statuses = backup.watch_status::<String>();
/// let mut last = None;
/// while let Some((_version, status)) = statuses.next().await? {
///     last = Some(status);
/// }
/// assert_eq!(last.as_deref(), Some("all"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "a status is given away")]
pub fn set_status<S: Durable>(status: S) {
    say_value(DataKey::status(), Payload::encode(&status));
}

/// Keeps a value under a key, in place of the one of before.
///
/// It is a row of its own, written in the transaction of the step: a step costs what it
/// puts, however much there is. [`get`] reads it in the flow, [`Handle::get`] and
/// [`Handle::wait_for`] outside; after the end of the instance, too, as long as that is
/// kept. What needs no reader outside is better kept in a local.
///
/// A key has 1 to 255 bytes. A value over
/// [`max_value_bytes`](crate::engine::Builder::max_value_bytes) or one that cannot be
/// encoded parks the instance, and nothing of the step is written.
///
/// [`Handle::get`]: crate::client::Handle::get
/// [`Handle::wait_for`]: crate::client::Handle::wait_for
///
/// # Panics
///
/// Outside a flow. In one, a key that is empty or too long parks the instance.
///
/// # Examples
///
/// ```
/// use flowstone::prelude::*;
///
/// const READY: Channel<()> = Channel::new("ready");
///
/// #[flow]
/// async fn order(cents: u64) -> Option<u64> {
///     flow::put("total", cents);
///     flow::receive(READY).await;
///     flow::put("total", cents + 500);
///     let total = flow::get::<u64>("total").await;
///     flow::remove("total");
///     total
/// }
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let engine = Engine::builder().in_memory().open().await?;
/// let order = engine.start("order-42", order(1_000)).await?;
/// assert_eq!(order.wait_for::<u64>("total").await?, 1_000);
/// order.send(READY, ()).await?;
/// assert_eq!(order.result().await?, Some(1_500));
/// assert_eq!(order.get::<u64>("total").await?, None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "a value is given away")]
pub fn put<T: Durable>(key: impl AsRef<str>, value: T) {
    say_value(checked(key.as_ref()), Payload::encode(&value));
}

/// Forgets the value of a key, if there is one. See [`put`].
///
/// # Panics
///
/// Outside a flow. In one, a key that is empty or too long parks the instance.
#[track_caller]
pub fn remove(key: impl AsRef<str>) {
    let name = checked(key.as_ref());
    ambient::say(Aside::Remove { name });
}

/// Reads the value that the flow [`put`] under a key; `None` when there is none.
///
/// It is an operation: the value does not lie in the frame, so the engine looks it up, in
/// the transaction of the step, and the flow goes on with the next. Awaiting it waits for
/// nobody. It sees what the same step put or removed before.
///
/// A value that is no `T` parks the instance.
///
/// # Panics
///
/// In a flow, a key that is empty or too long parks the instance.
///
/// # Examples
///
/// See [`put`].
#[track_caller]
pub fn get<T>(key: impl AsRef<str>) -> Get<T> {
    Get {
        name: checked(key.as_ref()),
        value: PhantomData,
    }
}

/// The operation that [`get`] gives.
#[must_use = "nothing is read unless this is awaited"]
pub struct Get<T> {
    name: DataKey,
    value: PhantomData<fn() -> T>,
}

impl<T> Get<T> {
    /// Names the state that awaits this. The macro reads the name from the
    /// source, so it must be a string literal.
    pub fn label(self, name: &'static str) -> Self {
        let _ = name;
        self
    }
}

impl<T> fmt::Debug for Get<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Get").field(&self.name.as_str()).finish()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Durable> Op for Get<T> {
    type Output = Option<T>;

    fn start(self, cx: &mut Cx) -> Progress<Option<T>> {
        let name = self.name;
        Ok(cx.request(Wait::Ask(Ask::Get { name })))
    }

    fn resume(waiting: Bytes, cx: &mut Cx) -> Progress<Option<T>> {
        cx.value_of(waiting, "the value of a key", |payload| {
            let found = payload.decode::<BTreeMap<String, T>>();
            found.map(|found| found.into_values().next())
        })
    }
}

#[track_caller]
fn checked(key: &str) -> DataKey {
    match DataKey::new(key) {
        Ok(key) => key,
        Err(error) => panic!("{error}"),
    }
}

#[track_caller]
fn say_value(name: DataKey, value: Result<Payload, EncodeError>) {
    ambient::say(match value {
        Ok(value) => Aside::Put { name, value },
        Err(source) => Aside::Unsaid {
            problem: format!("{name} could not be encoded: {source}"),
        },
    });
}
