//! Case 26: a message that arrives while a step is committed, a loop comes round or the
//! flow finishes, and was lost or taken twice (temporal#4137, durabletask-dotnet#387,
//! sdk-dotnet#427). Each that was accepted is consumed once, or reported as not consumed.
//!
//! Ten thousand random runs, with crashes: `client/tests/schedules.rs` of the library, and
//! `schedules` of the operations.

use std::collections::BTreeSet;

use flowstone::prelude::*;
use flowstone::testing::{SimulatedEngine, Simulation};

use crate::instants::at_each_instant;
use crate::journal;

const PARCELS: Channel<u32> = Channel::new("instant-parcels");

#[action(name = "instant-carry")]
async fn carry(round: u32) -> u32 {
    unreachable!("{round}: it is faked")
}

/// Takes parcels in each way that there is, and has steps of other kinds in between.
#[flow]
async fn porter() -> Vec<u32> {
    let mut got = Vec::new();
    for round in 0..3 {
        carry(round).await;
        got.extend(flow::drain(PARCELS).await);
        flow::race! {
            parcel = flow::receive(PARCELS) => got.push(parcel),
            () = flow::sleep(Duration::from_secs(1)) => {}
        }
        got.extend(flow::try_receive(PARCELS).await);
    }
    got
}

/// Two messages, one right behind the other; those that were accepted.
async fn sends(engine: Engine) -> Vec<u32> {
    let send = |parcel| engine.send("p", PARCELS, parcel);
    let (first, second) = tokio::join!(send(1), send(2));
    let accepted = [(1, first), (2, second)].into_iter();
    let accepted = accepted.filter_map(|(parcel, sent)| match sent {
        Ok(()) => Some(parcel),
        // Its start is not known yet; it has ended; the process has.
        Err(SendError::Unknown { .. } | SendError::Finished { .. } | SendError::Stopped) => None,
        Err(error) => panic!("{error}"),
    });
    accepted.collect()
}

/// What was accepted is in the result once, in order, or is left and said to be.
async fn all_is_there(engine: &SimulatedEngine, accepted: &[u32]) {
    let result = engine.run("p", porter()).await.expect("it ends");
    let consumed = result.len();
    assert_eq!(Some(&*result), accepted.get(..consumed), "once, in order");
    let left = engine.describe("p").await.expect("it is there").messages;
    let left: u64 = left.iter().map(|(_, count)| count).sum();
    assert_eq!(
        consumed + usize::try_from(left).expect("few"),
        accepted.len()
    );
    let rows = journal(engine, "p").await;
    let received = rows.iter().filter(|row| row.contains("received"));
    assert_eq!(received.count(), consumed, "{rows:?}");
    assert_eq!(engine.check().await.expect("it is read"), []);
}

fn simulation() -> Simulation {
    let mut sim = Simulation::new(26);
    sim.fake::<carry>(|(round,)| round);
    sim
}

#[test]
fn a_message_at_each_instant_is_received_once_or_left() {
    let seen = std::cell::RefCell::new(BTreeSet::new());
    let instants = at_each_instant(&mut simulation(), sends, async |engine, deed| {
        engine.run("p", porter()).await.expect("it ends");
        let accepted = deed.done().await.unwrap_or_default();
        all_is_there(&engine, &accepted).await;
        let left = engine.describe("p").await.expect("it is there").messages;
        seen.borrow_mut().insert((accepted.len(), left.len()));
    });
    assert!(instants >= 12, "{instants}");
    // Both, one and none of them were accepted, and one was accepted and left.
    let seen = seen.into_inner();
    let accepted: BTreeSet<usize> = seen.iter().map(|(accepted, _)| *accepted).collect();
    assert_eq!(accepted, BTreeSet::from([0, 1, 2]), "{seen:?}");
}

/// The process ends as soon as the sender was answered.
#[test]
fn an_accepted_message_outlives_the_process() {
    at_each_instant(&mut simulation(), sends, async |engine, deed| {
        let handle = engine.start("p", porter()).await.expect("it starts");
        let accepted = deed.done_during(handle.result()).await.unwrap_or_default();
        let engine = engine.crash().await;
        all_is_there(&engine, &accepted).await;
    });
}
