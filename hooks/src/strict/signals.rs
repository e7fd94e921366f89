//! The handlers of the two signals, and what they do with signals of others.

use std::ffi::{c_int, c_void};
use std::mem::zeroed;
use std::ptr::null_mut;
use std::sync::OnceLock;

use super::{clock_gettime, system_call};
use crate::Group;
use crate::record::Pause;
use crate::traps::meaning;

type Handler = extern "C" fn(c_int, *mut libc::siginfo_t, *mut c_void);

/// What was there before, for signals that are not ours.
static BEFORE: OnceLock<[libc::sigaction; 2]> = OnceLock::new();

pub(super) fn install() {
    let mut before = [libc::SIGSYS, libc::SIGSEGV].map(current);
    let ours = [on_sigsys as Handler, on_sigsegv as Handler];
    let signals = [libc::SIGSYS, libc::SIGSEGV];
    let _ = BEFORE.set(before);
    for ((signal, handler), before) in signals.into_iter().zip(ours).zip(&mut before) {
        // SAFETY: an action of zeros is a valid one; the handlers keep to what
        // may be done in a handler of a signal that the thread itself raises.
        unsafe {
            let mut action: libc::sigaction = zeroed();
            action.sa_sigaction = handler as usize;
            action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK | libc::SA_NODEFER;
            libc::sigaction(signal, &raw const action, before);
        }
    }
}

fn current(signal: c_int) -> libc::sigaction {
    // SAFETY: an action of zeros is a valid one, and this only reads.
    unsafe {
        let mut action: libc::sigaction = zeroed();
        libc::sigaction(signal, null_mut(), &raw mut action);
        action
    }
}

/// Whether nobody has taken the signals over.
pub(super) fn are_ours() -> bool {
    is_ours(libc::SIGSYS, on_sigsys) && is_ours(libc::SIGSEGV, on_sigsegv)
}

fn is_ours(signal: c_int, handler: Handler) -> bool {
    current(signal).sa_sigaction == handler as usize
}

extern "C" fn on_sigsys(signal: c_int, info: *mut libc::siginfo_t, context: *mut c_void) {
    const SYS_SECCOMP: c_int = 1;
    // SAFETY: the kernel gives both, and they stand while the handler runs; the
    // registers are those of the call, whose arguments are handed on as they are.
    unsafe {
        // A thread that a strict one started is filtered, too.
        if (*info).si_code != SYS_SECCOMP {
            return hand_on(0, signal, info, context);
        }
        let pause = Pause::new();
        let registers = &mut (*context.cast::<libc::ucontext_t>()).uc_mcontext.gregs;
        let number = register_of(registers, libc::REG_RAX);
        let arguments = [
            libc::REG_RDI,
            libc::REG_RSI,
            libc::REG_RDX,
            libc::REG_R10,
            libc::REG_R8,
            libc::REG_R9,
        ]
        .map(|register| register_of(registers, register));
        if pause.is_watched() {
            let [first, ..] = arguments;
            let (name, group) = meaning(number, usize::try_from(first).unwrap_or(usize::MAX));
            pause.note(name, group, None);
        }
        let refused = matches!(number, libc::SYS_execve | libc::SYS_execveat);
        let done = if refused {
            -i64::from(libc::EPERM)
        } else {
            system_call(number, arguments)
        };
        set_register(registers, libc::REG_RAX, done);
    }
}

extern "C" fn on_sigsegv(signal: c_int, info: *mut libc::siginfo_t, context: *mut c_void) {
    const SI_KERNEL: c_int = 0x80;
    // SAFETY: as above; what the instruction pointer points at was just run, and
    // three bytes of code can be read there unless it lies at the end of a page
    // that ends the program, which no compiler makes.
    unsafe {
        if (*info).si_code != SI_KERNEL {
            return hand_on(1, signal, info, context);
        }
        let registers = &mut (*context.cast::<libc::ucontext_t>()).uc_mcontext.gregs;
        let at = register_of(registers, libc::REG_RIP);
        let code = std::ptr::with_exposed_provenance::<[u8; 3]>(usize::try_from(at).unwrap_or(0));
        let (name, len) = match code.read_unaligned() {
            [0x0f, 0x31, _] => ("rdtsc", 2),
            [0x0f, 0x01, 0xf9] => ("rdtscp", 3),
            _ => return hand_on(1, signal, info, context),
        };
        let pause = Pause::new();
        pause.note(name, Some(Group::MonotonicClock), None);
        let mut now: libc::timespec = zeroed();
        clock_gettime(libc::CLOCK_MONOTONIC, &raw mut now);
        let count = now
            .tv_sec
            .wrapping_mul(1_000_000_000)
            .wrapping_add(now.tv_nsec);
        set_register(registers, libc::REG_RAX, count & 0xffff_ffff);
        set_register(registers, libc::REG_RDX, (count >> 32) & 0xffff_ffff);
        if len == 3 {
            set_register(registers, libc::REG_RCX, 0);
        }
        set_register(registers, libc::REG_RIP, at.wrapping_add(len));
    }
}

fn register_of(registers: &[i64; 23], register: c_int) -> i64 {
    let index = usize::try_from(register).unwrap_or(usize::MAX);
    registers.get(index).copied().unwrap_or(0)
}

fn set_register(registers: &mut [i64; 23], register: c_int, value: i64) {
    let index = usize::try_from(register).unwrap_or(usize::MAX);
    if let Some(place) = registers.get_mut(index) {
        *place = value;
    }
}

/// Does with a signal what would be done without this crate.
///
/// # Safety
///
/// The arguments must be those of the handler.
unsafe fn hand_on(which: usize, signal: c_int, info: *mut libc::siginfo_t, context: *mut c_void) {
    let before = BEFORE.get().and_then(|before| before.get(which));
    let handler = before.map_or(libc::SIG_DFL, |before| before.sa_sigaction);
    // SAFETY: a handler other than the two marks is a function, of the form that
    // its flags say.
    unsafe {
        match before {
            Some(before) if handler != libc::SIG_DFL && handler != libc::SIG_IGN => {
                if before.sa_flags & libc::SA_SIGINFO == 0 {
                    let handler: extern "C" fn(c_int) = std::mem::transmute(handler);
                    handler(signal);
                } else {
                    let handler: Handler = std::mem::transmute(handler);
                    handler(signal, info, context);
                }
            }
            _ => {
                let mut action: libc::sigaction = zeroed();
                action.sa_sigaction = libc::SIG_DFL;
                libc::sigaction(signal, &raw const action, null_mut());
                libc::raise(signal);
            }
        }
    }
}
