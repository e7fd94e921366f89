//! Runs a body as a machine, step by step.
//!
//! In: a flow. Out: what it did, as [`differ`](crate::differ) compares it. The frame goes
//! through bytes at every await. Children, timers and messages are all numbers here, of
//! which some order says which comes next.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::Arc;

use bytes::Bytes;
use flowstone::flow::{Ambient, Aside, FlowCall, JoinError};
use flowstone::machine::{
    Crowd, Cx, Frame, Machine, Member, Outcome, Request, Step, Until, Wait, leaves,
};
use flowstone::{InstanceId, LeafId, Payload, Timestamp};

use crate::differ::{Order, Run, begin, came_to, ended, say};
use crate::spawned::end_of;

thread_local! {
    static IS_DRIVEN: Cell<bool> = const { Cell::new(false) };
}

/// While it lives, a machine takes a step.
struct Driven;

impl Driven {
    fn begin() -> Self {
        IS_DRIVEN.set(true);
        Self
    }
}

impl Drop for Driven {
    fn drop(&mut self) {
        IS_DRIVEN.set(false);
    }
}

/// Whether a machine takes a step now.
pub(crate) fn is_driven() -> bool {
    IS_DRIVEN.get()
}

/// Runs a body as the machine that Flowstone makes of it.
///
/// # Panics
///
/// If the machine reports a fault or never ends, and where the body does.
pub fn machine<M: Machine>(flow: FlowCall<M>) -> Run<M::Output> {
    machine_in(Order::FIRST, flow)
}

/// The same with what it waits for in some order.
///
/// # Panics
///
/// As [`machine`].
pub fn machine_in<M: Machine>(mut order: Order, flow: FlowCall<M>) -> Run<M::Output> {
    begin();
    let mut frame = sound(flow.start_frame());
    let mut cx = Cx::starting();
    let mut around = Around::default();
    loop {
        match sound(around.step(|| M::resume(frame, &mut cx))) {
            Step::Done(result) => return ended(result),
            Step::Waiting(next) => frame = through_bytes(&next),
        }
        let (requests, next_leaf) = cx.finish();
        for request in requests {
            around.ask(request);
        }
        let waited = leaves(&frame).expect("a machine makes frames that can be read");
        around.waits_for(&waited);
        let (leaf, outcome) = around.next(&mut order);
        cx = Cx::resuming(leaf, outcome, LeafId(next_leaf.0));
    }
}

/// Something that may come.
struct Coming {
    leaf: LeafId,
    n: i64,
    kind: Kind,
}

enum Kind {
    Message,
    Timer,
    Child,
    /// The child of this number in a crowd.
    Member(usize),
}

/// What is around a machine.
#[derive(Default)]
struct Around {
    coming: Vec<Coming>,
    /// What each child that was spawned comes to.
    children: BTreeMap<InstanceId, i64>,
    /// Which children of each crowd have ended.
    crowds: BTreeMap<LeafId, (Arc<Crowd>, Vec<Option<i64>>)>,
}

impl Around {
    /// Lets the machine take a step, and does what it says meanwhile.
    fn step<R>(&mut self, step: impl FnOnce() -> R) -> R {
        let ambient = Ambient {
            instance: sound(InstanceId::new("body")),
            now: Timestamp::from_micros(0),
            seed: 1,
            leaf: None,
            children: self.children.len() as u64,
            lineage: None,
        };
        let (done, asides) = ambient.enter(|| {
            let _driven = Driven::begin();
            step()
        });
        for aside in asides {
            match aside {
                Aside::Spawn(child) => {
                    let n = child.arguments.get("n").expect("it has this argument");
                    let n = sound(n.decode());
                    say(format!("spawn {n}"));
                    self.children.insert(child.id, n);
                }
                Aside::OnFailure(_) => say("on failure".to_owned()),
                Aside::Keep => say("keep".to_owned()),
                other => panic!("not for bodies: {other:?}"),
            }
        }
        done
    }

    fn ask(&mut self, request: Request) {
        let leaf = request.leaf;
        let child = |id: &InstanceId| *self.children.get(id).expect("it was spawned");
        let (n, kind) = match request.wait {
            Wait::Message { channel } => (sound(channel.parse()), Kind::Message),
            Wait::Timer { due } => {
                let limit = due.since(Timestamp::from_micros(0));
                (sound(limit.as_millis().try_into()), Kind::Timer)
            }
            Wait::Child { id, .. } => (child(&id), Kind::Child),
            Wait::Crowd(crowd) => {
                let members = crowd.members.iter().map(|member| match member {
                    Member::Child(id) => child(id),
                    Member::Call(_) => panic!("bodies spawn what is many"),
                });
                let members = members.enumerate().map(|(at, n)| {
                    let kind = Kind::Member(at);
                    Coming { leaf, n, kind }
                });
                self.coming.extend(members);
                let ends = vec![None; crowd.members.len()];
                self.crowds.insert(leaf, (crowd, ends));
                return;
            }
            wait => panic!("not for bodies: {wait:?}"),
        };
        self.coming.push(Coming { leaf, n, kind });
    }

    /// Forgets what nobody waits for any more.
    fn waits_for(&mut self, waited: &[LeafId]) {
        self.coming.retain(|coming| waited.contains(&coming.leaf));
        let is_asked = |leaf: &LeafId| self.coming.iter().any(|coming| coming.leaf == *leaf);
        assert!(
            waited.iter().all(is_asked),
            "what is waited for was asked for"
        );
    }

    /// What comes next, up to where it is enough for the machine to go on.
    fn next(&mut self, order: &mut Order) -> (LeafId, Outcome) {
        loop {
            let Coming { leaf, n, kind } = self.coming.remove(order.pick(self.coming.len()));
            came_to(n);
            return (
                leaf,
                match kind {
                    Kind::Message => Outcome::Value(sound(Payload::encode(&n))),
                    Kind::Timer => Outcome::Fired,
                    Kind::Child => Outcome::Ended(ended_with(n)),
                    Kind::Member(at) => match self.counted(leaf, at, n) {
                        Some(ends) => ends,
                        None => continue,
                    },
                },
            );
        }
    }

    /// Counts an end; gives all if they are enough.
    fn counted(&mut self, leaf: LeafId, at: usize, n: i64) -> Option<Outcome> {
        let (crowd, ends) = self.crowds.get_mut(&leaf).expect("it was asked for");
        if let Some(end) = ends.get_mut(at) {
            *end = Some(n);
        }
        let is_enough = match crowd.until {
            Until::All => false,
            Until::Err => end_of(n).is_err(),
            Until::One => true,
        };
        if !is_enough && ends.iter().any(Option::is_none) {
            return None;
        }
        let ids = crowd.members.iter().filter_map(|member| match member {
            Member::Child(id) => Some(id.clone()),
            Member::Call(_) => None,
        });
        let ends = ends.iter().map(|end| end.map(ended_with));
        Some(Outcome::Ends(ids.zip(ends).collect()))
    }
}

fn ended_with(n: i64) -> Result<Payload, JoinError> {
    end_of(n).map(|n| sound(Payload::encode(&n)))
}

fn through_bytes(frame: &Bytes) -> Bytes {
    let copy = Bytes::copy_from_slice(frame);
    let decoded = Frame::decode(&copy).expect("a machine makes frames that can be read");
    assert_eq!(decoded.encode(), copy, "a frame is what its bytes say");
    copy
}

fn sound<T, E: Debug>(result: Result<T, E>) -> T {
    result.unwrap_or_else(|error| panic!("the machine failed: {error:?}"))
}
