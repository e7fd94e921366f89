//! The process's own output and input.

use super::{At, Group, Rule};

pub(super) const PRINTING_LOGGING: Group = Group {
    id: "printing_logging",
    rules: &[
        Rule {
            at: At::Macro,
            why: "prints, and prints again whenever the step is run again",
            instead: None,
            paths: &[
                "std::print",
                "std::println",
                "std::eprint",
                "std::eprintln",
                "std::dbg",
            ],
        },
        Rule {
            at: At::Value,
            why: "reads or writes what belongs to the process",
            instead: None,
            paths: &["std::io::stdin", "std::io::stdout", "std::io::stderr"],
        },
    ],
};
