//! One error for each family of commands; each says what to do.

mod ask;
mod data;
mod end;
mod manage;
mod rerun;
mod start;

use crate::store::StoreError;

pub use self::ask::AskError;
pub use self::data::{DataError, LocalError};
pub use self::end::CancelError;
pub use self::manage::{DeleteError, LookError, RetryError, SendError, SkipError};
pub use self::rerun::RerunError;
pub use self::start::{ResultError, RunError, StartError};

/// Whether a call that the store failed may succeed later: after a panic it is opened
/// again; rows that are damaged stay so.
fn may_pass(error: &StoreError) -> bool {
    matches!(error, StoreError::Panicked { .. }) || error.is_retryable()
}
