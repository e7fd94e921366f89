//! A thread that nothing has run in before.
//!
//! Not of `std::thread`: that hands the test harness's capture of output down,
//! so that what is printed would reach no trap.

use std::any::Any;
use std::ffi::c_void;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::ptr::{null, null_mut};

struct Job<T, F> {
    code: Option<F>,
    value: Option<Result<T, Box<dyn Any + Send>>>,
}

/// Runs `code` in a new thread and waits for its end.
pub(crate) fn fresh<T: Send, F: FnOnce() -> T + Send>(code: F) -> io::Result<T> {
    let mut job = Job {
        code: Some(code),
        value: None,
    };
    let mut thread: libc::pthread_t = 0;
    // SAFETY: `job` outlives the thread, which is joined below, and is not
    // touched here before; what goes over is `Send`.
    let started = unsafe {
        libc::pthread_create(
            &raw mut thread,
            null(),
            start::<T, F>,
            (&raw mut job).cast::<c_void>(),
        )
    };
    if started != 0 {
        return Err(io::Error::from_raw_os_error(started));
    }
    // SAFETY: the thread was started above and is joined once.
    let joined = unsafe { libc::pthread_join(thread, null_mut()) };
    if joined != 0 {
        return Err(io::Error::from_raw_os_error(joined));
    }
    match job.value {
        Some(Ok(value)) => Ok(value),
        Some(Err(panic)) => resume_unwind(panic),
        None => Err(io::Error::other("the thread ended before its code")),
    }
}

extern "C" fn start<T, F: FnOnce() -> T>(job: *mut c_void) -> *mut c_void {
    // SAFETY: `fresh` gives a `Job` of these very types, and waits.
    let job = unsafe { &mut *job.cast::<Job<T, F>>() };
    if let Some(code) = job.code.take() {
        job.value = Some(catch_unwind(AssertUnwindSafe(code)));
    }
    null_mut()
}
