//! Case 40: a thousand operations that are ready in a row, futures of others, and calls of
//! one action that share an identity (sdk-rust#1396, #995, #1118; mastra-ai/mastra#17319,
//! cloudflare/workers-sdk#12884). None keeps the others from their turns; what is awaited is
//! known by its place and its round, not by its name.
//!
//! A future that is no operation, and so one that is pending without a waker, is refused by
//! the compiler: `ui-tests/fail/kept/future_awaited.rs`.

use std::collections::BTreeSet;

use flowstone::prelude::*;
use flowstone::testing::Simulation;

use crate::in_memory;

const MAIL: Channel<u32> = Channel::new("identity-mail");

#[action(name = "identity-ask")]
async fn ask(what: &str) -> String {
    unreachable!("{what}: it is faked")
}

/// The same call in a loop, in branches, in a race, in a crowd, spawned and in a flow that
/// is called twice.
#[flow]
async fn asks() -> Vec<String> {
    let mut answers = Vec::new();
    for _ in 0..3 {
        answers.push(ask("same").await);
    }
    let (one, (two, three), four) = flow::join!(
        ask("same"),
        async { flow::join!(ask("same"), ask("same")) },
        async { ask("same").await }
    );
    answers.extend([one, two, three, four]);
    answers.extend(flow::join_all((0..4).map(|_| ask("same"))).limit(2).await);
    answers.push(flow::race! {
        answer = ask("same") => answer,
        () = flow::sleep(Duration::from_hours(1)) => String::new(),
    });
    let spawned = [ask("same").spawn(), ask("same").spawn()];
    for handle in spawned {
        answers.push(handle.await.unwrap_or_default());
    }
    answers.push(asks_once().await);
    answers.push(asks_once().await);
    answers
}

#[flow]
async fn asks_once() -> String {
    ask("same").await
}

#[test]
fn calls_of_one_action_are_told_apart_by_where_they_stand() {
    for seed in 0..5 {
        let mut sim = Simulation::new(seed);
        sim.with_world(());
        // Whoever shared an identity with another would have its answer.
        sim.fake_in::<ask, ()>(|(), cx, _| cx.idempotency_key());
        let answers = sim.run(async |engine| engine.run("a", asks()).await);
        let answers = answers.expect("it ends");
        let different: BTreeSet<&String> = answers.iter().collect();
        assert_eq!((answers.len(), different.len()), (16, 16), "{answers:?}");
        assert_eq!(sim.ledger().rows().len(), 16);
        sim.crash_everywhere(asks);
    }
}

/// Each sleeps as long as was computed for it, though all sleeps stand in one place.
#[flow]
async fn sleeps(factors: Vec<u64>) -> Vec<u64> {
    let began = flow::now();
    let mut after = Vec::new();
    for factor in &factors {
        let pause = Duration::from_secs(factor * factor);
        flow::sleep(pause).await;
        after.push(flow::now().since(began).as_secs());
    }
    let pauses = factors.iter().map(|factor| Duration::from_mins(*factor));
    let all = flow::join_all(pauses.map(|pause| naps(pause.as_secs()))).await;
    after.extend(all);
    after
}

#[flow]
async fn naps(secs: u64) -> u64 {
    let began = flow::now();
    flow::sleep(Duration::from_secs(secs)).await;
    flow::now().since(began).as_secs()
}

#[test]
fn computed_sleeps_are_told_apart() {
    let mut sim = Simulation::new(40);
    let factors = || vec![3, 1, 3, 0, 2];
    let after = sim.run(async |engine| engine.run("s", sleeps(factors())).await);
    let expected = [9, 10, 19, 19, 23, 180, 60, 180, 0, 120];
    assert_eq!(after.expect("it ends"), expected);
    sim.crash_everywhere(|| sleeps(factors()));
}

/// Everything that it awaits is there already.
#[flow]
async fn is_always_ready(rounds: u32) -> u32 {
    let mut sum = 0;
    for n in 0..rounds {
        sum += flow::try_receive(MAIL).await.unwrap_or(1);
        flow::sleep(Duration::ZERO).await;
        sum += returns(n % 2).await;
    }
    let ready = flow::join_all((0..rounds).map(|n| returns(n % 2))).await;
    let slept = flow::join_all((0..rounds).map(|_| flow::sleep(Duration::ZERO))).await;
    sum + ready.into_iter().sum::<u32>() + u32::try_from(slept.len()).unwrap_or(0)
}

#[flow]
async fn returns(n: u32) -> u32 {
    n
}

#[flow]
async fn wants_one_turn() -> u32 {
    flow::receive(MAIL).await
}

#[tokio::test]
async fn a_thousand_ready_operations_in_a_row_end_and_keep_nobody_out() {
    let engine = in_memory().await;
    let busy = engine
        .start("busy", is_always_ready(1_000))
        .await
        .expect("it starts");
    for n in 0..20 {
        let id = format!("other-{n}");
        let other = engine
            .start(&id, wants_one_turn())
            .await
            .expect("it starts");
        other.send(MAIL, n).await.expect("it is there");
        assert_eq!(other.result().await.expect("it ends"), n);
    }
    assert_eq!(
        busy.result().await.expect("it ends"),
        1_000 + 500 + 500 + 1_000
    );
    assert_eq!(engine.check().await.expect("it is read"), []);
}

/// Its body is pending, and nobody will wake it.
#[action(name = "identity-stuck", timeout = "20ms", retry(never))]
async fn stuck() -> Result<u32, ActionFailure> {
    std::future::poll_fn(|_| std::task::Poll::Pending).await
}

#[flow]
async fn calls_stuck() -> bool {
    stuck().await.is_err()
}

#[tokio::test]
async fn an_action_that_nobody_wakes_is_given_up_at_its_time_limit() {
    let engine = in_memory().await;
    assert!(engine.run("s", calls_stuck()).await.expect("it ends"));
    assert_eq!(engine.check().await.expect("it is read"), []);
}
