//! From what was seen to what is told.
//!
//! In: trapped calls, differences. Out: findings with the flow, its line and
//! the path of calls, as short as it can be without leaving out the user's code.

use flowstone_hooks::{Call, Hit};

use super::differ::Difference;
use crate::machine::{Frame, Shape};
use crate::record::{Finding, Offence, Place};
use crate::turn::Segment;

/// What generated code is called.
const MACHINE: [&str; 2] = ["machine::Machine", ">::resume"];

/// Functions that ask for what differs, of which the order of a map or the speed of
/// a search is made. A map that is only looked up in is as good as any: what comes
/// of its order is seen when the segment runs again.
const UNSEEN: &[&str] = &[
    "hashmap_random_keys",
    "dashmap::default_shard_amount",
    "regex_automata::meta::regex::Config::get_pool_capacity",
];

/// The first call that no flow may make, or the one that makes it.
pub(super) fn offence<'a>(hits: &'a [Hit], flows: &[&'static Shape]) -> Option<&'a Hit> {
    hits.iter().find(|hit| {
        let mut path = hit.path.iter();
        let unseen = path.any(|call| UNSEEN.iter().any(|name| call.name.contains(name)));
        let allows = flow_of(hit, flows).map_or(&[][..], |flow| flow.allows);
        let allowed = allows.iter().any(|allow| allow.group == hit.group.id());
        !unseen && !allowed
    })
}

/// Whose code it is: marks are addresses of shapes.
fn flow_of(hit: &Hit, flows: &[&'static Shape]) -> Option<&'static Shape> {
    let mut flows = flows.iter().copied();
    flows.find(|flow| std::ptr::from_ref(*flow).addr() == hit.mark)
}

pub(super) fn called(segment: &Segment, hit: &Hit, flows: &[&'static Shape]) -> Box<Finding> {
    let shape = flow_of(hit, flows).unwrap_or(segment.flow.shape);
    let machine = hit.path.iter().find(|call| is_machine(call));
    let root = machine.and_then(|call| call.file.as_deref()?.strip_suffix(shape.file));
    let line = machine.and_then(|call| call.line).unwrap_or(shape.line);
    let place = Place {
        file: shape.file.to_owned(),
        line,
    };
    let call = match hit.detail.as_str() {
        "" => format!("{}()", hit.call),
        detail => format!("{}({detail:?})", hit.call),
    };
    let offence = Offence::Called {
        group: hit.group.id().to_owned(),
        does: hit.group.does().to_owned(),
        instead: hit.group.instead().map(str::to_owned),
        call,
        path: path(&hit.path, shape, root.unwrap_or_default()),
    };
    finding(segment, shape, place, offence)
}

pub(super) fn differs(segment: &Segment, difference: Difference) -> Box<Finding> {
    let shape = segment.flow.shape;
    let behind = behind(segment, shape).and_then(|(_, place)| place);
    let place = behind.unwrap_or_else(|| Place {
        file: shape.file.to_owned(),
        line: shape.line,
    });
    let Difference { what, first, then } = difference;
    finding(
        segment,
        shape,
        place,
        Offence::Differs { what, first, then },
    )
}

fn finding(segment: &Segment, shape: &Shape, place: Place, offence: Offence) -> Box<Finding> {
    Box::new(Finding {
        flow: shape.name.to_owned(),
        place,
        instance: segment.ambient.instance.to_string(),
        behind: behind(segment, segment.flow.shape),
        offence,
    })
}

fn behind(segment: &Segment, shape: &Shape) -> Option<(String, Option<Place>)> {
    let label = Frame::decode(&segment.frame)?.label;
    let place = shape.state(&label).map(Place::of);
    (!label.is_empty()).then_some((label, place))
}

/// From the flow to the call, without what is inside of std.
fn path(calls: &[Call], shape: &Shape, root: &str) -> Vec<(String, Option<Place>)> {
    let mut path = Vec::new();
    let mut of_std: Option<&Call> = None;
    for call in calls {
        if is_machine(call) {
            path.extend(of_std.take().map(|call| named(call, root)));
            path.push((format!("the flow `{}`", shape.name), place(call, root)));
            break;
        }
        if is_of_std(call) {
            // Of std only what the user's code calls.
            of_std = Some(call);
            continue;
        }
        path.extend(of_std.take().map(|call| named(call, root)));
        path.push(named(call, root));
    }
    path.reverse();
    path
}

fn named(call: &Call, root: &str) -> (String, Option<Place>) {
    let place = place(call, root).filter(|_| !is_of_std(call));
    (call.name.clone(), place)
}

fn place(call: &Call, root: &str) -> Option<Place> {
    let (file, line) = (call.file.as_deref()?, call.line?);
    let own = file.strip_prefix(root).unwrap_or(file);
    // Of a dependency only its own folder.
    let own = own.split_once("/registry/src/").map_or(own, |(_, rest)| {
        rest.split_once('/').map_or(rest, |(_, krate)| krate)
    });
    Some(Place {
        file: own.to_owned(),
        line,
    })
}

fn is_machine(call: &Call) -> bool {
    MACHINE.iter().all(|part| call.name.contains(part))
}

fn is_of_std(call: &Call) -> bool {
    let file = call.file.as_deref().unwrap_or_default();
    file.contains("/library/") && (file.starts_with("/rustc/") || file.contains("/rustlib/src/"))
}
