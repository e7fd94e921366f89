//! The process's own output and input.

use super::{At, Group, Level, Rule};

pub(super) const PRINTING: Group = Group {
    id: "printing",
    rules: &[
        Rule {
            at: At::Macro,
            level: Level::Error,
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
            level: Level::Error,
            why: "reads or writes what belongs to the process",
            instead: None,
            paths: &["std::io::stdin", "std::io::stdout", "std::io::stderr"],
        },
    ],
};

pub(super) const LOGGING: Group = Group {
    id: "logging",
    rules: &[Rule {
        at: At::Macro,
        level: Level::Warning,
        why: "logs at once, and again whenever the step is run again",
        instead: Some(
            "the same macro of `tracing`: what a flow logs by it is told once, when its step is stored",
        ),
        paths: &[
            "log::trace",
            "log::debug",
            "log::info",
            "log::warn",
            "log::error",
            "log::log",
            "slog::trace",
            "slog::debug",
            "slog::info",
            "slog::warn",
            "slog::error",
            "defmt::trace",
            "defmt::debug",
            "defmt::info",
            "defmt::warn",
            "defmt::error",
        ],
    }],
};
