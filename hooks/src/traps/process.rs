//! The environment, the process, and the machine.

use std::ffi::{CStr, c_char, c_int, c_long, c_void};

use super::traps;
use crate::Group;
use crate::record::{Pause, text};

/// A variable of the environment.
///
/// Those that say whether a backtrace is wanted are read by every error that
/// may hold one; it changes how the error is shown, not what the flow does.
fn of_variable(name: Option<&CStr>) -> Option<Group> {
    match name.map(CStr::to_bytes).unwrap_or_default() {
        b"RUST_BACKTRACE" | b"RUST_LIB_BACKTRACE" => None,
        b"TZ" | b"TZDIR" | b"LANG" | b"LANGUAGE" => Some(Group::TimezoneLocale),
        name if name.starts_with(b"LC_") => Some(Group::TimezoneLocale),
        _ => Some(Group::EnvironmentProcess),
    }
}

/// Of all settings of the system, the number of processors differs.
fn of_setting(name: c_int) -> Option<Group> {
    let differs = [
        libc::_SC_NPROCESSORS_ONLN,
        libc::_SC_NPROCESSORS_CONF,
        libc::_SC_PHYS_PAGES,
        libc::_SC_AVPHYS_PAGES,
    ];
    differs.contains(&name).then_some(Group::EnvironmentProcess)
}

const PROCESS: Option<Group> = Some(Group::EnvironmentProcess);

traps! {
    // SAFETY: names of variables are C strings.
    fn getenv(name: *const c_char) -> *mut c_char: of_variable(unsafe { text(name) }), unsafe { text(name) };
    // SAFETY: names of variables are C strings.
    fn secure_getenv(name: *const c_char) -> *mut c_char: of_variable(unsafe { text(name) }), unsafe { text(name) };
    // SAFETY: names of variables are C strings.
    fn setenv(name: *const c_char, value: *const c_char, over: c_int) -> c_int: PROCESS, unsafe { text(name) };
    // SAFETY: names of variables are C strings.
    fn unsetenv(name: *const c_char) -> c_int: PROCESS, unsafe { text(name) };
    fn getcwd(into: *mut c_char, len: usize) -> *mut c_char: PROCESS;
    // SAFETY: paths are C strings.
    fn chdir(path: *const c_char) -> c_int: PROCESS, unsafe { text(path) };
    fn getpid() -> c_int: PROCESS;
    fn getppid() -> c_int: PROCESS;
    fn getuid() -> u32: PROCESS;
    fn geteuid() -> u32: PROCESS;
    fn gethostname(into: *mut c_char, len: usize) -> c_int: PROCESS;
    fn uname(into: *mut c_void) -> c_int: PROCESS;
    fn sysinfo(into: *mut c_void) -> c_int: PROCESS;
    fn sysconf(name: c_int) -> c_long: of_setting(name);
    fn sched_getaffinity(process: c_int, len: usize, into: *mut c_void) -> c_int: PROCESS;
    fn getrusage(who: c_int, into: *mut c_void) -> c_int: PROCESS;
    fn kill(process: c_int, signal: c_int) -> c_int: PROCESS;
    fn waitpid(process: c_int, status: *mut c_int, options: c_int) -> c_int: PROCESS;
    fn isatty(file: c_int) -> c_int: PROCESS;
}

/// Another program would inherit what makes a thread strict and die of it, and
/// nothing may come of a run that is there to be compared: a watched thread is
/// told that it must not.
macro_rules! programs {
    ($(fn $name:ident($($arg:ident: $ty:ty),*): $path:expr;)+) => {$(
        // SAFETY: glibc declares it with these types.
        #[unsafe(no_mangle)]
        unsafe extern "C" fn $name($($arg: $ty),*) -> c_int {
            let pause = Pause::new();
            if pause.is_watched() {
                // SAFETY: paths are C strings.
                pause.note(stringify!($name), PROCESS, unsafe { text($path) });
                return libc::EPERM;
            }
            // SAFETY: it is called with what the caller gave for it.
            unsafe { super::real!($name($($arg: $ty),*) -> c_int) }
        }
    )+};
}

programs! {
    fn posix_spawn(pid: *mut c_int, path: *const c_char, actions: *const c_void, attributes: *const c_void, args: *const c_void, env: *const c_void): path;
    fn posix_spawnp(pid: *mut c_int, path: *const c_char, actions: *const c_void, attributes: *const c_void, args: *const c_void, env: *const c_void): path;
}

// SAFETY: glibc declares it with these types.
#[unsafe(no_mangle)]
unsafe extern "C" fn fork() -> c_int {
    let pause = Pause::new();
    if pause.is_watched() {
        pause.note("fork", PROCESS, None);
        // SAFETY: the place is the thread's own.
        unsafe { *libc::__errno_location() = libc::EPERM };
        return -1;
    }
    // SAFETY: the caller knows what may be done in a child.
    unsafe { super::real!(fork() -> c_int) }
}
