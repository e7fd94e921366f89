//! From addresses to names: the path of calls that led to a trap.
//!
//! In: a raw hit. Out: one with names, files and lines, without the frames of
//! this crate, down to the machine of the innermost flow. A name may say more
//! than the call: random numbers for an id are an id.

use std::ffi::c_void;

use crate::record::Raw;
use crate::{Call, Group, Hit, symbols};

/// What the functions that generated code consists of are called.
const MACHINE: [&str; 2] = ["machine::Machine", ">::resume"];

/// Crates, modules and types that ask for one thing to make another. The first row
/// that has one of the path holds.
const MEANINGS: &[(Group, &[&str])] = &[
    (
        Group::Ids,
        &[
            "uuid",
            "ulid",
            "nanoid",
            "cuid",
            "cuid2",
            "ksuid",
            "svix_ksuid",
            "xid",
            "scru128",
            "rusty_ulid",
            "bson",
            "snowflake",
        ],
    ),
    (Group::Filesystem, &["tempfile"]),
    (Group::Randomness, &["fastrand"]),
    (
        Group::TimezoneLocale,
        &[
            "chrono::offset::local",
            "iana_time_zone",
            "jiff::tz::db",
            "jiff::tz::system",
            "sys_locale",
            "time::utc_offset",
        ],
    ),
    (Group::EnvironmentProcess, &["std::process::Command"]),
    (
        Group::NetworkAndClients,
        &["tokio::net", "ureq", "reqwest", "hyper_util"],
    ),
    (
        Group::AsyncRuntime,
        &["tokio", "async_std", "async_io", "smol"],
    ),
    (
        Group::ThreadsSync,
        &[
            "rayon",
            "rayon_core",
            "crossbeam_channel",
            "flume",
            // They ask a clock how long they still wait.
            "std::thread::park_timeout",
            "std::thread::functions::park_timeout",
            "std::sync::mpsc",
            "std::sys::sync::condvar",
        ],
    ),
    (
        Group::Printing,
        &[
            "tracing",
            "tracing_core",
            "tracing_subscriber",
            "log",
            "env_logger",
            "slog",
        ],
    ),
];

pub(crate) fn resolve(raw: &Raw) -> Hit {
    let path = trimmed(names(raw), raw.call);
    Hit {
        group: meant(&path).unwrap_or(raw.group),
        call: raw.call,
        detail: raw.detail(),
        mark: raw.mark,
        path,
    }
}

fn names(raw: &Raw) -> Vec<Call> {
    let mut path: Vec<Call> = Vec::new();
    for ip in raw.callers() {
        // The address is that of the next instruction, which may be of the next
        // line.
        let ip = ip.saturating_sub(1);
        let at = std::ptr::without_provenance_mut::<c_void>(ip);
        let known = path.len();
        backtrace::resolve(at, |symbol| {
            let name = symbol.name().map(|name| format!("{name:#}"));
            path.push(Call {
                name: name.unwrap_or_default(),
                file: symbol.filename().map(|file| file.display().to_string()),
                line: symbol.lineno(),
            });
        });
        // The last is the function itself, those before it are inlined in it.
        if let (Some(name), Some(call)) = (
            symbols::name_of(ip),
            path.get_mut(known..).and_then(<[_]>::last_mut),
        ) {
            call.name = name;
        }
        if path.last().is_some_and(is_machine) {
            break;
        }
    }
    path
}

/// Without the trap itself, and what is beyond the flow.
fn trimmed(mut path: Vec<Call>, call: &str) -> Vec<Call> {
    let of_trap = |known: &Call| {
        let name = known.name.as_str();
        name == call || name == "syscall" || name.starts_with("flowstone_hooks::strict::")
    };
    let inner = path.iter().rposition(of_trap).map_or(0, |trap| trap + 1);
    path.drain(..inner);
    // What calls a handler of a signal has no name.
    let named = path.iter().position(|call| !call.name.is_empty());
    path.drain(..named.unwrap_or(path.len()));
    let outside = |call: &Call| call.name.starts_with("flowstone_hooks::");
    let end = path.iter().position(outside);
    path.truncate(end.unwrap_or(path.len()));
    path
}

/// What the path as a whole asks for, if that is something else than the call.
fn meant(path: &[Call]) -> Option<Group> {
    let of = |krate: &str| path.iter().any(|call| is_of(&call.name, krate));
    let found = MEANINGS
        .iter()
        .find(|(_, crates)| crates.iter().copied().any(of));
    found.map(|(group, _)| *group)
}

/// Whether a function is of a crate, or of a module or type of one, or is that function.
fn is_of(name: &str, krate: &str) -> bool {
    let name = name.trim_start_matches(['<', '&']);
    let rest = name.strip_prefix(krate);
    rest.is_some_and(|rest| {
        rest.is_empty() || rest.starts_with("::") || rest.starts_with(['[', '>'])
    })
}

fn is_machine(call: &Call) -> bool {
    MACHINE.iter().all(|part| call.name.contains(part))
}
