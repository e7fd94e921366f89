//! Random numbers of the system.

use std::ffi::{c_int, c_long, c_uint, c_void};

use super::traps;
use crate::Group;

/// Asking for no bytes asks whether the function is there.
fn of_bytes(len: usize) -> Option<Group> {
    (len > 0).then_some(Group::Randomness)
}

traps! {
    fn getrandom(into: *mut c_void, len: usize, flags: c_uint) -> isize: of_bytes(len);
    fn getentropy(into: *mut c_void, len: usize) -> c_int: of_bytes(len);
    fn rand() -> c_int: Some(Group::Randomness);
    fn random() -> c_long: Some(Group::Randomness);
}
