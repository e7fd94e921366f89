//! The flow that a spawned action is: it calls the action and returns its result.
//!
//! Written by hand, as a macro would have to know each action: it passes the
//! bytes on. Its arguments are the call, by position: name, policy, arguments.

use bytes::Bytes;

use super::CallPolicy;
use crate::codec::EncodeError;
use crate::machine::{
    ActionRequest, Cx, Fault, FlowDef, Frame, Machine, Outcome, Progress, Shape, Site, Step, Tie,
    Wait,
};
use crate::payload::{Fields, FieldsBuilder, Payload};

/// What is spawned when an action is.
#[derive(Debug)]
pub(crate) struct SpawnedAction;

/// No function can have this name.
const NAME: &str = "(action)";

static RUN: Site = Site {
    flow: NAME,
    label: "run",
    file: "",
    line: 0,
    column: 0,
    twins: 0,
    kept: "",
};

static SHAPE: Shape = Shape {
    name: NAME,
    version: 1,
    file: "",
    line: 0,
    fingerprint: 0,
    locals: &[],
    params: 0,
    allows: &[],
    states: &[Site {
        flow: NAME,
        label: "run",
        file: "",
        line: 0,
        column: 0,
        twins: 0,
        kept: "",
    }],
    operands: &[],
    drawn: "",
};

impl SpawnedAction {
    /// The flow as the engine knows it.
    pub(crate) const FLOW: FlowDef = FlowDef::of::<Self>();

    /// The arguments of the flow that makes this call.
    ///
    /// # Errors
    ///
    /// [`EncodeError`], which the call's own parts do not cause.
    pub(crate) fn arguments(call: &ActionRequest) -> Result<Fields, EncodeError> {
        let mut fields = FieldsBuilder::default();
        fields.push("action", &call.action)?;
        fields.push("policy", &call.policy)?;
        for (name, value) in call.arguments.iter() {
            fields.push_encoded(name, value.bytes());
        }
        Ok(fields.finish())
    }
}

/// The call that these arguments are.
fn call(fields: &Fields) -> Option<ActionRequest> {
    let mut fields = fields.iter();
    let action: String = fields.next()?.1.decode().ok()?;
    let policy: Option<Box<CallPolicy>> = fields.next()?.1.decode().ok()?;
    let mut arguments = FieldsBuilder::default();
    for (name, value) in fields {
        arguments.push_encoded(name, value.bytes());
    }
    Some(ActionRequest {
        action,
        arguments: arguments.finish(),
        policy,
    })
}

impl Machine for SpawnedAction {
    type Output = Payload;

    const RESULT: Tie<Payload> = Tie::encoded();

    const SHAPE: &'static Shape = &SHAPE;

    fn resume(frame: Bytes, cx: &mut Cx) -> Progress<Payload> {
        let damaged = |what| Fault::DamagedFrame { flow: NAME, what };
        let frame = Frame::decode(&frame).ok_or_else(|| damaged("its bytes are no frame"))?;
        let outer = cx.enter(&RUN);
        let step = if frame.label.is_empty() {
            let call = call(&frame.locals).ok_or_else(|| damaged("it has no call"))?;
            Ok(cx.request(Wait::Action(call)))
        } else {
            match cx.outcome_of(&frame.waiting)? {
                Some(Outcome::Value(payload)) => Ok(Step::Done(payload)),
                Some(_) => Err(damaged("it waits for an action, and something else came")),
                None => Ok(Step::Waiting(frame.waiting.clone())),
            }
        };
        cx.enter(outer);
        Ok(match step? {
            Step::Done(payload) => Step::Done(payload),
            Step::Waiting(waiting) => Step::Waiting(
                Frame {
                    label: RUN.label.to_owned(),
                    waiting,
                    ..Frame::start(&SHAPE, Fields::default())
                }
                .encode(),
            ),
        })
    }
}
