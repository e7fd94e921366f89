//! What a layer does not see, and why. `docs/determinism-corpus.md` says the same.

/// An offence that a layer does not find.
#[derive(Debug)]
pub(crate) struct Miss {
    pub(crate) flow: &'static str,
    pub(crate) reason: &'static str,
}

pub(crate) const MISSED_BY_AUDIT: &[Miss] = &[Miss {
    flow: "address_as_a_key",
    reason: "an address that becomes a number is an instruction, and no call",
}];

pub(crate) const MISSED_BY_SEGMENTS: &[Miss] = &[
    Miss {
        flow: "settings_of_the_environment",
        reason: "`env::vars` reads memory of the process, which is the same in each run",
    },
    Miss {
        flow: "option_of_the_command_line",
        reason: "`env::args` reads memory of the process, which is the same in each run",
    },
    Miss {
        flow: "future_that_is_blocked_on",
        reason: "a future that is ready at once asks nothing of the system",
    },
];
