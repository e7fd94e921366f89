//! `flow::join!`, `flow::join_all`, `flow::timeout` and their kin for plain bodies: what a
//! flow that waits for several things is compared with. Futures are polled in the order
//! in which they stand.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use crate::differ::{say, tick};

pub use flowstone::flow::Elapsed;

pub use crate::__plain_join as join;
pub use crate::__plain_race as race;
pub use crate::__plain_try_join as try_join;

/// A future, and its output once it is there.
pub struct Joined<F: Future> {
    future: Pin<Box<F>>,
    output: Option<F::Output>,
}

impl<F: Future> std::fmt::Debug for Joined<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Joined")
    }
}

impl<F: Future> Joined<F> {
    /// A future that was not polled.
    pub fn new(future: F) -> Self {
        let future = Box::pin(future);
        let output = None;
        Self { future, output }
    }

    /// Polls it if it has no output yet; whether it has one now.
    pub fn advance(&mut self, cx: &mut Context<'_>) -> bool {
        if self.output.is_none()
            && let Poll::Ready(output) = self.future.as_mut().poll(cx)
        {
            self.output = Some(output);
        }
        self.output.is_some()
    }

    /// Its output.
    pub fn take(self) -> Option<F::Output> {
        self.output
    }
}

impl<T, E, F: Future<Output = Result<T, E>>> Joined<F> {
    /// Whether its output is an error.
    pub fn failed(&self) -> bool {
        matches!(self.output, Some(Err(_)))
    }
}

/// Waits for all.
pub async fn join_all<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut all: Vec<Joined<F>> = futures.into_iter().map(Joined::new).collect();
    poll_fn(|cx| {
        let open = all
            .iter_mut()
            .filter_map(|one| (!one.advance(cx)).then_some(()));
        if open.count() == 0 {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
    all.into_iter().filter_map(Joined::take).collect()
}

/// Waits for all, or for the first error.
///
/// # Errors
///
/// That error.
pub async fn try_join_all<T, E, F: Future<Output = Result<T, E>>>(
    futures: impl IntoIterator<Item = F>,
) -> Result<Vec<T>, E> {
    let mut all: Vec<Joined<F>> = futures.into_iter().map(Joined::new).collect();
    poll_fn(|cx| {
        let mut open = 0;
        for one in &mut all {
            open += usize::from(!one.advance(cx));
            if one.failed() {
                return Poll::Ready(());
            }
        }
        if open == 0 {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
    if let Some(at) = all.iter().position(Joined::failed) {
        let failed = all.swap_remove(at).take();
        return failed.into_iter().collect();
    }
    all.into_iter().filter_map(Joined::take).collect()
}

/// Waits for the first.
///
/// # Panics
///
/// If there is none.
pub async fn race_all<F: Future>(futures: impl IntoIterator<Item = F>) -> (usize, F::Output) {
    let mut all: Vec<Joined<F>> = futures.into_iter().map(Joined::new).collect();
    assert!(
        !all.is_empty(),
        "`flow::race_all` has no operations to wait for"
    );
    let won = poll_fn(|cx| {
        let won = all.iter_mut().position(|one| one.advance(cx));
        won.map_or(Poll::Pending, Poll::Ready)
    })
    .await;
    let output = all.swap_remove(won).take();
    (won, output.expect("it has won"))
}

/// Waits for a future, but not longer than for a tick of so many milliseconds.
///
/// # Errors
///
/// If the tick comes first.
pub async fn timeout<F: Future>(limit: Duration, future: F) -> Result<F::Output, Elapsed> {
    let timer = tick(i64::try_from(limit.as_millis()).unwrap_or(i64::MAX));
    let (mut future, mut timer) = (Joined::new(future), Joined::new(timer));
    poll_fn(|cx| {
        let is_over = future.advance(cx) || timer.advance(cx);
        if is_over {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
    future.take().ok_or(Elapsed)
}

/// Says that something is undone if the body fails.
pub fn on_failure<T>(_call: T) {
    say("on failure".to_owned());
}

/// Says that nothing is undone from here on.
pub fn keep() {
    say("keep".to_owned());
}

/// Waits for all, or for the first error.
#[doc(hidden)]
#[macro_export]
macro_rules! __plain_try_join {
    (@ ($($future:ident = $made:expr,)*)) => {{
        $(let mut $future = $crate::together::Joined::new($made);)*
        ::std::future::poll_fn(|cx| {
            let mut all = true;
            $(
                all &= $future.advance(cx);
                if $future.failed() {
                    return ::std::task::Poll::Ready(());
                }
            )*
            if all { ::std::task::Poll::Ready(()) } else { ::std::task::Poll::Pending }
        }).await;
        loop {
            $(if $future.failed() {
                break match $future.take() {
                    Some(Err(error)) => Err(error),
                    _ => unreachable!("it failed"),
                };
            })*
            break Ok(($(match $future.take() {
                Some(Ok(value)) => value,
                _ => unreachable!("all have ended well"),
            },)*));
        }
    }};
    (@ ($($known:tt)*) $next:expr $(, $($rest:expr),*)?) => {
        $crate::__plain_try_join!(@ ($($known)* future = $next,) $($($rest),*)?)
    };
    ($($operand:expr),+ $(,)?) => {
        $crate::__plain_try_join!(@ () $($operand),+)
    };
}

/// Waits for all.
#[doc(hidden)]
#[macro_export]
macro_rules! __plain_join {
    (@ ($($future:ident = $made:expr,)*)) => {{
        $(let mut $future = $crate::together::Joined::new($made);)*
        ::std::future::poll_fn(|cx| {
            let mut all = true;
            $(all &= $future.advance(cx);)*
            if all { ::std::task::Poll::Ready(()) } else { ::std::task::Poll::Pending }
        }).await;
        ($($future.take().expect("all have ended"),)*)
    }};
    (@ ($($known:tt)*) $next:expr $(, $($rest:expr),*)?) => {
        $crate::__plain_join!(@ ($($known)* future = $next,) $($($rest),*)?)
    };
    ($($operand:expr),+ $(,)?) => {
        $crate::__plain_join!(@ () $($operand),+)
    };
}

/// Waits for the first.
#[doc(hidden)]
#[macro_export]
macro_rules! __plain_race {
    (@ ($($future:ident, $output:ident = $pat:pat, $made:expr, $handler:expr;)*)) => {{
        $(let $output;)*
        {
            $(let mut $future = $crate::together::Joined::new($made);)*
            ::std::future::poll_fn(|cx| {
                $(if $future.advance(cx) { return ::std::task::Poll::Ready(()) })*
                ::std::task::Poll::Pending
            }).await;
            $($output = $future.take();)*
        }
        $(if let Some(output) = $output { let ($pat) = output; $handler } else)* {
            unreachable!("one has won")
        }
    }};
    (@ ($($known:tt)*) $pat:pat = $made:expr => $handler:expr $(, $($rest:tt)*)?) => {
        $crate::__plain_race!(@ ($($known)* future, output = $pat, $made, $handler;) $($($rest)*)?)
    };
    ($($branches:tt)+) => {
        $crate::__plain_race!(@ () $($branches)+)
    };
}
