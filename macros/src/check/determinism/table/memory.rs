//! Where values lie in memory, and code that the compiler cannot vouch for.

use super::{At, Group, Level, Rule};

const ADDRESS: &str = "depends on where a value lies in memory";

pub(super) const POINTER_IDENTITY: Group = Group {
    id: "pointer_identity",
    rules: &[
        Rule {
            at: At::Value,
            level: Level::Error,
            why: ADDRESS,
            instead: Some("an id or the value itself"),
            paths: &[
                "std::ptr::eq",
                "std::ptr::addr_eq",
                "std::ptr::fn_addr_eq",
                "std::ptr::hash",
                "std::rc::Rc::ptr_eq",
                "std::rc::Rc::as_ptr",
                "std::sync::Arc::ptr_eq",
                "std::sync::Arc::as_ptr",
                "std::mem::transmute",
            ],
        },
        Rule {
            at: At::Macro,
            level: Level::Error,
            why: ADDRESS,
            instead: None,
            paths: &["std::ptr::addr_of", "std::ptr::addr_of_mut"],
        },
        Rule {
            at: At::Method,
            level: Level::Error,
            why: ADDRESS,
            instead: None,
            paths: &[
                "*.expose_provenance",
                "pointer.addr",
                "std::ptr::NonNull.addr",
            ],
        },
        Rule {
            at: At::Syntax,
            level: Level::Error,
            why: ADDRESS,
            instead: Some("an id or the value itself"),
            paths: &["pointer as integer", "{:p}", "{:?} of a pointer"],
        },
    ],
};

pub(super) const RESTORE_SENSITIVE: Group = Group {
    id: "restore_sensitive",
    rules: &[
        Rule {
            at: At::Value,
            level: Level::Warning,
            why: "is not the same once the value was stored and read again",
            instead: None,
            paths: &[
                "std::rc::Rc::strong_count",
                "std::rc::Rc::weak_count",
                "std::sync::Arc::strong_count",
                "std::sync::Arc::weak_count",
            ],
        },
        Rule {
            at: At::Method,
            level: Level::Warning,
            why: "is not the same once the value was stored and read again",
            instead: Some("`.len()`"),
            paths: &["Vec.capacity", "String.capacity"],
        },
    ],
};

pub(super) const UNSAFE_FFI: Group = Group {
    id: "unsafe_ffi",
    rules: &[
        Rule {
            at: At::Syntax,
            level: Level::Error,
            why: "may do what no check can see",
            instead: None,
            paths: &["unsafe", "extern"],
        },
        Rule {
            at: At::Macro,
            level: Level::Error,
            why: "may do what no check can see",
            instead: None,
            paths: &[
                "std::arch::asm",
                "std::arch::naked_asm",
                "std::arch::global_asm",
            ],
        },
        Rule {
            at: At::Value,
            level: Level::Error,
            why: "calls the system, which may answer otherwise the next time",
            instead: None,
            paths: &[
                "libc::**",
                "nix::**",
                "rustix::**",
                "windows::**",
                "windows_sys::**",
            ],
        },
    ],
};
