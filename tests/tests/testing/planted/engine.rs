//! Faults of an engine, played by its store: what a simulation of a sound flow says.

use std::collections::BTreeSet;
use std::sync::Arc;

use flowstone::machine::Frame;
use flowstone::prelude::*;
use flowstone::record::{Due, Hot, Leaf, LeafWait, Leaves, Phase};
use flowstone::store::{MemoryStore, Store};
use flowstone::testing::{FaultyStore, SimulatedEngine, Simulation};
use flowstone::turn::Write;

use super::stores::{Forget, Forgetful, Tamper, Tampered};
use crate::support::told;

pub(super) const WORD: Channel<u64> = Channel::new("planted-word");
const MINUTE: Duration = Duration::from_mins(1);

#[action(
    name = "planted-weigh",
    retry(attempts = 3, first_delay = "10s", jitter = 0)
)]
async fn weigh(round: u64) -> u64 {
    unreachable!("{round}: it is faked")
}

#[flow]
pub(super) async fn planted_rounds(rounds: u64) -> (u64, Vec<u64>) {
    let mut sum = 0;
    let mut heard = Vec::new();
    for round in 1..=rounds {
        sum += weigh(round).await;
        heard.push(flow::receive(WORD).await);
        flow::sleep(MINUTE).await;
    }
    (sum, heard)
}

/// What the flow promises, and what the engine does.
async fn rounds(engine: SimulatedEngine) {
    let began = engine.now();
    let handle = engine.start("rounds", planted_rounds(3)).await;
    let handle = handle.expect("it starts");
    for word in [5, 6, 7] {
        handle.send(WORD, word).await.expect("it is sent");
    }
    engine.sleep(MINUTE / 2).await;
    check(&engine).await;
    let engine = engine.crash().await;
    let handle = engine.handle::<(u64, Vec<u64>)>("rounds").expect("an id");
    check(&engine).await;
    let result = handle.result().await.expect("it ends");
    assert_eq!(result, (6, vec![5, 6, 7]), "the result");
    assert_eq!(engine.now() - began, 3 * MINUTE, "the time it took");
    check(&engine).await;
    let ledger = engine.ledger();
    assert_eq!(ledger.rows().len(), 3, "each attempt once");
    let keys = ledger.rows().iter().map(|row| &row.idempotency_key);
    assert_eq!(keys.collect::<BTreeSet<_>>().len(), 3, "keys of their own");
    assert!(
        !engine
            .journal("rounds")
            .await
            .expect("it is read")
            .is_empty(),
        "the journal"
    );
}

pub(super) async fn check(engine: &SimulatedEngine) {
    let found = engine.check().await.expect("it is read");
    let found: Vec<_> = found.iter().map(ToString::to_string).collect();
    assert!(found.is_empty(), "{}", found.join(", "));
}

pub(super) fn simulation<S: Store>(store: impl Fn() -> S + 'static) -> Simulation {
    let mut sim = Simulation::new(1);
    sim.fake::<weigh>(|(round,)| round);
    for word in [5, 6, 7] {
        sim.message(WORD, &word);
    }
    sim.with_store(store);
    sim
}

/// What a run says of an engine with this fault.
#[track_caller]
pub(super) fn run_says(tamper: Tamper, words: &str) {
    let mut sim = simulation(move || Tampered::new(MemoryStore::new(), tamper));
    let text = told(|| sim.run(rounds));
    assert!(text.contains(words), "{text}");
}

/// What crashes everywhere say of a store that forgets.
#[track_caller]
pub(super) fn crashes_say(forget: Forget, words: &str) {
    let mut sim = simulation(move || Forgetful::new(forget));
    let text = told(|| sim.crash_everywhere(|| planted_rounds(3)));
    assert!(text.contains(words), "{text}");
}

pub(super) fn changed(hot: &Arc<Hot>, change: impl FnOnce(&mut Hot)) -> Arc<Hot> {
    let mut hot = Hot::clone(hot);
    change(&mut hot);
    Arc::new(hot)
}

/// The same state with other leaves.
fn with_leaves(hot: &Arc<Hot>, change: impl FnMut(&mut Leaf)) -> Arc<Hot> {
    changed(hot, |hot| {
        let mut leaves: Vec<_> = hot.waiting().cloned().collect();
        leaves.iter_mut().for_each(change);
        if let Some(leaves) = Leaves::of(leaves) {
            hot.phase = Phase::Waiting(leaves);
        }
    })
}

#[test]
fn the_same_engine_without_a_fault_passes() {
    let sound: Tamper = |write, _| Some(write);
    let mut sim = simulation(move || Tampered::new(MemoryStore::new(), sound));
    sim.run(rounds);
    sim.each_seed(0..20, rounds);
    sim.every_order(50, rounds);
    simulation(|| Forgetful::new(|_| {})).crash_everywhere(|| planted_rounds(3));
    let failing = || FaultyStore::new(MemoryStore::new()).fails_after([6]);
    simulation(failing).run(rounds);
}

