//! The groups of findings: the same words as in the refusals of `#[flow]`.

/// A family of what differs from run to run.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Group {
    /// Its name, in all layers of the check.
    pub id: &'static str,
    /// What a flow does that reaches it.
    pub what: &'static str,
    /// What to write instead, besides an action.
    pub instead: Option<&'static str>,
}

/// All groups.
pub const GROUPS: &[&Group] = &[
    &WALL_CLOCK,
    &MONOTONIC_CLOCK,
    &TIMEZONE_LOCALE,
    &RANDOMNESS,
    &IDS,
    &ENVIRONMENT_PROCESS,
    &FILESYSTEM,
    &NETWORK_AND_CLIENTS,
    &ASYNC_RUNTIME,
    &THREADS_SYNC,
    &GLOBAL_STATE,
    &UNORDERED_COLLECTIONS,
    &POINTER_IDENTITY,
    &PRINTING,
    &PANICS_BACKTRACES,
    &UNSAFE_FFI,
];

macro_rules! groups {
    ($($name:ident $id:literal $what:literal $($instead:literal)?;)+) => {$(
        pub(super) static $name: Group = Group {
            id: $id,
            what: $what,
            instead: groups!(@ $($instead)?),
        };
    )+};
    (@) => { None };
    (@ $instead:literal) => { Some($instead) };
}

groups! {
    WALL_CLOCK "wall_clock" "reads the wall clock" "`flow::now()`";
    MONOTONIC_CLOCK "monotonic_clock" "reads the monotonic clock" "differences of `flow::now()`";
    TIMEZONE_LOCALE "timezone_locale" "reads the time zone of the machine";
    RANDOMNESS "randomness" "draws random numbers" "`flow::random()` or `flow::rng()`";
    IDS "ids" "makes an id from the clock or from random numbers" "`flow::uuid()`";
    ENVIRONMENT_PROCESS "environment_process" "asks the process or its environment" "an argument of the flow";
    FILESYSTEM "filesystem" "reads or writes files";
    NETWORK_AND_CLIENTS "network_and_clients" "uses the network";
    ASYNC_RUNTIME "async_runtime" "uses an async runtime" "`flow::sleep`, `flow::join!` or `flow::race!`";
    THREADS_SYNC "threads_sync" "uses threads" "`flow::join!`";
    GLOBAL_STATE "global_state" "uses a static that can change" "an argument or a local";
    UNORDERED_COLLECTIONS "unordered_collections" "makes a collection whose order is random" "`BTreeMap` or `BTreeSet`";
    POINTER_IDENTITY "pointer_identity" "shows an address";
    PRINTING "printing" "prints, or reads what is typed in";
    PANICS_BACKTRACES "panics_backtraces" "catches a panic, or takes a backtrace" "a `Result`";
    UNSAFE_FFI "unsafe_ffi" "calls foreign code that the audit cannot read";
}
