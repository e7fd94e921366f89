//! Files and folders.

use std::ffi::{c_char, c_int, c_uint, c_void};

use super::{of_file, of_stream, traps};
use crate::Group;
use crate::record::text;

const FILES: Option<Group> = Some(Group::Filesystem);

traps! {
    // SAFETY: paths are C strings.
    fn open(path: *const c_char, flags: c_int, mode: c_uint) -> c_int: Some(of_file(unsafe { text(path) })), unsafe { text(path) };
    // SAFETY: paths are C strings.
    fn open64(path: *const c_char, flags: c_int, mode: c_uint) -> c_int: Some(of_file(unsafe { text(path) })), unsafe { text(path) };
    // SAFETY: paths are C strings.
    fn openat(folder: c_int, path: *const c_char, flags: c_int, mode: c_uint) -> c_int: Some(of_file(unsafe { text(path) })), unsafe { text(path) };
    // SAFETY: paths are C strings.
    fn openat64(folder: c_int, path: *const c_char, flags: c_int, mode: c_uint) -> c_int: Some(of_file(unsafe { text(path) })), unsafe { text(path) };
    // SAFETY: paths are C strings.
    fn fopen(path: *const c_char, mode: *const c_char) -> *mut c_void: Some(of_file(unsafe { text(path) })), unsafe { text(path) };
    // SAFETY: paths are C strings.
    fn fopen64(path: *const c_char, mode: *const c_char) -> *mut c_void: Some(of_file(unsafe { text(path) })), unsafe { text(path) };
    // SAFETY: paths are C strings.
    fn statx(folder: c_int, path: *const c_char, flags: c_int, mask: c_uint, into: *mut c_void) -> c_int: Some(of_file(unsafe { text(path) })), unsafe { text(path) };
    // SAFETY: paths are C strings.
    fn stat(path: *const c_char, into: *mut c_void) -> c_int: Some(of_file(unsafe { text(path) })), unsafe { text(path) };
    // SAFETY: paths are C strings.
    fn stat64(path: *const c_char, into: *mut c_void) -> c_int: Some(of_file(unsafe { text(path) })), unsafe { text(path) };
    // SAFETY: paths are C strings.
    fn lstat(path: *const c_char, into: *mut c_void) -> c_int: Some(of_file(unsafe { text(path) })), unsafe { text(path) };
    // SAFETY: paths are C strings.
    fn lstat64(path: *const c_char, into: *mut c_void) -> c_int: Some(of_file(unsafe { text(path) })), unsafe { text(path) };
    // SAFETY: paths are C strings.
    fn access(path: *const c_char, mode: c_int) -> c_int: Some(of_file(unsafe { text(path) })), unsafe { text(path) };
    // SAFETY: paths are C strings.
    fn faccessat(folder: c_int, path: *const c_char, mode: c_int, flags: c_int) -> c_int: Some(of_file(unsafe { text(path) })), unsafe { text(path) };
    // SAFETY: paths are C strings.
    fn opendir(path: *const c_char) -> *mut c_void: Some(of_file(unsafe { text(path) })), unsafe { text(path) };
    // SAFETY: paths are C strings.
    fn readlink(path: *const c_char, into: *mut c_char, len: usize) -> isize: Some(of_file(unsafe { text(path) })), unsafe { text(path) };
    // SAFETY: paths are C strings.
    fn realpath(path: *const c_char, into: *mut c_char) -> *mut c_char: Some(of_file(unsafe { text(path) })), unsafe { text(path) };
    // SAFETY: paths are C strings.
    fn unlink(path: *const c_char) -> c_int: FILES, unsafe { text(path) };
    // SAFETY: paths are C strings.
    fn unlinkat(folder: c_int, path: *const c_char, flags: c_int) -> c_int: FILES, unsafe { text(path) };
    // SAFETY: paths are C strings.
    fn rename(from: *const c_char, to: *const c_char) -> c_int: FILES, unsafe { text(from) };
    // SAFETY: paths are C strings.
    fn link(from: *const c_char, to: *const c_char) -> c_int: FILES, unsafe { text(from) };
    // SAFETY: paths are C strings.
    fn symlink(from: *const c_char, to: *const c_char) -> c_int: FILES, unsafe { text(to) };
    // SAFETY: paths are C strings.
    fn mkdir(path: *const c_char, mode: c_uint) -> c_int: FILES, unsafe { text(path) };
    // SAFETY: paths are C strings.
    fn rmdir(path: *const c_char) -> c_int: FILES, unsafe { text(path) };
    // SAFETY: paths are C strings.
    fn chmod(path: *const c_char, mode: c_uint) -> c_int: FILES, unsafe { text(path) };
    // SAFETY: paths are C strings.
    fn truncate64(path: *const c_char, len: i64) -> c_int: FILES, unsafe { text(path) };
    fn fstat(file: c_int, into: *mut c_void) -> c_int: FILES;
    fn fstat64(file: c_int, into: *mut c_void) -> c_int: FILES;
    fn ftruncate64(file: c_int, len: i64) -> c_int: FILES;
    fn fsync(file: c_int) -> c_int: FILES;
    fn fdatasync(file: c_int) -> c_int: FILES;
    fn flock(file: c_int, operation: c_int) -> c_int: FILES;
    fn read(file: c_int, into: *mut c_void, len: usize) -> isize: Some(of_stream(file));
    fn readv(file: c_int, into: *const c_void, count: c_int) -> isize: Some(of_stream(file));
    fn pread64(file: c_int, into: *mut c_void, len: usize, at: i64) -> isize: FILES;
    fn pwrite64(file: c_int, from: *const c_void, len: usize, at: i64) -> isize: FILES;
    fn lseek64(file: c_int, by: i64, whence: c_int) -> i64: FILES;
}
