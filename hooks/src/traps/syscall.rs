//! System calls by number: through the C library's `syscall`, and for strict
//! threads those that go past it.

use std::ffi::{CStr, c_long};

use crate::Group;
use crate::record::Pause;

/// What a system call is called, and what it asks for. Those that are not
/// listed are memory, signals and locks.
pub(crate) fn meaning(number: c_long, first: usize) -> (&'static str, Option<Group>) {
    let found = CALLS.iter().find(|(known, ..)| *known == number);
    let Some((_, name, group)) = found else {
        return ("syscall", None);
    };
    let clock = i32::try_from(first) == Ok(libc::CLOCK_REALTIME);
    let group = match *group {
        Group::WallClock if number == libc::SYS_clock_gettime && !clock => Group::MonotonicClock,
        Group::Filesystem
            if matches!(number, libc::SYS_read | libc::SYS_write | libc::SYS_writev) =>
        {
            let file = i32::try_from(first).unwrap_or(-1);
            super::of_stream(file)
        }
        group => group,
    };
    (name, Some(group))
}

/// Numbers with their names.
macro_rules! calls {
    ($($group:ident: $($number:ident)+;)+) => {
        &[$($((libc::$number, stringify!($number), Group::$group),)+)+]
    };
}

const CALLS: &[(c_long, &str, Group)] = calls! {
    WallClock: SYS_clock_gettime SYS_gettimeofday;
    Randomness: SYS_getrandom;
    EnvironmentProcess: SYS_getcwd SYS_chdir SYS_getppid SYS_getuid SYS_geteuid SYS_getgid SYS_getegid
        SYS_getpgid SYS_getsid SYS_uname SYS_sysinfo
        SYS_sched_getaffinity SYS_getrusage SYS_kill SYS_execve SYS_execveat SYS_wait4 SYS_getcpu
        SYS_times SYS_ioctl;
    Filesystem: SYS_openat SYS_openat2 SYS_statx SYS_newfstatat SYS_fstat SYS_faccessat SYS_faccessat2
        SYS_readlinkat SYS_unlinkat SYS_renameat2 SYS_mkdirat SYS_linkat SYS_symlinkat SYS_fchmodat
        SYS_getdents64 SYS_read SYS_write SYS_readv SYS_writev SYS_pread64 SYS_pwrite64 SYS_lseek
        SYS_ftruncate SYS_fsync SYS_fdatasync SYS_flock SYS_copy_file_range SYS_sendfile
        SYS_memfd_create SYS_inotify_init1;
    NetworkAndClients: SYS_socket SYS_socketpair SYS_connect SYS_bind SYS_listen SYS_accept4
        SYS_sendto SYS_recvfrom SYS_sendmsg SYS_recvmsg SYS_getsockname SYS_getpeername
        SYS_setsockopt SYS_getsockopt;
    AsyncRuntime: SYS_epoll_create1 SYS_epoll_ctl SYS_epoll_pwait SYS_eventfd2 SYS_timerfd_create
        SYS_pipe2 SYS_io_uring_setup SYS_io_uring_enter SYS_ppoll;
    ThreadsSync: SYS_nanosleep SYS_clock_nanosleep;
};

// SAFETY: glibc's takes a number and up to six arguments, all of them in
// registers or in the places where these six are; more are handed on than given.
#[unsafe(no_mangle)]
unsafe extern "C" fn syscall(
    number: c_long,
    first: usize,
    second: usize,
    third: usize,
    fourth: usize,
    fifth: usize,
    sixth: usize,
) -> c_long {
    let pause = Pause::new();
    if pause.is_watched() {
        let (name, mut group) = meaning(number, first);
        if number == libc::SYS_getrandom && second == 0 {
            group = None;
        }
        pause.note(name, group, None::<&CStr>);
    }
    // SAFETY: it is called with what the caller gave for it.
    unsafe {
        super::real!(syscall(
            number: c_long,
            first: usize,
            second: usize,
            third: usize,
            fourth: usize,
            fifth: usize,
            sixth: usize
        ) -> c_long)
    }
}
