//! Stores that forget, under an engine: what crashes and failed commits bring to light.

use flowstone::testing::{FaultyStore, SimulatedEngine};
use flowstone::turn::Write;

use super::engine::{WORD, check, crashes_say, planted_rounds, simulation};
use super::stores::{Forget, Forgetful};
use crate::support::told;

#[test]
fn a_commit_that_a_crash_tears() {
    let torn: Forget = |commits| {
        if let Some(last) = commits.last_mut() {
            last.truncate(last.len() / 2);
        }
    };
    crashes_say(torn, "the flow cannot be started");
}

#[test]
fn a_crash_that_takes_the_messages() {
    let crashes = async |engine: SimulatedEngine| {
        let handle = engine.start("rounds", planted_rounds(3)).await;
        let handle = handle.expect("it starts");
        for word in [5, 6, 7] {
            handle.send(WORD, word).await.expect("it is sent");
        }
        check(&engine.crash().await).await;
    };
    simulation(|| Forgetful::new(|_| {})).run(crashes);
    let forget: Forget = |commits| {
        for commit in commits {
            commit.retain(|write| !matches!(write, Write::Message { .. }));
        }
    };
    let text = told(|| simulation(move || Forgetful::new(forget)).run(crashes));
    let words = "the instance of key 0 has a stray message, or lost one";
    assert!(text.contains(words), "{text}");
}

#[test]
fn an_error_after_which_the_store_is_older() {
    let once = async |engine: SimulatedEngine| {
        let handle = engine.start("rounds", planted_rounds(3)).await;
        let handle = handle.expect("it starts");
        for word in [5, 6, 7] {
            handle.send(WORD, word).await.expect("it is sent");
        }
        handle.result().await.expect("it ends");
        assert_eq!(engine.ledger().rows().len(), 3, "each attempt once");
    };
    let failing = |forget: Forget| {
        simulation(move || FaultyStore::new(Forgetful::new(forget)).fails_after([6]))
    };
    failing(|_| {}).run(once);
    let older: Forget = |commits| commits.truncate(commits.len() - 2);
    let text = told(|| failing(older).run(once));
    assert!(text.contains("each attempt once"), "{text}");
}
