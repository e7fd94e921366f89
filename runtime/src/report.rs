//! Errors as people meet them: `fn main() -> Result<(), impl Error>` and
//! `unwrap` print an error with `Debug`, so that must be readable.
//!
//! In: an error. Out: its text, and below it each cause that the text does not
//! have already.

use std::error::Error;
use std::fmt;

/// Makes `Debug` of errors say what `Display` does, with the causes.
macro_rules! debug_as_text {
    ($($error:ty),+ $(,)?) => {$(
        impl std::fmt::Debug for $error {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::report::write_with_causes(self, f)
            }
        }
    )+};
}

pub(crate) use debug_as_text;

pub(crate) fn write_with_causes(error: &dyn Error, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut said = error.to_string();
    f.write_str(&said)?;
    let mut next = error.source();
    while let Some(cause) = next {
        let text = cause.to_string();
        if !said.contains(&text) {
            write!(f, "\n  because: {text}")?;
            said = text;
        }
        next = cause.source();
    }
    Ok(())
}
