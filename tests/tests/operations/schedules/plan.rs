//! The flow of a schedule: it does what it was told at random.

use flowstone::prelude::*;
use rand::RngExt as _;
use rand::rngs::StdRng;
use serde::{Deserialize, Serialize};

pub(super) const NUMBERS: Channel<u64> = Channel::new("numbers");

#[action(name = "schedule-work", retry(attempts = 3, first_delay = "1m"))]
pub(super) async fn work(number: u64) -> Result<u64, String> {
    unreachable!("{number}: it is faked")
}

#[action(name = "schedule-undo")]
pub(super) async fn undo(number: u64) -> u64 {
    unreachable!("{number}: it is faked")
}

#[action(name = "schedule-once", at_most_once)]
pub(super) async fn once(number: u64) -> Result<u64, ActionFailure> {
    unreachable!("{number}: it is faked")
}

/// What a flow of a schedule does next.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Deed {
    Work(u64),
    Undoable(u64),
    /// What undoes it is a flow of two steps.
    UndoableBySteps {
        minutes: u64,
        number: u64,
    },
    Sleep(u64),
    Spawn(Vec<Self>),
    Detach(Vec<Self>),
    Send {
        child: usize,
        number: u64,
    },
    Await(usize),
    Cancel(usize),
    /// Waits for all children at once, and cancels one in the same step.
    Gather {
        cancelled: usize,
    },
    Receive {
        minutes: u64,
    },
    Drain,
    Many(Vec<u64>),
    Race {
        minutes: u64,
        number: u64,
    },
    Shielded(u64),
    Once(u64),
    Restart(Vec<Self>),
    Fail,
}

#[flow]
pub(super) async fn doer(deeds: Vec<Deed>) -> Result<u64, String> {
    let mut children: Vec<Option<flow::Handle<Result<u64, String>>>> = Vec::new();
    let mut sum = 0;
    for deed in deeds {
        match deed {
            Deed::Work(number) => sum += work(number).await.unwrap_or(0),
            Deed::Undoable(number) => {
                sum += work(number).await.unwrap_or(0);
                flow::on_failure(undo(number));
            }
            Deed::UndoableBySteps { minutes, number } => {
                sum += work(number).await.unwrap_or(0);
                flow::on_failure(undo_by_steps(minutes, number));
            }
            Deed::Sleep(minutes) => flow::sleep(Duration::from_mins(minutes)).await,
            Deed::Spawn(deeds) => children.push(Some(doer(deeds).spawn())),
            Deed::Detach(deeds) => {
                doer(deeds).spawn().detach();
            }
            Deed::Send { child, number } => {
                let id = children
                    .get(child)
                    .and_then(Option::as_ref)
                    .map(flow::Handle::id);
                if let Some(id) = id.cloned() {
                    sum += u64::from(flow::send(id, NUMBERS, number).await.is_ok());
                }
            }
            Deed::Await(child) => {
                if let Some(handle) = children.get_mut(child).and_then(Option::take) {
                    sum += handle.await.map_or(1, |done| done.unwrap_or(2));
                }
            }
            Deed::Cancel(child) => {
                if let Some(handle) = children.get(child).and_then(Option::as_ref) {
                    handle.cancel("not needed");
                }
            }
            Deed::Gather { cancelled } => {
                if let Some(handle) = children.get(cancelled).and_then(Option::as_ref) {
                    handle.cancel("one of many");
                }
                let all: Vec<_> = children.iter_mut().filter_map(Option::take).collect();
                let expected = all.len();
                let ended = flow::join_all(all).await;
                assert_eq!(ended.len(), expected, "each child is waited for");
                sum += ended
                    .into_iter()
                    .flatten()
                    .filter_map(Result::ok)
                    .sum::<u64>();
            }
            Deed::Receive { minutes } => {
                let limit = Duration::from_mins(minutes);
                sum += flow::timeout(limit, flow::receive(NUMBERS))
                    .await
                    .unwrap_or(0);
            }
            Deed::Drain => sum += flow::drain(NUMBERS).await.into_iter().sum::<u64>(),
            Deed::Many(numbers) => {
                let all = flow::join_all(numbers.into_iter().map(work)).limit(2).await;
                sum += all.into_iter().filter_map(Result::ok).sum::<u64>();
            }
            Deed::Race { minutes, number } => {
                sum += flow::race! {
                    done = work(number) => done.unwrap_or(3),
                    got = flow::receive(NUMBERS) => got,
                    () = flow::sleep(Duration::from_mins(minutes)) => 4,
                };
            }
            Deed::Shielded(number) => {
                sum += flow::shield(work(number)).await.unwrap_or(0);
            }
            Deed::Once(number) => {
                flow::put("once", number);
                sum += once(number).await.unwrap_or(5);
            }
            Deed::Restart(deeds) => return flow::restart(doer(deeds)).await,
            Deed::Fail => return Err(format!("failed at {sum}")),
        }
    }
    Ok(sum)
}

#[flow]
async fn undo_by_steps(minutes: u64, number: u64) -> u64 {
    let undone = undo(number).await;
    flow::sleep(Duration::from_mins(minutes)).await;
    undone + undo(number + 1).await
}

pub(super) fn deeds(rng: &mut StdRng, depth: u32) -> Vec<Deed> {
    let mut children = 0;
    let mut all = Vec::new();
    for _ in 0..rng.random_range(1..8) {
        let deed = deed(rng, depth, children);
        children += usize::from(matches!(deed, Deed::Spawn(_)));
        all.push(deed);
    }
    all
}

fn deed(rng: &mut StdRng, depth: u32, children: usize) -> Deed {
    let number = rng.random_range(0..1_000_000);
    let minutes = rng.random_range(0..90);
    let child = rng.random_range(0..children.max(1));
    match rng.random_range(0..24) {
        0..4 if depth > 0 => Deed::Spawn(deeds(rng, depth - 1)),
        4 if depth > 0 => Deed::Detach(deeds(rng, depth - 1)),
        5..8 if children > 0 => Deed::Await(child),
        8 | 9 if children > 0 => Deed::Send { child, number },
        10 if children > 0 => Deed::Cancel(child),
        23 if children > 0 => Deed::Gather { cancelled: child },
        11 if number % 2 == 0 => Deed::UndoableBySteps { minutes, number },
        11 => Deed::Undoable(number),
        12 => Deed::Sleep(minutes),
        13 | 14 => Deed::Receive { minutes },
        15 => Deed::Drain,
        16 => Deed::Many(
            (0..rng.random_range(0..5))
                .map(|more| number + more)
                .collect(),
        ),
        17 => Deed::Race { minutes, number },
        18 => Deed::Shielded(number),
        19 if rng.random_bool(0.3) => Deed::Fail,
        20 | 21 => Deed::Once(number),
        22 if depth > 0 => Deed::Restart(deeds(rng, depth - 1)),
        _ => Deed::Work(number),
    }
}
