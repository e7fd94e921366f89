//! Symbols of the system: those that compute and nothing else, and those whose
//! group is known. All others are foreign code.

use super::Deny;
use super::groups::{
    ENVIRONMENT_PROCESS, FILESYSTEM, MONOTONIC_CLOCK, NETWORK_AND_CLIENTS, RANDOMNESS,
    THREADS_SYNC, TIMEZONE_LOCALE, UNSAFE_FFI, WALL_CLOCK,
};

/// Symbols that a flow may reach.
#[derive(Debug)]
#[non_exhaustive]
pub struct Allowed {
    /// The symbols.
    pub symbols: &'static [&'static str],
    /// Why they may be reached.
    pub reason: &'static str,
}

/// All symbols that a flow may reach.
pub const ALLOWED: &[Allowed] = &[
    Allowed {
        symbols: &[
            "memcpy", "memmove", "memset", "memcmp", "bcmp", "memchr", "memrchr", "strlen",
        ],
        reason: "they compute on memory",
    },
    Allowed {
        symbols: &[
            "sin*", "cos*", "tan*", "asin*", "acos*", "atan*", "exp", "expf", "exp2*", "expm1*",
            "log", "logf", "log2*", "log10*", "log1p*", "pow", "powf", "cbrt*", "hypot*", "fmod*",
            "fma", "fmaf", "floor*", "ceil*", "round*", "rint*", "trunc", "truncf", "tgamma*",
            "lgamma*", "ldexp*", "frexp*", "fdim*",
        ],
        reason: "they compute on numbers; on another machine the last digit may differ",
    },
    Allowed {
        symbols: &[
            "malloc",
            "calloc",
            "realloc",
            "free",
            "posix_memalign",
            "aligned_alloc",
        ],
        reason: "they give memory; what they answer is seen in addresses only",
    },
    Allowed {
        symbols: &["_Unwind_*", "rust_eh_personality", "__gcc_personality_v0"],
        reason: "they unwind: a panic parks the instance wherever it happens",
    },
    Allowed {
        symbols: &["abort"],
        reason: "it ends the process, which flows outlive",
    },
    Allowed {
        symbols: &["__errno_location", "__xpg_strerror_r", "strerror_r"],
        reason: "they name the error of a call that is a finding itself",
    },
    Allowed {
        symbols: &["__tls_get_addr", "_GLOBAL_OFFSET_TABLE_"],
        reason: "they find a static, which is a finding itself if it can change",
    },
];

/// A symbol that no row is about.
pub(crate) static FOREIGN: Deny = Deny {
    group: &UNSAFE_FFI,
    paths: &[],
};

/// Symbols of the system whose group is known.
pub(crate) static SYSTEM: &[Deny] = &[
    Deny {
        group: &WALL_CLOCK,
        paths: &["clock_gettime", "gettimeofday", "time", "clock_getres"],
    },
    Deny {
        group: &MONOTONIC_CLOCK,
        paths: &["clock", "times"],
    },
    Deny {
        group: &TIMEZONE_LOCALE,
        paths: &[
            "localtime*",
            "mktime",
            "tzset",
            "setlocale",
            "newlocale",
            "nl_langinfo",
        ],
    },
    Deny {
        group: &RANDOMNESS,
        paths: &[
            "getrandom",
            "getentropy",
            "arc4random*",
            "rand",
            "random",
            "drand48",
        ],
    },
    Deny {
        group: &ENVIRONMENT_PROCESS,
        paths: &[
            "getenv",
            "secure_getenv",
            "setenv",
            "unsetenv",
            "environ",
            "__environ",
            "getpid",
            "getppid",
            "getuid",
            "geteuid",
            "getgid",
            "getegid",
            "getcwd",
            "chdir",
            "sysconf",
            "sched_getaffinity",
            "getauxval",
            "gethostname",
            "uname",
            "exit",
            "_exit",
            "fork",
            "exec*",
            "posix_spawn*",
            "waitpid",
            "waitid",
            "wait4",
            "kill",
            "raise",
            "sigaction",
            "signal",
            "getpwuid_r",
            "isatty",
            "ioctl",
            "getrlimit*",
            "getrusage",
        ],
    },
    Deny {
        group: &FILESYSTEM,
        paths: &[
            "open",
            "open64",
            "openat*",
            "close",
            "read",
            "readv",
            "pread*",
            "write",
            "writev",
            "pwrite*",
            "stat",
            "stat64",
            "lstat*",
            "fstat*",
            "statx",
            "access",
            "faccessat",
            "opendir",
            "fdopendir",
            "readdir*",
            "closedir",
            "dirfd",
            "mkdir*",
            "rmdir",
            "unlink*",
            "rename*",
            "link",
            "linkat",
            "symlink*",
            "readlink*",
            "realpath",
            "truncate*",
            "ftruncate*",
            "fsync",
            "fdatasync",
            "chmod",
            "fchmod*",
            "chown",
            "fcntl*",
            "lseek*",
            "flock",
            "utimensat",
            "futimens",
            "sendfile*",
            "copy_file_range",
            "splice",
            "mmap*",
            "munmap",
        ],
    },
    Deny {
        group: &NETWORK_AND_CLIENTS,
        paths: &[
            "socket",
            "socketpair",
            "connect",
            "bind",
            "listen",
            "accept*",
            "send",
            "sendto",
            "sendmsg",
            "recv",
            "recvfrom",
            "recvmsg",
            "getaddrinfo",
            "freeaddrinfo",
            "getsockopt",
            "setsockopt",
            "getsockname",
            "getpeername",
            "shutdown",
            "poll",
            "epoll_*",
            "eventfd",
        ],
    },
    Deny {
        group: &THREADS_SYNC,
        paths: &[
            "pthread_*",
            "sched_yield",
            "nanosleep",
            "clock_nanosleep",
            "usleep",
            "sleep",
            "sem_*",
        ],
    },
];
