//! What a flow cannot use, as data: a new rule is a new row.

mod build;
mod collections;
mod concurrency;
mod lookup;
mod memory;
mod output;
mod random;
mod time;
mod words;
mod world;

pub(super) use self::collections::UNORDERED_COLLECTIONS;
pub(super) use self::concurrency::{ASYNC_RUNTIME, GLOBAL_STATE, LAZY_STATIC, STATIC};
pub(super) use self::lookup::{Found, construct, forbids, is_foreign, method, resembles};
pub(super) use self::words::{Use, may_end, may_lead};
pub(super) use self::world::NETWORK_AND_CLIENTS;

/// A family of rules, under one name in all layers of the check.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) id: &'static str,
    pub(super) rules: &'static [Rule],
}

/// Paths that are forbidden for one reason.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) at: At,
    pub(super) level: Level,
    /// What the path does: it follows the path in the message.
    pub(super) why: &'static str,
    /// What to write instead, besides an action.
    pub(super) instead: Option<&'static str>,
    /// Full paths. `*` at the end stands for a function in the module or type
    /// before it, `**` for one at any depth, `*` before `::` for any type. A path
    /// that begins with `=` is matched in full only: its last words are common
    /// names. A method is `Type.name`, or `*.name` on whatever type.
    pub(super) paths: &'static [&'static str],
}

/// What becomes of a flow that does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// It is refused.
    Error,
    /// It is warned of.
    Warning,
    /// It is warned of where the flow is `strict`.
    Strict,
}

/// Where a path is forbidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    /// As a function that is called or handed on.
    Value,
    /// As a type.
    Type,
    /// As a type that is given no more types than this: one more is a hasher,
    /// whose order may be fixed.
    Unhashed(usize),
    /// As a macro.
    Macro,
    /// As a method.
    Method,
    /// As a construct of the language.
    Syntax,
}

/// All groups.
pub(super) const GROUPS: &[Group] = &[
    time::WALL_CLOCK,
    time::MONOTONIC_CLOCK,
    time::TIMEZONE_LOCALE,
    random::RANDOMNESS,
    random::IDS,
    world::ENVIRONMENT_PROCESS,
    world::FILESYSTEM,
    NETWORK_AND_CLIENTS,
    ASYNC_RUNTIME,
    concurrency::THREADS_SYNC,
    GLOBAL_STATE,
    UNORDERED_COLLECTIONS,
    output::PRINTING,
    output::LOGGING,
    memory::POINTER_IDENTITY,
    memory::RESTORE_SENSITIVE,
    build::REFLECTION_LOCATION,
    build::FLOATS,
    build::PANICS_BACKTRACES,
    memory::UNSAFE_FFI,
];