#[test]
fn a_lost_timer_row() {
    let lost: Tamper = |write, _| (!matches!(write, Write::Timer(_))).then_some(write);
    run_says(lost, "rounds would never wake: ");
}

#[test]
fn a_lost_active_row() {
    let lost: Tamper = |write, _| match write {
        Write::Active { active: true, .. } => None,
        write => Some(write),
    };
    let mut sim = simulation(move || Tampered::new(MemoryStore::new(), lost));
    let text = told(|| sim.crash_everywhere(|| planted_rounds(3)));
    assert!(text.contains("nothing can happen any more"), "{text}");
}

#[test]
fn a_timer_that_is_early() {
    fn early(at: Timestamp) -> Timestamp {
        Timestamp::from_micros(at.as_micros() - 1_000_000)
    }
    let shifted: Tamper = |write, _| {
        Some(match write {
            Write::Timer(due) => Write::Timer(Due {
                at: early(due.at),
                ..due
            }),
            Write::Hot { key, hot } => {
                let hot = with_leaves(&hot, |leaf| {
                    if let LeafWait::Timer { due } = &mut leaf.wait {
                        *due = early(*due);
                    }
                });
                Write::Hot { key, hot }
            }
            write => write,
        })
    };
    run_says(shifted, "the time it took");
}

#[test]
fn a_timer_row_of_another_time() {
    let shifted: Tamper = |write, _| {
        Some(match write {
            Write::Timer(due) => Write::Timer(Due {
                at: due.at + MINUTE,
                ..due
            }),
            write => write,
        })
    };
    run_says(shifted, "rounds would never wake: ");
}

#[test]
fn a_timer_that_stays_when_it_fired() {
    let kept: Tamper = |write, _| (!matches!(write, Write::DropTimer(_))).then_some(write);
    run_says(kept, "the instance of key 0 has a stray timer");
}

#[test]
fn an_active_row_that_stays() {
    let kept: Tamper = |write, _| match write {
        Write::Active { active: false, .. } => None,
        write => Some(write),
    };
    run_says(kept, "the instance of key 0 has a stray ");
}

#[test]
fn a_frame_with_a_stale_local() {
    // Its locals are those with which it was last in this state.
    let stale: Tamper = |write, former| {
        let Write::Hot { key, hot } = write else {
            return Some(write);
        };
        let hot = changed(&hot, |hot| {
            let mut frame = Frame::decode(&hot.frame).expect("a frame");
            let before = former.iter().rev();
            let mut before = before.filter_map(|hot| Frame::decode(&hot.frame));
            if let Some(before) = before.find(|before| before.label == frame.label) {
                frame.locals = before.locals;
                hot.frame = frame.encode();
            }
        });
        Some(Write::Hot { key, hot })
    };
    run_says(stale, "nothing can happen any more, and the test waits");
}

#[test]
fn a_frame_of_the_step_before() {
    let former: Tamper = |write, former| {
        Some(match write {
            Write::Hot { key, hot } => {
                let before = former.last().map(|hot| hot.frame.clone());
                let hot = changed(&hot, |hot| hot.frame = before.unwrap_or(hot.frame.clone()));
                Write::Hot { key, hot }
            }
            write => write,
        })
    };
    run_says(former, "and its frame waits for others");
}

#[test]
fn a_leaf_number_that_is_used_again() {
    let again: Tamper = |write, _| {
        Some(match write {
            Write::Hot { key, hot } => {
                let hot = changed(&hot, |hot| hot.next_leaf = flowstone::LeafId(0));
                Write::Hot { key, hot }
            }
            write => write,
        })
    };
    run_says(again, "keys of their own");
}

#[test]
fn an_end_that_is_not_stored() {
    let lost: Tamper = |write, _| (!matches!(write, Write::End { .. })).then_some(write);
    run_says(lost, "the instance of key 0 has a stray end");
}

#[test]
fn a_start_that_is_not_stored() {
    let lost: Tamper = |write, _| (!matches!(write, Write::Create { .. })).then_some(write);
    run_says(lost, "the instance of key 0 has a stray timer");
}

#[test]
fn a_journal_that_is_not_stored() {
    let lost: Tamper = |write, _| (!matches!(write, Write::Journal { .. })).then_some(write);
    run_says(lost, "the journal");
}

#[test]
fn an_effect_before_its_commit() {
    // What is lost was acknowledged, and its attempts have begun.
    crashes_say(|commits| drop(commits.pop()), "was made twice");
}
