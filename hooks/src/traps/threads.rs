//! Threads and sleeping.

use std::ffi::{c_int, c_uint, c_void};

use super::traps;
use crate::Group;

const THREADS: Option<Group> = Some(Group::ThreadsSync);

traps! {
    fn pthread_create(into: *mut c_void, attributes: *const c_void, start: *const c_void, with: *mut c_void) -> c_int: THREADS;
    fn nanosleep(time: *const c_void, left: *mut c_void) -> c_int: THREADS;
    fn clock_nanosleep(clock: c_int, flags: c_int, time: *const c_void, left: *mut c_void) -> c_int: THREADS;
    fn usleep(micros: c_uint) -> c_int: THREADS;
    fn sleep(seconds: c_uint) -> c_uint: THREADS;
}
