//! Runtimes, threads, and what they share.

use super::{At, Group, Level, Rule};

pub(in crate::check::determinism) const ASYNC_RUNTIME: Group = Group {
    id: "async_runtime",
    rules: &[
        Rule {
            at: At::Value,
            level: Level::Error,
            why: "waits for a timer of this process, which is gone after a crash",
            instead: Some("`flow::race!` with `flow::sleep(..)`"),
            paths: &["tokio::time::timeout", "tokio::time::timeout_at"],
        },
        Rule {
            at: At::Value,
            level: Level::Error,
            why: "waits for a timer of this process, which is gone after a crash",
            instead: Some("`flow::sleep(..)` or `flow::sleep_until(..)`"),
            paths: &[
                "tokio::time::sleep",
                "tokio::time::sleep_until",
                "tokio::time::interval",
                "tokio::time::interval_at",
                "=futures_timer::Delay::new",
                "=async_io::Timer::*",
                "=smol::Timer::*",
                "=async_std::task::sleep",
            ],
        },
        Rule {
            at: At::Value,
            level: Level::Error,
            why: "belongs to an async runtime, which a flow does not run on",
            instead: None,
            paths: &[
                "tokio::spawn",
                "tokio::task::spawn",
                "tokio::task::spawn_blocking",
                "tokio::**",
                "futures::future::**",
                "futures::stream::**",
                "futures::executor::**",
                "futures_util::future::**",
                "futures_util::stream::**",
                "futures_lite::**",
                "async_std::task::**",
                "smol::**",
                "pollster::block_on",
                "std::future::poll_fn",
                "std::future::pending",
            ],
        },
        Rule {
            at: At::Macro,
            level: Level::Error,
            why: "begins with one of its branches at random, and is gone after a crash",
            instead: Some("`flow::race!`"),
            paths: &["tokio::select", "futures::select", "futures::select_biased"],
        },
        Rule {
            at: At::Macro,
            level: Level::Error,
            why: "waits for futures of this process, which are gone after a crash",
            instead: Some("`flow::join!`"),
            paths: &[
                "tokio::join",
                "tokio::try_join",
                "futures::join",
                "futures::try_join",
            ],
        },
        Rule {
            at: At::Macro,
            level: Level::Error,
            why: "belongs to an async runtime, which a flow does not run on",
            instead: None,
            paths: &["tokio::pin", "futures::pending", "futures::poll"],
        },
    ],
};

pub(super) const THREADS_SYNC: Group = Group {
    id: "threads_sync",
    rules: &[
        Rule {
            at: At::Value,
            level: Level::Error,
            why: "depends on threads, which end with the process",
            instead: None,
            paths: &[
                "std::thread::spawn",
                "std::thread::scope",
                "std::thread::sleep",
                "std::thread::sleep_ms",
                "std::thread::sleep_until",
                "std::thread::park",
                "std::thread::park_timeout",
                "std::thread::yield_now",
                "std::thread::current",
                "std::thread::panicking",
                "std::thread::Builder::*",
                "std::sync::mpsc::*",
                "std::sync::Condvar::*",
                "std::sync::Barrier::*",
                "rayon::**",
                "crossbeam::**",
                "crossbeam_channel::**",
                "=flume::*",
                "=kanal::*",
                "=async_channel::*",
            ],
        },
        Rule {
            at: At::Macro,
            level: Level::Error,
            why: "depends on threads, which end with the process",
            instead: None,
            paths: &["crossbeam::select", "crossbeam_channel::select"],
        },
        Rule {
            at: At::Method,
            level: Level::Error,
            why: "runs on threads, in another order each time",
            instead: Some("the iterator without `par_`"),
            paths: &[
                "*.par_iter",
                "*.par_iter_mut",
                "*.into_par_iter",
                "*.par_bridge",
                "*.par_chunks",
                "*.par_sort",
            ],
        },
        Rule {
            at: At::Value,
            level: Level::Warning,
            why: "is for threads, which a flow does not have",
            instead: Some("a plain variable"),
            paths: &[
                "std::sync::Mutex::new",
                "std::sync::RwLock::new",
                "std::sync::atomic::AtomicBool::new",
                "std::sync::atomic::AtomicI32::new",
                "std::sync::atomic::AtomicI64::new",
                "std::sync::atomic::AtomicIsize::new",
                "std::sync::atomic::AtomicU32::new",
                "std::sync::atomic::AtomicU64::new",
                "std::sync::atomic::AtomicUsize::new",
                "parking_lot::Mutex::new",
                "parking_lot::RwLock::new",
            ],
        },
    ],
};

/// What the file's own statics are refused with.
pub(in crate::check::determinism) const STATIC: Rule = Rule {
    at: At::Macro,
    level: Level::Error,
    why: "is shared by all flows of this process, and lost when it ends",
    instead: Some("a variable or an argument of the flow"),
    paths: &[
        "std::thread_local",
        "lazy_static::lazy_static",
        "tokio::task_local",
    ],
};

/// The same for those that are filled when they are first used.
pub(in crate::check::determinism) const LAZY_STATIC: Rule = Rule {
    at: At::Value,
    level: Level::Error,
    why: "is filled when something in this process first uses it, with whatever that finds",
    instead: Some(
        "a `const`, a variable or an argument of the flow; if it is always filled with the same, \
         such as a `Regex` from a literal, allow it",
    ),
    paths: &[],
};

pub(in crate::check::determinism) const GLOBAL_STATE: Group = Group {
    id: "global_state",
    rules: &[STATIC],
};
