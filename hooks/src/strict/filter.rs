//! The filter of system calls, as a program for the kernel.
//!
//! In: the address from which all calls pass. Out: a thread in which what is of
//! interest is a signal.

use std::ffi::c_long;

/// The calls that pass: memory, signals, locks, and the life of threads.
const FREE: &[c_long] = &[
    libc::SYS_mmap,
    libc::SYS_munmap,
    libc::SYS_mremap,
    libc::SYS_mprotect,
    libc::SYS_brk,
    libc::SYS_madvise,
    libc::SYS_mincore,
    libc::SYS_futex,
    libc::SYS_rt_sigreturn,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_sigaltstack,
    libc::SYS_tgkill,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_sched_yield,
    libc::SYS_clone,
    libc::SYS_clone3,
    libc::SYS_vfork,
    libc::SYS_fork,
    libc::SYS_set_tid_address,
    libc::SYS_set_robust_list,
    libc::SYS_rseq,
    libc::SYS_membarrier,
    libc::SYS_prctl,
    libc::SYS_arch_prctl,
    libc::SYS_close,
    libc::SYS_restart_syscall,
    libc::SYS_exit,
    libc::SYS_exit_group,
];

/// Installs the filter in this thread; false when the kernel refuses. System calls
/// that return to the address `trusted` pass it.
///
/// # Safety
///
/// The handler of `SIGSYS` must be in place.
pub(super) unsafe fn install(trusted: u64) -> bool {
    let mut program = program(trusted);
    let Ok(len) = u16::try_from(program.len()) else {
        return false;
    };
    let program = libc::sock_fprog {
        len,
        filter: program.as_mut_ptr(),
    };
    // SAFETY: the kernel copies the program, which lives until then.
    unsafe {
        libc::prctl(libc::PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
            && libc::syscall(
                libc::SYS_seccomp,
                libc::SECCOMP_SET_MODE_FILTER,
                0,
                &raw const program,
            ) == 0
    }
}

/// Lets through what is free, what comes from `trusted`, and other
/// architectures' calls; traps the rest.
fn program(trusted: u64) -> Vec<libc::sock_filter> {
    const LOAD: u16 = 0x20;
    const IF_EQUAL: u16 = 0x15;
    const RETURN: u16 = 0x06;
    const ARCH_X86_64: u32 = 0xc000_003e;
    const AT_NUMBER: u32 = 0;
    const AT_ARCH: u32 = 4;
    const AT_ADDRESS: u32 = 8;
    let step = |code, jt, jf, k| libc::sock_filter { code, jt, jf, k };
    let half = |shift: u32| u32::try_from((trusted >> shift) & 0xffff_ffff).unwrap_or(0);
    let mut steps = vec![
        step(LOAD, 0, 0, AT_ARCH),
        step(IF_EQUAL, 1, 0, ARCH_X86_64),
        step(RETURN, 0, 0, libc::SECCOMP_RET_ALLOW),
        step(LOAD, 0, 0, AT_ADDRESS),
        step(IF_EQUAL, 0, 3, half(0)),
        step(LOAD, 0, 0, AT_ADDRESS + 4),
        step(IF_EQUAL, 0, 1, half(32)),
        step(RETURN, 0, 0, libc::SECCOMP_RET_ALLOW),
        step(LOAD, 0, 0, AT_NUMBER),
    ];
    for (at, number) in FREE.iter().enumerate() {
        let to_end = u8::try_from(FREE.len() - at).unwrap_or(u8::MAX);
        steps.push(step(
            IF_EQUAL,
            to_end,
            0,
            u32::try_from(*number).unwrap_or(0),
        ));
    }
    steps.push(step(RETURN, 0, 0, libc::SECCOMP_RET_TRAP));
    steps.push(step(RETURN, 0, 0, libc::SECCOMP_RET_ALLOW));
    steps
}
