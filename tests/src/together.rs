//! `flow::join!` and `flow::race!` for plain bodies: what a flow that waits
//! for several things is compared with. Futures are polled in the order in
//! which they stand.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

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
        $(if let Some(output) = $output { let $pat = output; $handler } else)* {
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
