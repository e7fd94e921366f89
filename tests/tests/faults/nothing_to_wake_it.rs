//! Case 30: an instance that is suspended while it holds work that only it can finish
//! (restate#5196: its key was blocked for ever). None waits without something outside of it
//! that wakes it: [`Engine::check`] finds nothing at any commit.
//!
//! So do the random schedules of the operations (`schedules`), at each commit of each.

use flowstone::prelude::*;
use flowstone::store::MemoryStore;
use flowstone::testing::{SimulatedEngine, Simulation};
use flowstone_tests::instants::Instants;

const MAIL: Channel<u32> = Channel::new("wake-mail");
const ASKED: Channel<Question<u32, u32>> = Channel::new("wake-asked");

#[action(name = "wake-work", retry(attempts = 3, first_delay = "1m"))]
async fn work(n: u32) -> Result<u32, String> {
    unreachable!("{n}: it is faked")
}

#[action(name = "wake-undo")]
async fn undo(n: u32) -> u32 {
    unreachable!("{n}: it is faked")
}

#[flow]
async fn child(minutes: u64) -> u64 {
    flow::sleep(Duration::from_mins(minutes)).await;
    minutes
}

/// Waits in each way that there is, one after the other and side by side.
#[flow]
async fn everything(round: u32) -> Result<u32, String> {
    let first = work(1).await?;
    flow::on_failure(undo(first));
    let (spawned, action) = (child(3).spawn(), work(2).spawn());
    child(90).spawn().detach();
    let some = flow::join_all((1..4).map(child)).limit(2).await;
    let (_, done) = flow::join!(flow::receive(MAIL), async {
        flow::sleep(Duration::from_mins(1)).await;
        work(3).await
    });
    let late = flow::timeout(Duration::from_mins(5), flow::receive(MAIL)).await;
    let many = flow::join_all((10..13).map(work)).limit(2).await;
    let asked = flow::receive(ASKED).await;
    let joined = spawned.await.map_or(0, |minutes| minutes);
    let brought = action.await.map_err(|lost| lost.to_string())?;
    asked.answer(7);
    if round == 0 {
        return flow::restart(everything(1)).await;
    }
    let told = flow::race! {
        reason = flow::cancelled() => reason,
        () = flow::sleep(Duration::from_hours(9)) => "nobody".to_owned(),
    };
    flow::shield(child(2)).await;
    done.and(brought)?;
    Err(format!(
        "{told}: {} {joined} {late:?} {}",
        some.len(),
        many.len()
    ))
}

/// Is parked by a message that it does not like.
#[flow]
async fn picky() -> u32 {
    let mail = flow::receive(MAIL).await;
    assert!(mail < 100, "as always");
    mail
}

/// What a client does, so that the flows come through all of it.
async fn plays(engine: &SimulatedEngine) {
    let handle = engine.start("e", everything(0)).await.expect("it starts");
    let picky = engine.start("p", picky()).await.expect("it starts");
    for _ in 0..2 {
        engine.sleep(Duration::from_mins(20)).await;
        handle.send(MAIL, 1).await.expect("it lives");
        assert_eq!(engine.ask("e", ASKED, 1).await.expect("it answers"), 7);
    }
    picky.send(MAIL, 100).await.expect("it lives");
    let stopped = picky.finished_or_parked().await.expect("it is there");
    assert!(matches!(stopped, Stopped::Parked(_)), "{stopped:?}");
    engine.retry("p").await.expect("it is parked");
    picky.finished_or_parked().await.expect("it is there");
    engine.skip_message("p").await.expect("it is parked by one");
    picky.send(MAIL, 1).await.expect("it lives");
    assert_eq!(picky.result().await.expect("it ends"), 1);
    engine.sleep(Duration::from_mins(10)).await;
    handle.cancel("enough").await.expect("it lives");
    let end = handle.result().await.expect("it ends by itself");
    let end = end.expect_err("it fails");
    assert!(end.starts_with("enough: 3 3 "), "{end}");
    engine.sleep(Duration::from_hours(3)).await;
}

/// Does it, with a check at each commit; gives how many there were.
fn checked(seed: u64) -> u64 {
    let instants = Instants::default();
    let mut sim = Simulation::new(seed);
    sim.fake::<work>(|(n,)| Ok(n))
        .fails_times(1, Err("busy".to_owned()))
        .takes(Duration::from_secs(40));
    sim.fake::<undo>(|(n,)| n);
    let of_run = instants.clone();
    sim.with_store(move || of_run.over(MemoryStore::new()));
    let (found, commits) = sim.run(async |engine| {
        let found = instants.check(Engine::clone(&engine));
        plays(&engine).await;
        instants.forget();
        (found, engine.metrics().commits.count)
    });
    assert_eq!(*found.lock().expect("no panic"), [], "seed {seed}");
    commits
}

#[test]
fn at_each_commit_all_that_waits_has_something_that_wakes_it() {
    for seed in 0..20 {
        let commits = checked(seed);
        assert!(commits > 50, "{commits}");
    }
}
