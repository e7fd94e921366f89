//! The engine, as attempts of actions see it.

use std::any::TypeId;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, mpsc};

use tokio::sync::oneshot;

use super::error::Refusal;
use super::event::{Event, StartRequest};
use crate::action::{Outside, OutsideError};
use crate::ids::InstanceId;
use crate::machine::SendError;
use crate::payload::{Fields, Payload};
use crate::turn::{Rules, oversized_field};

/// Where the requests of actions come in.
pub(super) struct Desk {
    pub(super) events: mpsc::Sender<Event>,
    pub(super) rules: Arc<Rules>,
}

impl fmt::Debug for Desk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Desk")
    }
}

type Answer = Pin<Box<dyn Future<Output = Result<(), OutsideError>> + Send>>;

impl Outside for Desk {
    fn send(
        &self,
        to: InstanceId,
        channel: &'static str,
        message: Payload,
        message_id: String,
    ) -> Answer {
        let size_bytes = message.bytes().len();
        if size_bytes > self.rules.max_value_bytes {
            return self.too_large(&format!("the message for `{channel}`"), size_bytes);
        }
        let id = to.clone();
        self.ask(to, |reply| Event::Send {
            id,
            channel: channel.into(),
            payload: message,
            message_id: Some(message_id.into()),
            reply,
        })
    }

    fn start(&self, id: InstanceId, machine: TypeId, arguments: Fields) -> Answer {
        let Some(flow) = self.rules.registry.flow_of(machine).copied() else {
            let problem = "the flow is generic, and not registered for these types; see \
                           `flowstone::register_flow!`";
            return refused(problem.to_owned());
        };
        if let Some((name, size_bytes)) = oversized_field(&arguments, self.rules.max_value_bytes) {
            return self.too_large(&format!("argument `{name}`"), size_bytes);
        }
        let request = StartRequest::new(id.clone(), flow, arguments);
        self.ask(id, |reply| Event::Start { request, reply })
    }
}

impl Desk {
    fn ask(
        &self,
        id: InstanceId,
        event: impl FnOnce(oneshot::Sender<Result<(), Refusal>>) -> Event,
    ) -> Answer {
        let (reply, answer) = oneshot::channel();
        let sent = self.events.send(event(reply)).is_ok();
        Box::pin(async move {
            if !sent {
                return Err(unavailable(&"it has stopped"));
            }
            let done = answer.await.unwrap_or(Err(Refusal::Stopped));
            done.map_err(|refusal| match refusal {
                Refusal::Stopped => unavailable(&"it has stopped"),
                Refusal::Store(error) => unavailable(&error),
                Refusal::Ended => SendError::Ended { id }.into(),
                Refusal::OtherFlow(_) | Refusal::OtherArgument { .. } => {
                    OutsideError::IdTaken { id }
                }
                _ => SendError::Unknown { id }.into(),
            })
        })
    }

    fn too_large(&self, what: &str, size_bytes: usize) -> Answer {
        let limit = self.rules.max_value_bytes;
        refused(format!(
            "{what} has {size_bytes} bytes, the limit is {limit}"
        ))
    }
}

fn refused(problem: String) -> Answer {
    Box::pin(std::future::ready(Err(OutsideError::Unusable { problem })))
}

fn unavailable(problem: &dyn fmt::Display) -> OutsideError {
    let problem = problem.to_string();
    OutsideError::Unavailable { problem }
}
