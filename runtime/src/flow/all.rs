//! As many operations at once as there are.

use std::fmt;

use bytes::Bytes;

use super::many::{Many, Together};
use crate::durable::Durable;
use crate::machine::{Cx, Deferrable, Op, Progress, Step, Until};

/// Waits until all operations have ended; gives their outputs in the order of the
/// operations.
///
/// All run at once, or as many as [`limit`](JoinAll::limit) says. Calls of actions are
/// children of the instance here, each with a record of its own, so that ten thousand of
/// them cost ten thousand small writes and nothing that grows with their number for
/// each; so are [spawned](super::Handle) ones. At most 1,024 calls are made at the same
/// time; those that wait for their turn are no instances yet. Operations of other kinds are kept in the frame of the flow, as the operands of
/// `flow::join!` are: for some hundreds of them.
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
/// async fn quote(skus: Vec<String>) -> u64 {
///     let prices = flow::join_all(skus.iter().map(|sku| price(sku))).limit(20).await;
///     prices.into_iter().sum()
/// }
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let engine = Engine::builder().in_memory().open().await?;
/// let skus = vec!["pen".to_owned(), "book".to_owned()];
/// assert_eq!(engine.run("q", quote(skus)).await?, 7);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn join_all<O>(operations: impl IntoIterator<Item = O>) -> JoinAll<O> {
    JoinAll(Many::new(operations))
}

/// Waits until all operations have ended with `Ok`, or one with an `Err`: that is given,
/// and the others are given up. An action that is given up may have touched the world:
/// what must be undone is better awaited with [`join_all`], which waits for all.
///
/// Otherwise as [`join_all`].
///
/// # Examples
///
/// ```
/// use flowstone::prelude::*;
///
/// #[action]
/// async fn reserve(seat: u32) -> Result<u32, String> {
///     if seat == 13 { Err("there is no seat 13".to_owned()) } else { Ok(seat) }
/// }
///
/// #[flow]
/// async fn book(seats: Vec<u32>) -> Result<Vec<u32>, String> {
///     flow::try_join_all(seats.into_iter().map(reserve)).await
/// }
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let engine = Engine::builder().in_memory().open().await?;
/// assert_eq!(engine.run("a", book(vec![1, 2])).await?, Ok(vec![1, 2]));
/// assert!(engine.run("b", book(vec![12, 13, 14])).await?.is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn try_join_all<O>(operations: impl IntoIterator<Item = O>) -> TryJoinAll<O> {
    TryJoinAll(Many::new(operations))
}

/// Waits for the first operation that ends; gives its number, from 0, and its output.
/// The others are given up.
///
/// Of several that have ended the one that stands first counts. Otherwise as
/// [`join_all`].
///
/// # Panics
///
/// When there are no operations: nothing would ever end. The instance is parked.
///
/// # Examples
///
/// ```
/// use flowstone::prelude::*;
///
/// #[flow]
/// async fn nap(millis: u64) {
///     flow::sleep(Duration::from_millis(millis)).await;
/// }
///
/// #[flow]
/// async fn shortest(naps: Vec<u64>) -> usize {
///     flow::race_all(naps.into_iter().map(nap)).await.0
/// }
///
/// # tokio::runtime::Runtime::new()?.block_on(async {
/// let engine = Engine::builder().in_memory().open().await?;
/// assert_eq!(engine.run("s", shortest(vec![60_000, 5, 90_000])).await?, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn race_all<O>(operations: impl IntoIterator<Item = O>) -> RaceAll<O> {
    let many = Many::new(operations);
    assert!(
        !many.is_empty(),
        "`flow::race_all` has no operations to wait for"
    );
    RaceAll(many)
}

/// The operation that [`join_all`] gives.
#[must_use = "nothing runs unless this is awaited"]
pub struct JoinAll<O>(Many<O>);

/// The operation that [`try_join_all`] gives.
#[must_use = "nothing runs unless this is awaited"]
pub struct TryJoinAll<O>(Many<O>);

/// The operation that [`race_all`] gives.
#[must_use = "nothing runs unless this is awaited"]
pub struct RaceAll<O>(Many<O>);

#[diagnostic::do_not_recommend]
impl<O: Op<Output: Durable>> Op for JoinAll<O> {
    type Output = Vec<O::Output>;

    fn start(self, cx: &mut Cx) -> Progress<Self::Output> {
        Ok(all(self.0.start(Until::All, never, cx)?))
    }

    fn resume(waiting: Bytes, cx: &mut Cx) -> Progress<Self::Output> {
        Ok(all(Many::<O>::resume(waiting, Until::All, never, cx)?))
    }
}

fn never<T>(_: &T) -> bool {
    false
}

fn all<T>(step: Step<Together<T>>) -> Step<Vec<T>> {
    match step {
        Step::Waiting(waiting) => Step::Waiting(waiting),
        Step::Done(Together::All(outputs)) => Step::Done(outputs),
        Step::Done(Together::One(_, output)) => Step::Done(vec![output]),
    }
}

#[diagnostic::do_not_recommend]
impl<T: Durable, E: Durable, O: Op<Output = Result<T, E>>> Op for TryJoinAll<O> {
    type Output = Result<Vec<T>, E>;

    fn start(self, cx: &mut Cx) -> Progress<Self::Output> {
        Ok(tried(self.0.start(Until::Err, Result::is_err, cx)?))
    }

    fn resume(waiting: Bytes, cx: &mut Cx) -> Progress<Self::Output> {
        let step = Many::<O>::resume(waiting, Until::Err, Result::is_err, cx)?;
        Ok(tried(step))
    }
}

fn tried<T, E>(step: Step<Together<Result<T, E>>>) -> Step<Result<Vec<T>, E>> {
    match step {
        Step::Waiting(waiting) => Step::Waiting(waiting),
        Step::Done(Together::All(outputs)) => Step::Done(outputs.into_iter().collect()),
        Step::Done(Together::One(_, output)) => Step::Done(output.map(|output| vec![output])),
    }
}

#[diagnostic::do_not_recommend]
impl<O: Op<Output: Durable>> Op for RaceAll<O> {
    type Output = (usize, O::Output);

    fn start(self, cx: &mut Cx) -> Progress<Self::Output> {
        Ok(raced(self.0.start(Until::One, |_| true, cx)?))
    }

    fn resume(waiting: Bytes, cx: &mut Cx) -> Progress<Self::Output> {
        Ok(raced(Many::<O>::resume(waiting, Until::One, |_| true, cx)?))
    }
}

fn raced<T>(step: Step<Together<T>>) -> Step<(usize, T)> {
    match step {
        Step::Waiting(waiting) => Step::Waiting(waiting),
        Step::Done(Together::One(number, output)) => Step::Done((number, output)),
        Step::Done(Together::All(_)) => unreachable!("the first that ends is enough"),
    }
}

macro_rules! several {
    ($($op:ident)+) => {$(
        impl<O> $op<O> {
            /// Names the state that awaits this. The macro reads the name from the
            /// source, so it must be a string literal.
            pub fn label(self, name: &'static str) -> Self {
                let _ = name;
                self
            }
        }

        impl<O: Deferrable> $op<O> {
            /// Runs at most so many at once, and at least 1; the next begins when one
            /// has ended. For calls of actions and of flows.
            pub fn limit(self, most: usize) -> Self {
                Self(self.0.limit(most))
            }
        }

        impl<O> fmt::Debug for $op<O> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple(stringify!($op)).field(&self.0).finish()
            }
        }
    )+};
}

several!(JoinAll TryJoinAll RaceAll);
