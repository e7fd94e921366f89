//! Where the walk does not go on, each place with the reason.
//!
//! A cut point is a function or static, never a crate: what calls back into the
//! user's code is walked.

use super::fits;

/// A place at which the walk ends without a finding.
#[derive(Debug)]
#[non_exhaustive]
pub struct Cut {
    /// Functions and statics, by their plain paths; `*` stands for anything.
    pub paths: &'static [&'static str],
    /// If not empty, only on ways out of these.
    pub from: &'static [&'static str],
    /// Whether every flow reaches it, as panics and memory: it holds also when the
    /// others are switched off.
    pub is_basic: bool,
    /// Why a flow may reach it.
    pub reason: &'static str,
}

/// Which cut points hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Cuts {
    /// All.
    #[default]
    All,
    /// Those that every flow reaches.
    Basic,
}

impl Cut {
    /// Whether it holds if `cuts` do.
    pub(crate) fn holds(&self, cuts: Cuts) -> bool {
        self.is_basic || cuts == Cuts::All
    }

    /// Whether a way out of one of `from` ends at `plain`.
    pub(crate) fn fits_to(&self, plain: &str) -> bool {
        self.paths.iter().any(|path| fits(path, plain))
    }
}

/// All cut points.
pub const CUTS: &[Cut] = &[
    Cut {
        paths: &[
            "core::panicking::*",
            "std::panicking::begin_panic*",
            "std::panicking::panic_handler*",
            "std::panicking::rust_panic*",
            "std::panicking::resume_unwind*",
            "core::result::unwrap_failed",
            "core::option::unwrap_failed",
            "core::option::expect_failed",
            "core::slice::index::slice_*",
            "core::str::slice_error_fail*",
            "core::cell::panic_*",
            "rust_begin_unwind",
            "core::option::Option::unwrap::panic*",
        ],
        from: &[],
        is_basic: true,
        reason: "a panic parks the instance at its last checkpoint, wherever it comes from",
    },
    Cut {
        paths: &["std::panicking::panic_count::*", "std::thread::panicking"],
        from: &[],
        is_basic: true,
        reason: "whether the thread panics: no code of a flow goes on once it does",
    },
    Cut {
        paths: &[
            "__rust_alloc",
            "__rust_alloc_zeroed",
            "__rust_dealloc",
            "__rust_realloc",
            "__rust_no_alloc_shim_is_unstable*",
            "__rustc::*",
            "alloc::alloc::handle_alloc_error*",
            "alloc::raw_vec::handle_error",
            "alloc::raw_vec::capacity_overflow",
        ],
        from: &[],
        is_basic: true,
        reason: "memory: what the allocator answers is seen in addresses only",
    },
    Cut {
        paths: &["flowstone::machine::entered::*"],
        from: &[],
        is_basic: true,
        reason: "tests that watch a segment are told which flow it is of; the flow does not see it",
    },
    Cut {
        paths: &["flowstone::flow::ambient::*"],
        from: &[],
        is_basic: true,
        reason: "`flow::now()`, `flow::random()` and the like: they read what the engine set for this turn, which is the same when it is taken again",
    },
    Cut {
        paths: &[
            "std::sys::sync::mutex::futex::Mutex::*",
            "std::sys::sync::rwlock::futex::RwLock::*",
            "std::sys::sync::once::futex::Once::*",
            "std::sys::pal::unix::futex::*",
        ],
        from: &[],
        is_basic: false,
        reason: "waiting for a lock: nobody waits for one that only the flow has, and one in a static is a finding itself",
    },
    Cut {
        paths: &["std::os::fd::owned::OwnedFd::drop"],
        from: &[],
        is_basic: false,
        reason: "closing a file: the one that was opened is a finding itself",
    },
    Cut {
        paths: &[
            "std::backtrace::Backtrace::capture",
            "std::backtrace::Backtrace::fmt",
            "std::backtrace::LazilyResolvedCapture*",
            "std::backtrace::Capture*",
        ],
        from: &[],
        is_basic: false,
        reason: "`anyhow` and others record where an error was made: only `{:?}` shows it, which is not to be stored",
    },
    Cut {
        paths: &[
            "std_detect::detect::cache::*",
            "memchr::arch::*::FN",
            "*_cpuid::STORAGE*",
            "*::cpuid*::STORAGE*",
        ],
        from: &[],
        is_basic: false,
        reason: "which instructions the processor has: the result is the same with any of them",
    },
    Cut {
        paths: &[
            "log::MAX_LOG_LEVEL_FILTER",
            "log::LOGGER",
            "log::STATE",
            "log::logger",
            "log::__private_api::*",
        ],
        from: &[],
        is_basic: false,
        reason: "whether anybody reads the log: nothing of it comes back to the flow",
    },
    Cut {
        paths: &[
            "*::__CALLSITE",
            "tracing::__macro_support::*",
            "tracing::span::Span::*",
            "tracing_core::callsite::DefaultCallsite::*",
            "tracing_core::dispatcher::get_default",
            "tracing_core::event::Event::dispatch",
            "tracing_core::metadata::MAX_LEVEL",
            "tracing_core::metadata::LevelFilter::current",
        ],
        from: &[],
        is_basic: false,
        reason: "whether anybody reads the trace: nothing of it comes back to the flow; how values are shown is walked from where they are given",
    },
    Cut {
        paths: &[
            "std::hash::random::RandomState::*",
            "std::collections::hash::map::HashMap::*",
        ],
        from: &["indexmap::map::*", "indexmap::set::*", "indexmap::serde::*"],
        is_basic: false,
        reason: "an `IndexMap` has the order in which it was filled, whatever its hasher",
    },
    Cut {
        paths: &[
            "std::hash::random::RandomState::*",
            "std::collections::hash::map::HashMap::*",
        ],
        from: &["itertools::unique_impl::*", "itertools::duplicates_impl::*"],
        is_basic: false,
        reason: "`unique` and `duplicates` ask a set whether it has an item, and go on in the order of the input",
    },
    Cut {
        paths: &[
            "std::hash::random::RandomState::*",
            "std::collections::hash::map::HashMap::*",
        ],
        from: &["regex_automata::*", "aho_corasick::*"],
        is_basic: false,
        reason: "a pattern asks its maps for single keys; matches come in the order of the text",
    },
    Cut {
        paths: &["std::hash::random::RandomState::*"],
        from: &["http::header::map::*"],
        is_basic: false,
        reason: "a `HeaderMap` changes its hasher when keys collide; headers keep the order in which they came",
    },
    Cut {
        paths: &["jiff::tz::db::find_primary_iana_name"],
        from: &["jiff::tz::timezone::repr::Repr::eq::*"],
        is_basic: false,
        reason: "whether two names are of one time zone: a zone of the machine is a finding where it is made",
    },
    Cut {
        paths: &["regex_automata::util::pool::inner::THREAD_ID*"],
        from: &[],
        is_basic: false,
        reason: "which scratch memory a search takes: the result is the same with any",
    },
    Cut {
        paths: &["regex_automata::meta::regex::Config::get_pool_capacity*"],
        from: &[],
        is_basic: false,
        reason: "how many scratch memories a pattern keeps, by the number of processors: the result is the same with any",
    },
    Cut {
        paths: &["std::sync::mpsc::*Error::fmt"],
        from: &[],
        is_basic: false,
        reason: "the text of an error; the channel itself is a finding",
    },
    Cut {
        paths: &[
            "std::env::*::fmt",
            "std::sys::env::*::fmt",
            "std::process::*::fmt",
            "std::sys::process::*::fmt",
            "getrandom::*::fmt",
            "tokio::*::fmt",
        ],
        from: &[],
        is_basic: false,
        reason: "the text of a value such as `VarError`: what makes the value is a finding, its text is not",
    },
    Cut {
        paths: &["<*const * as core::fmt::Debug>::fmt"],
        from: &[],
        is_basic: false,
        reason: "dependencies show pointers in assertions, which panic; `{:p}` is a finding all the same",
    },
];
