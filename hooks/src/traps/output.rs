//! Writing: to the terminal, or to a file.
//!
//! What a watched thread prints goes nowhere: it is told, and a step that runs
//! nine times must not print nine times where printing is allowed.

use std::ffi::{c_int, c_void};

use super::of_stream;
use crate::record::Pause;

fn is_terminal(file: c_int) -> bool {
    file == 1 || file == 2
}

// SAFETY: glibc declares it with these types.
#[unsafe(no_mangle)]
unsafe extern "C" fn write(file: c_int, from: *const c_void, len: usize) -> isize {
    let pause = Pause::new();
    if pause.is_watched() {
        pause.note("write", Some(of_stream(file)), None);
        if is_terminal(file) {
            return len.cast_signed();
        }
    }
    // SAFETY: it is called with what the caller gave for it.
    unsafe { super::real!(write(file: c_int, from: *const c_void, len: usize) -> isize) }
}

// SAFETY: glibc declares it with these types.
#[unsafe(no_mangle)]
unsafe extern "C" fn writev(file: c_int, parts: *const libc::iovec, count: c_int) -> isize {
    let pause = Pause::new();
    if pause.is_watched() {
        pause.note("writev", Some(of_stream(file)), None);
        if is_terminal(file) {
            let count = usize::try_from(count).unwrap_or(0);
            // SAFETY: the caller gives `count` parts at `parts`.
            let parts = unsafe { std::slice::from_raw_parts(parts, count) };
            let len: usize = parts.iter().map(|part| part.iov_len).sum();
            return len.cast_signed();
        }
    }
    // SAFETY: it is called with what the caller gave for it.
    unsafe { super::real!(writev(file: c_int, parts: *const libc::iovec, count: c_int) -> isize) }
}
