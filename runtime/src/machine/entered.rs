//! Which flow's code runs now: for tests that tell whose code did something.
//!
//! A machine says when it begins and ends. Only a thread that listens keeps it;
//! in release builds, and without the feature `testing`, there is nothing here.

#[cfg(all(feature = "testing", debug_assertions))]
pub(crate) use self::kept::{Entered, listen};
#[cfg(not(all(feature = "testing", debug_assertions)))]
pub(crate) use self::nothing::Entered;

#[cfg(all(feature = "testing", debug_assertions))]
mod kept {
    //! Where somebody may listen.

    use std::cell::RefCell;

    use crate::machine::Shape;

    thread_local! {
        static HEARD: RefCell<Option<Vec<&'static Shape>>> = const { RefCell::new(None) };
    }

    /// A machine that runs; when it is dropped the one around it goes on.
    pub(crate) struct Entered {
        before: usize,
    }

    impl Entered {
        pub(crate) fn new(shape: &'static Shape) -> Self {
            HEARD.with_borrow_mut(|heard| {
                let Some(heard) = heard else { return };
                if !heard.iter().any(|known| std::ptr::eq(*known, shape)) {
                    heard.push(shape);
                }
            });
            let before = flowstone_hooks::mark(std::ptr::from_ref(shape).addr());
            Self { before }
        }
    }

    impl Drop for Entered {
        fn drop(&mut self) {
            let _ = flowstone_hooks::mark(self.before);
        }
    }

    /// Runs `code`; the flows whose machines ran in it. Their addresses are the
    /// marks of what was trapped.
    pub(crate) fn listen<R>(code: impl FnOnce() -> R) -> (R, Vec<&'static Shape>) {
        HEARD.set(Some(Vec::new()));
        let value = code();
        (value, HEARD.take().unwrap_or_default())
    }
}

#[cfg(not(all(feature = "testing", debug_assertions)))]
mod nothing {
    //! Where nobody listens.

    use crate::machine::Shape;

    pub(crate) struct Entered;

    impl Entered {
        pub(crate) fn new(_: &'static Shape) -> Self {
            Self
        }
    }
}
