//! Clocks and time zones.
//!
//! The clocks do not forward to glibc, which reads them without a system call:
//! in a strict thread that is trapped as well, and would tell of itself.

use std::ffi::{c_char, c_int, c_long, c_void};

use super::traps;
use crate::Group;
use crate::record::Pause;

fn of_clock(clock: c_int) -> Group {
    match clock {
        libc::CLOCK_REALTIME | libc::CLOCK_REALTIME_COARSE | libc::CLOCK_TAI => Group::WallClock,
        _ => Group::MonotonicClock,
    }
}

/// Asks the kernel.
///
/// # Safety
///
/// `time` must be writable, or null.
unsafe fn read(clock: c_int, time: *mut libc::timespec) -> c_int {
    #[cfg(target_arch = "x86_64")]
    if crate::strict::is_on() {
        // SAFETY: the kernel checks the pointer that the caller answers for.
        return unsafe { crate::strict::clock_gettime(clock, time) };
    }
    // SAFETY: the arguments are the caller's own.
    unsafe { super::real!(clock_gettime(clock: c_int, time: *mut libc::timespec) -> c_int) }
}

// SAFETY: glibc declares it with these types.
#[unsafe(no_mangle)]
unsafe extern "C" fn clock_gettime(clock: c_int, time: *mut libc::timespec) -> c_int {
    let pause = Pause::new();
    pause.note("clock_gettime", Some(of_clock(clock)), None);
    // SAFETY: the caller gives a place for the time.
    unsafe { read(clock, time) }
}

// SAFETY: glibc declares it with these types.
#[unsafe(no_mangle)]
unsafe extern "C" fn gettimeofday(time: *mut libc::timeval, _zone: *mut c_void) -> c_int {
    let pause = Pause::new();
    pause.note("gettimeofday", Some(Group::WallClock), None);
    let mut now = ZERO;
    // SAFETY: `now` is writable; `time` is the caller's, or null.
    unsafe {
        let done = read(libc::CLOCK_REALTIME, &raw mut now);
        if let Some(time) = time.as_mut() {
            time.tv_sec = now.tv_sec;
            time.tv_usec = now.tv_nsec / 1000;
        }
        done
    }
}

// SAFETY: glibc declares it with these types.
#[unsafe(no_mangle)]
unsafe extern "C" fn time(into: *mut libc::time_t) -> libc::time_t {
    let pause = Pause::new();
    pause.note("time", Some(Group::WallClock), None);
    let mut now = ZERO;
    // SAFETY: `now` is writable; `into` is the caller's, or null.
    unsafe {
        read(libc::CLOCK_REALTIME, &raw mut now);
        if let Some(into) = into.as_mut() {
            *into = now.tv_sec;
        }
    }
    now.tv_sec
}

const ZERO: libc::timespec = libc::timespec {
    tv_sec: 0,
    tv_nsec: 0 as c_long,
};

traps! {
    fn tzset() -> (): Some(Group::TimezoneLocale);
    fn localtime_r(time: *const c_void, into: *mut c_void) -> *mut c_void: Some(Group::TimezoneLocale);
    fn localtime(time: *const c_void) -> *mut c_void: Some(Group::TimezoneLocale);
    fn mktime(time: *mut c_void) -> libc::time_t: Some(Group::TimezoneLocale);
    fn setlocale(category: c_int, locale: *const c_char) -> *mut c_char: Some(Group::TimezoneLocale);
}
