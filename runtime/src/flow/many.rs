//! Many operations at once, in the frame of the flow or as children.

use std::collections::HashMap;
use std::fmt;

use bytes::Bytes;

use crate::durable::Durable;
use crate::ids::InstanceId;
use crate::machine::{
    Branch, Crowd, Cx, Deferrable, Ends, Fault, JoinError, Member, Op, Outcome, Progress, Step,
    Until, crowd, decode_branches, encode_branches,
};
use crate::payload::Payload;

pub(super) struct Many<O> {
    operations: Vec<O>,
    limit: Option<(usize, Hold<O>)>,
}

/// How an operation is put off.
type Hold<O> = fn(O) -> Result<Bytes, Fault>;

/// What many operations came to.
pub(super) enum Together<T> {
    All(Vec<T>),
    /// One was enough.
    One(usize, T),
}

impl<O> fmt::Debug for Many<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} operations", self.operations.len())
    }
}

impl<O: Deferrable> Many<O> {
    pub(super) fn limit(self, most: usize) -> Self {
        let limit = Some((most.max(1), O::held as Hold<O>));
        Self { limit, ..self }
    }
}

impl<O> Many<O> {
    pub(super) fn new(operations: impl IntoIterator<Item = O>) -> Self {
        Self {
            operations: operations.into_iter().collect(),
            limit: None,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.operations.is_empty()
    }
}

impl<O: Op<Output: Durable>> Many<O> {
    /// Begins all, or as many as there may be at once.
    pub(super) fn start(
        self,
        until: Until,
        is_enough: fn(&O::Output) -> bool,
        cx: &mut Cx,
    ) -> Progress<Together<O::Output>> {
        if self.operations.is_empty() {
            return Ok(Step::Done(Together::All(Vec::new())));
        }
        if O::IS_CHILD {
            return self.start_crowd(until, cx);
        }
        let (most, hold) = self.limit.unzip();
        let mut branches = Vec::new();
        let mut running = 0;
        for (number, operation) in self.operations.into_iter().enumerate() {
            if let Some(hold) = hold.filter(|_| most.is_some_and(|most| running >= most)) {
                branches.push(Branch::Held(hold(operation)?));
                continue;
            }
            match operation.start(cx)? {
                Step::Done(output) if is_enough(&output) => {
                    return Ok(Step::Done(Together::One(number, output)));
                }
                Step::Done(output) => branches.push(Branch::Done(stored(&output, cx)?)),
                Step::Waiting(waiting) => {
                    running += 1;
                    branches.push(Branch::Waiting(waiting));
                }
            }
        }
        ended::<O>(branches, cx)
    }

    pub(super) fn resume(
        waiting: Bytes,
        until: Until,
        is_enough: fn(&O::Output) -> bool,
        cx: &mut Cx,
    ) -> Progress<Together<O::Output>> {
        if O::IS_CHILD {
            return resume_crowd::<O>(waiting, until, is_enough, cx);
        }
        let site = cx.site();
        let (flow, label) = (site.flow, site.label);
        let branches = decode_branches(&waiting).ok_or(Fault::OtherOperands { flow, label })?;
        let mut branches: Vec<Branch> = branches.into_iter().map(|(_, state)| state).collect();
        let mut room = 0;
        for (number, branch) in branches.iter_mut().enumerate() {
            let begins = matches!(branch, Branch::Held(_)) && room > 0;
            let goes_on = matches!(branch, Branch::Waiting(_)) && cx.has_outcome();
            if !begins && !goes_on {
                continue;
            }
            let (Branch::Held(stored_as) | Branch::Waiting(stored_as)) = &*branch else {
                continue;
            };
            match O::resume(stored_as.clone(), cx)? {
                Step::Done(output) if is_enough(&output) => {
                    return Ok(Step::Done(Together::One(number, output)));
                }
                Step::Done(output) => {
                    *branch = Branch::Done(stored(&output, cx)?);
                    room += usize::from(goes_on);
                }
                Step::Waiting(waiting) => {
                    *branch = Branch::Waiting(waiting);
                    room -= usize::from(begins);
                }
            }
        }
        ended::<O>(branches, cx)
    }

