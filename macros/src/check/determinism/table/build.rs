//! What another build of the program may do otherwise, and panics.

use super::{At, Group, Level, Rule};

pub(super) const REFLECTION_LOCATION: Group = Group {
    id: "reflection_location",
    rules: &[
        Rule {
            at: At::Value,
            level: Level::Warning,
            why: "may give something else in the next build",
            instead: Some("a name of your own"),
            paths: &[
                "std::any::type_name",
                "std::any::type_name_of_val",
                "std::any::TypeId::of",
                "std::panic::Location::caller",
            ],
        },
        Rule {
            at: At::Value,
            level: Level::Warning,
            why: "may give another number in the next build",
            instead: Some("a constant, or the length of what is encoded"),
            paths: &[
                "std::mem::size_of",
                "std::mem::size_of_val",
                "std::mem::align_of",
                "std::mem::align_of_val",
            ],
        },
        Rule {
            at: At::Value,
            level: Level::Warning,
            why: "may hash otherwise in the next version of Rust",
            instead: Some("a hasher whose algorithm is fixed, as of the crate `siphasher`"),
            paths: &["std::hash::DefaultHasher::new"],
        },
        Rule {
            at: At::Macro,
            level: Level::Warning,
            why: "gives something else once the source is changed",
            instead: Some("a name of your own"),
            paths: &["std::line", "std::column", "std::file", "std::module_path"],
        },
    ],
};

pub(super) const FLOATS: Group = Group {
    id: "floats",
    rules: &[Rule {
        at: At::Method,
        level: Level::Strict,
        why: "may differ in its last digits between platforms and versions of Rust",
        instead: Some("integers, or `+ - * /` and `.sqrt()`, which are exact"),
        paths: &[
            "*.powi",
            "*.powf",
            "*.exp",
            "*.exp2",
            "*.exp_m1",
            "*.ln",
            "*.ln_1p",
            "*.log",
            "*.log2",
            "*.log10",
            "*.cbrt",
            "*.hypot",
            "*.sin",
            "*.cos",
            "*.tan",
            "*.asin",
            "*.acos",
            "*.atan",
            "*.atan2",
            "*.sin_cos",
            "*.sinh",
            "*.cosh",
            "*.tanh",
            "*.asinh",
            "*.acosh",
            "*.atanh",
            "*.to_degrees",
            "*.to_radians",
        ],
    }],
};

pub(super) const PANICS_BACKTRACES: Group = Group {
    id: "panics_backtraces",
    rules: &[
        Rule {
            at: At::Value,
            level: Level::Error,
            why: "comes between a panic and the engine, which parks the instance for it",
            instead: Some("a `Result`"),
            paths: &[
                "std::panic::catch_unwind",
                "std::panic::resume_unwind",
                "std::panic::set_hook",
                "std::panic::take_hook",
            ],
        },
        Rule {
            at: At::Value,
            level: Level::Error,
            why: "reads the environment, and addresses of code",
            instead: None,
            paths: &[
                "std::backtrace::Backtrace::capture",
                "std::backtrace::Backtrace::force_capture",
            ],
        },
    ],
};
