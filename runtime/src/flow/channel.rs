//! Messages to an instance.

use std::fmt;
use std::marker::PhantomData;

use bytes::Bytes;

use crate::durable::Durable;
use crate::machine::{Cx, Op, Progress, Wait};
use crate::payload::Payload;

/// A named, typed queue of messages that every instance has.
///
/// Messages sent before the flow asks for them are kept. They are received in
/// the order in which they were acknowledged, each exactly once.
///
/// # Examples
///
/// ```
/// use flowstone::flow::Channel;
///
/// const APPROVAL: Channel<bool> = Channel::new("approval");
/// assert_eq!(APPROVAL.name(), "approval");
/// ```
pub struct Channel<T> {
    name: &'static str,
    message: PhantomData<fn() -> T>,
}

impl<T> Channel<T> {
    /// A channel of that name.
    ///
    /// # Panics
    ///
    /// When the name begins with the character NUL: the engine keeps rows of its own under
    /// such names.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        assert!(
            !matches!(name.as_bytes(), [0, ..]),
            "the name of a channel must not begin with NUL"
        );
        Self {
            name,
            message: PhantomData,
        }
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

impl<T> Clone for Channel<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Channel<T> {}

impl<T> fmt::Debug for Channel<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Channel").field(&self.name).finish()
    }
}

/// Waits for the next message of `channel`.
pub fn receive<T>(channel: Channel<T>) -> Receive<T> {
    Receive { channel }
}

/// The operation that [`receive`] gives.
#[derive(Debug, Clone)]
#[must_use = "nothing is received unless this is awaited"]
pub struct Receive<T> {
    channel: Channel<T>,
}

impl<T> Receive<T> {
    /// Names the state that awaits this. The macro reads the name from the
    /// source, so it must be a string literal.
    pub fn label(self, name: &'static str) -> Self {
        let _ = name;
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T: Durable> Op for Receive<T> {
    type Output = T;

    fn start(self, cx: &mut Cx) -> Progress<T> {
        Ok(cx.request(Wait::Message {
            channel: self.channel.name.to_owned(),
        }))
    }

    fn resume(waiting: Bytes, cx: &mut Cx) -> Progress<T> {
        cx.value_of(waiting, "a message", Payload::decode)
    }
}
