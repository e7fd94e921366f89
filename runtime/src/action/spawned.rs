//! The flow that a spawned operation is: it calls an action and returns its result, or it
//! sleeps.
//!
//! Written by hand, as a macro would have to know each action: it passes the bytes on. Its
//! arguments are the call, by position: name, policy, arguments. To sleep it has one, the
//! point in time.

use bytes::Bytes;

use super::CallPolicy;
use crate::codec::EncodeError;
use crate::machine::{
    ActionRequest, Cx, Fault, FlowDef, Frame, Machine, Outcome, Progress, Shape, Site, Step, Tie,
    Wait,
};
use crate::payload::{Fields, FieldsBuilder, Payload};
use crate::time::Timestamp;

/// What is spawned when an operation is.
#[derive(Debug)]
pub(crate) struct Spawned;

/// No function can have this name.
const NAME: &str = "(operation)";
/// The argument of what sleeps; a call begins with another one.
const DUE: &str = "due";

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

impl Spawned {
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

    /// The arguments of the flow that sleeps until then.
    ///
    /// # Errors
    ///
    /// [`EncodeError`], which a point in time does not cause.
    pub(crate) fn sleeping(due: Timestamp) -> Result<Fields, EncodeError> {
        let mut fields = FieldsBuilder::default();
        fields.push(DUE, &due)?;
        Ok(fields.finish())
    }
}

/// What these arguments say to wait for.
fn wait(fields: &Fields) -> Option<Wait> {
    match fields.iter().next()? {
        (DUE, due) => Some(Wait::Timer {
            due: due.decode().ok()?,
        }),
        _ => call(fields).map(Wait::Action),
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

impl Machine for Spawned {
    type Output = Payload;

    const RESULT: Tie<Payload> = Tie::encoded();

    const SHAPE: &'static Shape = &SHAPE;

    fn resume(frame: Bytes, cx: &mut Cx) -> Progress<Payload> {
        let damaged = |what| Fault::DamagedFrame { flow: NAME, what };
        let frame = Frame::decode(&frame).ok_or_else(|| damaged("its bytes are no frame"))?;
        let outer = cx.enter(&RUN);
        let step = if frame.label.is_empty() {
            let wait = wait(&frame.locals).ok_or_else(|| damaged("it has no operation"))?;
            Ok(cx.request(wait))
        } else {
            match cx.outcome_of(&frame.waiting)? {
                Some(Outcome::Value(payload)) => Ok(Step::Done(payload)),
                Some(Outcome::Fired) => Payload::encode(&())
                    .map(Step::Done)
                    .map_err(|_| damaged("nothing can be stored")),
                Some(_) => Err(damaged("something else came than what it waits for")),
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
