//! What most programs need: `use flowstone::prelude::*;`.

pub use crate::action::{ActionCx, ActionFailure, Dep, Retry};
pub use crate::client::{
    AskError, CancelError, Description, Filter, Handle, ResultError, Reuse, RunError, SendError,
    Start, StartError, Stopped, Waiting,
};
pub use crate::durable::Durable;
pub use crate::engine::{Engine, OpenError};
pub use crate::flow::{Channel, Question};
pub use crate::ids::InstanceId;
pub use crate::record::{ParkReason, Status};
pub use crate::time::Timestamp;
pub use crate::{action, flow};
pub use std::time::Duration;
