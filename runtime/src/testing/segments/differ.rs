//! Where two runs of one segment part.
//!
//! In: what they came to. Out: the first difference in the words of the flow: a
//! kept local, an argument, a result. Two panics are no difference: a flow that
//! panics is parked for that.

use bytes::Bytes;

use crate::flow::Aside;
use crate::machine::{Fault, Frame, Request, Step, Wait, frames};
use crate::payload::{Fields, Payload};
use crate::turn::{Failure, Stepped};

/// So much is shown of a value.
const MAX_CHARS: usize = 120;
/// So much of that stands before the first difference.
const BEFORE_CHARS: usize = 30;

/// A difference of two runs.
pub(super) struct Difference {
    pub(super) what: String,
    pub(super) first: String,
    pub(super) then: String,
}

pub(super) fn first(first: &Stepped, then: &Stepped) -> Option<Difference> {
    came(first, then).or_else(|| asides(&first.asides, &then.asides))
}

fn came(first: &Stepped, then: &Stepped) -> Option<Difference> {
    match (&first.step, &then.step) {
        (Ok(Step::Waiting(one)), Ok(Step::Waiting(two))) => {
            let asked = requests(first.cx.requests(), then.cx.requests());
            locals(one, two).or(asked).or_else(|| {
                let rest = "what the operation that it waits for has stored";
                (one != two).then(|| of(rest, &hex(one), &hex(two)))
            })
        }
        (Ok(Step::Done(one)), Ok(Step::Done(two))) => {
            payloads("its result", &one.payload, &two.payload)
        }
        (Err(Failure::Panic(_)), Err(Failure::Panic(_))) => None,
        (Err(Failure::Fault(one)), Err(Failure::Fault(two))) => {
            let (one, two) = (one.to_string(), two.to_string());
            (one != two).then(|| of("what stops it", &one, &two))
        }
        _ => {
            let what = "what it comes to";
            Some(of(what, &came_to(first), &came_to(then)))
        }
    }
}

/// What was said without waiting.
fn asides(one: &[Aside], two: &[Aside]) -> Option<Difference> {
    if one == two {
        return None;
    }
    let pair = one.iter().zip(two).find(|(one, two)| one != two);
    let Some((one, two)) = pair else {
        let count = |all: &[Aside]| format!("{} things", all.len());
        return Some(of("what it says without waiting", &count(one), &count(two)));
    };
    if let (Aside::Spawn(one), Aside::Spawn(two)) = (one, two)
        && one.id == two.id
        && one.machine == two.machine
    {
        let what = format!("of the child `{}` the argument", one.id);
        return fields(&what, &one.arguments, &two.arguments);
    }
    let said = "what it says without waiting";
    Some(of(said, &format!("{one:?}"), &format!("{two:?}")))
}

/// The frames' labels and locals, those of frames inside of them, too.
fn locals(one: &Bytes, two: &Bytes) -> Option<Difference> {
    if one == two {
        return None;
    }
    let (one, two) = (frames(one)?, frames(two)?);
    one.iter().zip(&two).find_map(|(one, two)| {
        let labels = (one.label != two.label).then(|| {
            let text = |frame: &Frame| format!("`{}`", frame.label);
            of("the `.await` that it comes to", &text(one), &text(two))
        });
        labels.or_else(|| fields("the kept local", &one.locals, &two.locals))
    })
}

fn requests(one: &[Request], two: &[Request]) -> Option<Difference> {
    if one == two {
        return None;
    }
    let pair = one.iter().zip(two).find(|(one, two)| one != two);
    let Some((one, two)) = pair else {
        let count = |all: &[Request]| format!("{} things", all.len());
        return Some(of("what it asks for", &count(one), &count(two)));
    };
    if let (Wait::Action(one), Wait::Action(two)) = (&one.wait, &two.wait)
        && one.action == two.action
    {
        let what = format!("of the call of `{}` the argument", one.action);
        let arguments = fields(&what, &one.arguments, &two.arguments);
        let options = || {
            let what = format!("how `{}` is called", one.action);
            of(
                &what,
                &format!("{:?}", one.policy),
                &format!("{:?}", two.policy),
            )
        };
        return Some(arguments.unwrap_or_else(options));
    }
    Some(of("what it asks for", &asked(one), &asked(two)))
}

fn asked(request: &Request) -> String {
    let label = request.site.label;
    match &request.wait {
        Wait::Action(call) => format!("the action `{}` at `{label}`", call.action),
        Wait::Timer { due } => format!("a timer at `{label}`, due at {due}"),
        Wait::Message { channel } => format!("a message of `{channel}` at `{label}`"),
        Wait::Child { id, .. } => format!("the end of `{id}` at `{label}`"),
        Wait::Cancelled => format!("a cancel at `{label}`"),
        Wait::Crowd(crowd) => format!("{} children at `{label}`", crowd.members.len()),
        Wait::Restart(restart) => format!("to begin again as `{}` at `{label}`", restart.types),
        Wait::Ask(ask) => format!("{ask:?} at `{label}`"),
    }
}

fn fields(kind: &str, one: &Fields, two: &Fields) -> Option<Difference> {
    if one == two {
        return None;
    }
    let named = one.iter().zip(two.iter()).find_map(|(one, two)| {
        if one.0 != two.0 {
            let name = |name: &str| format!("`{name}`");
            return Some(of(&format!("{kind}s' names"), &name(one.0), &name(two.0)));
        }
        payloads(&format!("{kind} `{}`", one.0), &one.1, &two.1)
    });
    let all = || {
        of(
            &format!("{kind}s"),
            &one.to_json().to_string(),
            &two.to_json().to_string(),
        )
    };
    Some(named.unwrap_or_else(all))
}

fn payloads(what: &str, one: &Payload, two: &Payload) -> Option<Difference> {
    if one == two {
        return None;
    }
    let shown = |payload: &Payload| payload.to_json().map(|json| json.to_string()).ok();
    let texts = shown(one).zip(shown(two)).filter(|(one, two)| one != two);
    let (one, two) = texts.unwrap_or_else(|| (hex(one.bytes()), hex(two.bytes())));
    Some(of(what, &one, &two))
}

fn came_to(ended: &Stepped) -> String {
    match &ended.step {
        Ok(Step::Waiting(_)) => format!("it waits at `{}`", label(ended)),
        Ok(Step::Done(_)) => "it ends".to_owned(),
        Err(Failure::Panic(reason)) => reason.to_string(),
        Err(Failure::Fault(fault)) => Fault::to_string(fault),
    }
}

fn label(ended: &Stepped) -> &str {
    let asked = ended.cx.requests().last();
    asked.map_or("an earlier `.await`", |request| request.site.label)
}

fn hex(bytes: &[u8]) -> String {
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    let digits = halves.filter_map(|half| char::from_digit(half.into(), 16));
    digits.collect()
}

/// Both texts, from shortly before they part.
fn of(what: &str, first: &str, then: &str) -> Difference {
    let same = first
        .chars()
        .zip(then.chars())
        .take_while(|(one, two)| one == two);
    let from = same.count().saturating_sub(BEFORE_CHARS);
    let part = |text: &str| {
        if text.chars().count() <= MAX_CHARS {
            return text.to_owned();
        }
        let start = if from == 0 { "" } else { "..." };
        let part: String = text.chars().skip(from).take(MAX_CHARS).collect();
        let end = if text.chars().count() > from + MAX_CHARS {
            "..."
        } else {
            ""
        };
        format!("{start}{part}{end}")
    };
    Difference {
        what: what.to_owned(),
        first: part(first),
        then: part(then),
    }
}
