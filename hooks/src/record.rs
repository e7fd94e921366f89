//! Noting a call without disturbing it.
//!
//! In: what a trap saw. Out: raw addresses of the callers, in memory that was
//! set aside before. Nothing is allocated and no lock is taken here: a trap
//! may be inside of anything. Names are looked up after the code has ended.

use std::cell::Cell;
use std::ffi::{CStr, c_char};
use std::ptr::null_mut;

use crate::Group;

/// So many calls are kept of one run.
const MAX_HITS: usize = 24;
/// So many callers of each.
const MAX_CALLERS: usize = 128;
/// The same call from so many same callers is the same offence.
const SAME: usize = 12;
const MAX_DETAIL_BYTES: usize = 96;

thread_local! {
    /// Where to note calls; null while the thread is not watched.
    static PRESENT: Cell<*mut Recorder> = const { Cell::new(null_mut()) };
    static MARK: Cell<usize> = const { Cell::new(0) };
}

/// A call as the trap saw it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Raw {
    pub(crate) call: &'static str,
    pub(crate) group: Group,
    pub(crate) mark: usize,
    callers: [usize; MAX_CALLERS],
    depth: usize,
    detail: [u8; MAX_DETAIL_BYTES],
    detail_len: usize,
}

/// Memory for what one run does.
#[derive(Debug)]
pub(crate) struct Recorder {
    raw: Vec<Raw>,
}

impl Raw {
    pub(crate) fn callers(&self) -> &[usize] {
        self.callers.get(..self.depth).unwrap_or_default()
    }

    pub(crate) fn detail(&self) -> String {
        let bytes = self.detail.get(..self.detail_len).unwrap_or_default();
        String::from_utf8_lossy(bytes).into_owned()
    }

    fn is_same(&self, other: &Self) -> bool {
        let near = |raw: &Self| raw.depth.min(SAME);
        self.call == other.call
            && self.mark == other.mark
            && self.callers.get(..near(self)) == other.callers.get(..near(other))
    }
}

impl Recorder {
    pub(crate) fn new() -> Self {
        Self {
            raw: Vec::with_capacity(MAX_HITS),
        }
    }

    pub(crate) fn hits(&self) -> &[Raw] {
        &self.raw
    }

    fn note(&mut self, call: &'static str, group: Group, detail: Option<&CStr>) {
        if self.raw.len() == MAX_HITS {
            return;
        }
        let mut raw = Raw {
            call,
            group,
            mark: MARK.get(),
            callers: [0; MAX_CALLERS],
            depth: 0,
            detail: [0; MAX_DETAIL_BYTES],
            detail_len: 0,
        };
        let detail = detail.map(CStr::to_bytes).unwrap_or_default();
        for (place, byte) in raw.detail.iter_mut().zip(detail) {
            *place = *byte;
        }
        raw.detail_len = detail.len().min(MAX_DETAIL_BYTES);
        // SAFETY: only `callers` of this frame is touched, and no other thread
        // shares it; the crate's lock is for looking up names, which this does not.
        unsafe {
            backtrace::trace_unsynchronized(|frame| {
                let Some(place) = raw.callers.get_mut(raw.depth) else {
                    return false;
                };
                *place = frame.ip().addr();
                raw.depth += 1;
                true
            });
        }
        if !self.raw.iter().any(|known| known.is_same(&raw)) {
            self.raw.push(raw);
        }
    }
}

/// Runs `code` with its calls noted in `recorder`.
pub(crate) fn with<T>(recorder: &mut Recorder, code: impl FnOnce() -> T) -> T {
    struct Restore(*mut Recorder);
    impl Drop for Restore {
        fn drop(&mut self) {
            PRESENT.set(self.0);
        }
    }
    let _restore = Restore(PRESENT.replace(recorder));
    code()
}

pub(crate) fn mark(mark: usize) -> usize {
    MARK.replace(mark)
}

/// The thread is not watched while this lives; it is afterwards, if it was.
#[derive(Debug)]
pub(crate) struct Pause(*mut Recorder);

impl Pause {
    pub(crate) fn new() -> Self {
        Self(PRESENT.replace(null_mut()))
    }

    /// Whether the thread is watched otherwise.
    pub(crate) fn is_watched(&self) -> bool {
        !self.0.is_null()
    }

    /// Notes a call, if the thread is watched and the call has a group.
    pub(crate) fn note(&self, call: &'static str, group: Option<Group>, detail: Option<&CStr>) {
        let Some(group) = group else { return };
        // SAFETY: `with` put the pointer there and borrows the recorder for as
        // long as it stands; taking it out in `new` makes this the only use.
        if let Some(recorder) = unsafe { self.0.as_mut() } {
            recorder.note(call, group, detail);
        }
    }
}

impl Drop for Pause {
    fn drop(&mut self) {
        PRESENT.set(self.0);
    }
}

/// A text that the caller of a trapped function gave.
///
/// # Safety
///
/// `text` must be null or a C string that lives as long as the call.
pub(crate) unsafe fn text<'a>(text: *const c_char) -> Option<&'a CStr> {
    // SAFETY: the caller gives what this function asks for.
    (!text.is_null()).then(|| unsafe { CStr::from_ptr(text) })
}
