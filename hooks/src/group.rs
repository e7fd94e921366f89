//! The families of what differs from run to run, under the names that all
//! layers of the check share.

/// What a trapped call asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Group {
    /// The time of day.
    WallClock,
    /// A clock that only counts on.
    MonotonicClock,
    /// The machine's time zone or language.
    TimezoneLocale,
    /// Random numbers.
    Randomness,
    /// Ids made from the clock or random numbers.
    Ids,
    /// Variables, arguments, numbers and names of the process and the machine.
    EnvironmentProcess,
    /// Files and folders.
    Filesystem,
    /// Sockets, and the resolution of names.
    NetworkAndClients,
    /// Queues of events that an executor waits on.
    AsyncRuntime,
    /// Threads, and sleeping.
    ThreadsSync,
    /// The process's own output and input.
    Printing,
}

impl Group {
    /// Its name in `#[flow(allow(..))]` and in the messages of the compiler.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::WallClock => "wall_clock",
            Self::MonotonicClock => "monotonic_clock",
            Self::TimezoneLocale => "timezone_locale",
            Self::Randomness => "randomness",
            Self::Ids => "ids",
            Self::EnvironmentProcess => "environment_process",
            Self::Filesystem => "filesystem",
            Self::NetworkAndClients => "network_and_clients",
            Self::AsyncRuntime => "async_runtime",
            Self::ThreadsSync => "threads_sync",
            Self::Printing => "printing",
        }
    }

    /// What code of this group does, after "it".
    #[must_use]
    pub fn does(self) -> &'static str {
        match self {
            Self::WallClock => "reads the wall clock",
            Self::MonotonicClock => "reads a clock",
            Self::TimezoneLocale => "asks for the machine's time zone or language",
            Self::Randomness => "takes random numbers from the system",
            Self::Ids => "makes an id from the clock or from random numbers",
            Self::EnvironmentProcess => "asks for what belongs to the process or the machine",
            Self::Filesystem => "uses files",
            Self::NetworkAndClients => "uses the network",
            Self::AsyncRuntime => "uses an async runtime",
            Self::ThreadsSync => "uses threads or sleeps",
            Self::Printing => "prints, and prints again whenever the step is run again",
        }
    }

    /// What to write instead, besides an action.
    #[must_use]
    pub fn instead(self) -> Option<&'static str> {
        match self {
            Self::WallClock | Self::MonotonicClock => Some("`flow::now()`"),
            Self::Randomness => Some("`flow::random()` or `flow::rng()`"),
            Self::Ids => Some("`flow::uuid()`"),
            Self::ThreadsSync => Some("`flow::sleep(..).await`"),
            Self::EnvironmentProcess => Some("an argument of the flow"),
            Self::TimezoneLocale
            | Self::Filesystem
            | Self::NetworkAndClients
            | Self::AsyncRuntime
            | Self::Printing => None,
        }
    }
}