    fn start_crowd(self, until: Until, cx: &mut Cx) -> Progress<Together<O::Output>> {
        let limit = self
            .limit
            .map(|(most, _)| u64::try_from(most).unwrap_or(u64::MAX));
        let members = self.operations.into_iter().map(O::member);
        let members = members.collect::<Result<Vec<Member>, Fault>>()?;
        Ok(cx.request_crowd(Crowd {
            members,
            until,
            limit,
        }))
    }
}

/// What all came to, if all have ended; else what they wait with.
fn ended<O: Op<Output: Durable>>(branches: Vec<Branch>, cx: &Cx) -> Progress<Together<O::Output>> {
    if !branches
        .iter()
        .all(|branch| matches!(branch, Branch::Done(_)))
    {
        let names: Vec<String> = (0..branches.len())
            .map(|number| number.to_string())
            .collect();
        let branches = names.iter().map(String::as_str).zip(&branches);
        return Ok(Step::Waiting(encode_branches(branches).into()));
    }
    let (flow, label) = (cx.site().flow, cx.site().label);
    let outputs = branches.into_iter().filter_map(|branch| match branch {
        Branch::Done(payload) => Some(payload),
        _ => None,
    });
    let outputs = outputs.map(|payload| {
        payload.decode().map_err(|source| Fault::DecodeOutcome {
            flow,
            label,
            source,
        })
    });
    let outputs = outputs.collect::<Result<_, _>>()?;
    Ok(Step::Done(Together::All(outputs)))
}

fn stored<T: Durable>(output: &T, cx: &Cx) -> Result<Payload, Fault> {
    let (flow, label) = (cx.site().flow, cx.site().label);
    Payload::encode(output).map_err(|source| Fault::EncodeOutcome {
        flow,
        label,
        source,
    })
}

fn resume_crowd<O: Op<Output: Durable>>(
    waiting: Bytes,
    until: Until,
    is_enough: fn(&O::Output) -> bool,
    cx: &mut Cx,
) -> Progress<Together<O::Output>> {
    let (flow, label) = (cx.site().flow, cx.site().label);
    let damaged = || crowd::damaged(flow);
    let leaf = crowd::leaf(&waiting).ok_or_else(damaged)?;
    let ends = match cx.outcome_of(&leaf.0.to_le_bytes())? {
        None => return Ok(Step::Waiting(waiting)),
        Some(Outcome::Ends(ends)) => ends,
        Some(_) => {
            let expected = "the ends of children";
            return Err(Fault::WrongOutcome {
                flow,
                label,
                expected,
            });
        }
    };
    let ids = crowd::ids(&waiting).ok_or_else(damaged)?;
    let mut outputs = Vec::new();
    for (number, end) in in_order(ids, ends) {
        let output = O::of_end(end, cx)?;
        if is_enough(&output) {
            return Ok(Step::Done(Together::One(number, output)));
        }
        outputs.push(output);
    }
    debug_assert!(until != Until::One, "one that has ended is enough");
    Ok(Step::Done(Together::All(outputs)))
}

/// The ends with their numbers: in the order of the operations, those that are known.
fn in_order(ids: Vec<InstanceId>, ends: Ends) -> Vec<(usize, Result<Payload, JoinError>)> {
    if ids.is_empty() {
        let ends = ends.into_iter().enumerate();
        let known = ends.filter_map(|(number, (_, end))| Some((number, end?)));
        return known.collect();
    }
    let known: HashMap<InstanceId, _> = ends.into_iter().collect();
    let ids = ids.into_iter().enumerate();
    ids.filter_map(|(number, id)| match known.get(&id) {
        Some(end) => Some((number, end.clone()?)),
        None => Some((number, Err(JoinError::Gone { id }))),
    })
    .collect()
}
