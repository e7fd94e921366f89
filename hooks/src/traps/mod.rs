//! The functions of the C library that are interposed, one file for a family.
//!
//! Each notes the call while the thread is watched and then does what glibc
//! does, by calling it. A trap must not unwind and must not allocate.

mod clock;
mod files;
mod network;
mod output;
mod process;
mod random;
mod syscall;
mod threads;

use std::ffi::CStr;

pub(crate) use self::syscall::meaning;

use crate::Group;

/// Defines traps: `fn name(arguments) -> type: group, detail;`, where group and
/// detail are expressions over the arguments.
macro_rules! traps {
    ($(fn $name:ident($($arg:ident: $ty:ty),*) -> $ret:ty: $group:expr $(, $detail:expr)?;)+) => {$(
        // SAFETY: the name is one that glibc defines with these very types, so
        // whoever calls it calls it as declared there.
        #[unsafe(no_mangle)]
        unsafe extern "C" fn $name($($arg: $ty),*) -> $ret {
            let pause = $crate::record::Pause::new();
            if pause.is_watched() {
                let detail = None$(.or($detail))?;
                pause.note(stringify!($name), $group, detail);
            }
            // SAFETY: it is called with what the caller gave for it.
            unsafe { $crate::traps::real!($name($($arg: $ty),*) -> $ret) }
        }
    )+};
}

/// Calls the function of that name that would be called without this crate.
macro_rules! real {
    ($name:ident($($arg:ident: $ty:ty),*) -> $ret:ty) => {{
        static REAL: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
        let mut at = REAL.load(std::sync::atomic::Ordering::Relaxed);
        if at == 0 {
            at = $crate::traps::next(concat!(stringify!($name), "\0"));
            REAL.store(at, std::sync::atomic::Ordering::Relaxed);
        }
        let real: unsafe extern "C" fn($($ty),*) -> $ret = std::mem::transmute(at);
        real($($arg),*)
    }};
}

use {real, traps};

/// The address of the next function of that name, which ends with a zero.
fn next(name: &str) -> usize {
    // SAFETY: the name is a C string; the address is not called here.
    let found = unsafe { libc::dlsym(libc::RTLD_NEXT, name.as_ptr().cast()) };
    if found.is_null() {
        // A trap cannot unwind, and nobody could have called what is not there.
        std::process::abort();
    }
    found.addr()
}

/// What a file is asked for.
fn of_file(path: Option<&CStr>) -> Group {
    let path = path.map(CStr::to_bytes).unwrap_or_default();
    let begins = |starts: &[&str]| {
        starts
            .iter()
            .any(|start| path.starts_with(start.as_bytes()))
    };
    if begins(&["/dev/urandom", "/dev/random", "/dev/hwrng"]) {
        Group::Randomness
    } else if begins(&[
        "/etc/localtime",
        "/etc/timezone",
        "/usr/share/zoneinfo",
        "/usr/lib/locale",
    ]) {
        Group::TimezoneLocale
    } else if begins(&["/proc/", "/sys/"]) {
        Group::EnvironmentProcess
    } else {
        Group::Filesystem
    }
}

/// What a read or a write is about: the first three files are the terminal's.
fn of_stream(file: std::ffi::c_int) -> Group {
    match file {
        0..=2 => Group::Printing,
        _ => Group::Filesystem,
    }
}
