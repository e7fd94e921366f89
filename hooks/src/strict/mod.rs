//! Strict threads: what goes past the C library is trapped by the kernel.
//!
//! Two things of Linux on `x86_64`, both of one thread only and for good: a
//! filter of system calls that turns those of interest into `SIGSYS`, and
//! `PR_SET_TSC`, with which reading the time stamp counter is a `SIGSEGV`. The
//! handlers note the call and then do what was asked for, by a system call from
//! the one address that the filter lets through. A kernel that refuses either
//! leaves the thread without it.

mod filter;
mod signals;

use std::arch::global_asm;
use std::cell::Cell;
use std::ffi::{c_int, c_long};
use std::ptr::null_mut;
use std::sync::Once;

thread_local! {
    static ON: Cell<bool> = const { Cell::new(false) };
}

/// Whether the present thread is strict.
pub(crate) fn is_on() -> bool {
    ON.get()
}

/// Room for the handlers, where a stack may be too small: they walk it.
#[derive(Debug)]
pub(crate) struct Strict {
    stack: Vec<u8>,
}

const STACK_BYTES: usize = 256 * 1024;

/// Makes the present thread strict until it ends, as far as it can be.
pub(crate) fn begin() -> Strict {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(signals::install);
    let mut strict = Strict {
        stack: vec![0; STACK_BYTES],
    };
    if !signals::are_ours() {
        return strict;
    }
    let stack = libc::stack_t {
        ss_sp: strict.stack.as_mut_ptr().cast(),
        ss_flags: 0,
        ss_size: STACK_BYTES,
    };
    // SAFETY: the memory is given back by `drop` before it goes; the calls are
    // about this thread, and may fail without harm.
    unsafe {
        libc::sigaltstack(&raw const stack, null_mut());
        if filter::install(flowstone_hooks_trusted_after as *const () as u64) {
            ON.set(true);
            libc::prctl(libc::PR_SET_TSC, libc::PR_TSC_SIGSEGV, 0, 0, 0);
        }
    }
    strict
}

impl Drop for Strict {
    fn drop(&mut self) {
        let none = libc::stack_t {
            ss_sp: null_mut(),
            ss_flags: libc::SS_DISABLE,
            ss_size: 0,
        };
        // SAFETY: no handler runs now, and none will on the memory that goes.
        unsafe { libc::sigaltstack(&raw const none, null_mut()) };
    }
}

global_asm!(
    ".pushsection .text.flowstone_hooks_trusted,\"ax\",@progbits",
    ".globl flowstone_hooks_trusted",
    ".hidden flowstone_hooks_trusted",
    ".type flowstone_hooks_trusted,@function",
    "flowstone_hooks_trusted:",
    "mov rax, rdi",
    "mov rdi, rsi",
    "mov rsi, rdx",
    "mov rdx, rcx",
    "mov r10, r8",
    "mov r8, r9",
    "mov r9, [rsp + 8]",
    "syscall",
    ".globl flowstone_hooks_trusted_after",
    ".hidden flowstone_hooks_trusted_after",
    "flowstone_hooks_trusted_after:",
    "ret",
    ".size flowstone_hooks_trusted, . - flowstone_hooks_trusted",
    ".popsection",
);

// SAFETY: both are defined above; the first takes the number of a system call
// and its six arguments, the second is an address only.
unsafe extern "C" {
    fn flowstone_hooks_trusted(
        number: c_long,
        first: i64,
        second: i64,
        third: i64,
        fourth: i64,
        fifth: i64,
        sixth: i64,
    ) -> c_long;
    fn flowstone_hooks_trusted_after();
}

/// Makes a system call past the filter.
///
/// # Safety
///
/// What the system call asks of its arguments.
unsafe fn system_call(number: c_long, arguments: [i64; 6]) -> c_long {
    let [first, second, third, fourth, fifth, sixth] = arguments;
    // SAFETY: the caller answers for the arguments.
    unsafe { flowstone_hooks_trusted(number, first, second, third, fourth, fifth, sixth) }
}

/// Reads a clock past filter and counter.
///
/// # Safety
///
/// `time` must be writable, or null.
pub(crate) unsafe fn clock_gettime(clock: c_int, time: *mut libc::timespec) -> c_int {
    let Ok(time) = i64::try_from(time.expose_provenance()) else {
        return -1;
    };
    let arguments = [clock.into(), time, 0, 0, 0, 0];
    // SAFETY: the caller answers for the place.
    let done = unsafe { system_call(libc::SYS_clock_gettime, arguments) };
    if done == 0 { 0 } else { -1 }
}
