//! What most programs need: `use flowstone::prelude::*;`.

pub use crate::action::{ActionCx, ActionFailure, Dep, Retry};
pub use crate::client::Filter;
pub use crate::engine::Engine;
pub use crate::flow::Channel;
pub use crate::{Durable, InstanceId, Timestamp, action, flow};
pub use std::time::Duration;
