//! Messages: from flows, actions and clients; taken without waiting, asked for answers,
//! and none twice.

use flowstone::action::OutsideError;
use flowstone::client::{AskError, Reuse};
use flowstone::flow::{Question, SendError};
use flowstone::prelude::*;
use flowstone::testing::Simulation;

use crate::support::{effects, engine, journal, sound};

const ORDERS: Channel<String> = Channel::new("orders");
const READY: Channel<String> = Channel::new("ready");

#[action(name = "messages-cook")]
async fn cook(dish: &str) -> String {
    format!("hot {dish}")
}

/// Takes orders until there is none for an hour, and sends what is ready.
#[flow]
async fn kitchen(table: InstanceId) -> u32 {
    let mut cooked = 0;
    loop {
        let order = flow::race! {
            order = flow::receive(ORDERS) => Some(order),
            () = flow::sleep(Duration::from_hours(1)) => None,
        };
        let Some(order) = order else {
            return cooked;
        };
        let dish = cook(&order).await;
        if flow::send(table.clone(), READY, dish).await.is_err() {
            return cooked;
        }
        cooked += 1;
    }
}

#[flow]
async fn dinner(dishes: Vec<String>) -> (Vec<String>, Result<u32, flow::JoinError>) {
    let kitchen = kitchen(flow::id()).spawn();
    for dish in &dishes {
        let sent = flow::send(kitchen.id().clone(), ORDERS, dish.clone()).await;
        assert_eq!(sent, Ok(()));
    }
    let mut eaten = Vec::new();
    while eaten.len() < dishes.len() {
        eaten.push(flow::receive(READY).await);
    }
    (eaten, kitchen.await)
}

fn dishes() -> Vec<String> {
    ["soup", "fish", "cake"].map(str::to_owned).to_vec()
}

#[test]
fn messages_between_flows_come_through_every_crash() {
    for seed in 0..3 {
        let mut sim = Simulation::new(seed);
        sim.fake::<cook>(|(dish,)| format!("hot {dish}"));
        let (eaten, cooked) =
            sim.run(async |engine| engine.run("d", dinner(dishes())).await.unwrap());
        assert_eq!(eaten, ["hot soup", "hot fish", "hot cake"]);
        assert_eq!(cooked, Ok(3));
        sim.crash_everywhere(|| dinner(dishes()));
        assert_eq!(effects(&sim).len(), 3);
    }
}

#[flow]
async fn writes_to(id: InstanceId) -> Result<(), SendError> {
    flow::send(id, READY, "hello".to_owned()).await
}

#[flow]
async fn nothing() {}

#[tokio::test]
async fn a_message_to_nobody_or_to_one_that_has_ended_is_told_to_the_flow() {
    let (engine, _folder) = engine().await;
    let id = |id: &str| InstanceId::new(id).unwrap();
    let unknown = engine.run("a", writes_to(id("nobody"))).await.unwrap();
    assert_eq!(unknown, Err(SendError::Unknown { id: id("nobody") }));
    engine.run("n", nothing()).await.unwrap();
    let ended = engine.run("b", writes_to(id("n"))).await.unwrap();
    assert_eq!(ended, Err(SendError::Ended { id: id("n") }));
    // To itself: it has not ended yet.
    assert_eq!(engine.run("c", writes_to(id("c"))).await.unwrap(), Ok(()));
    sound(&engine).await;
}

/// What was there, by one after the other and all at once; then what came meanwhile.
#[flow]
async fn reader() -> Vec<String> {
    let mut read = Vec::new();
    while let Some(order) = flow::try_receive(ORDERS).await {
        read.push(order);
        if read.len() == 2 {
            break;
        }
    }
    read.push("then".to_owned());
    read.extend(flow::drain(ORDERS).await);
    assert!(flow::drain(ORDERS).await.is_empty());
    flow::sleep(Duration::from_secs(1)).await;
    read.extend(flow::drain(ORDERS).await);
    read
}

#[flow]
async fn writer(count: usize) -> Result<Vec<String>, flow::JoinError> {
    let reader = waits_first().spawn();
    for number in 0..count {
        let _ = flow::send(reader.id().clone(), ORDERS, number.to_string()).await;
    }
    reader.await
}

#[flow]
async fn waits_first() -> Vec<String> {
    flow::sleep(Duration::from_mins(1)).await;
    reader().await
}

#[test]
fn what_is_taken_without_waiting_is_taken_once_through_every_crash() {
    let mut sim = Simulation::new(1);
    let read = sim.run(async |engine| engine.run("w", writer(5)).await.unwrap());
    assert_eq!(read.unwrap(), ["0", "1", "then", "2", "3", "4"]);
    sim.crash_everywhere(|| writer(5));
}

#[tokio::test]
async fn first_messages_are_there_before_the_first_step() {
    let (engine, _folder) = engine().await;
    let start = dishes()
        .iter()
        .fold(Start::new(), |start, dish| start.message(ORDERS, dish));
    let handle = engine.start_with("r", reader(), start).await.unwrap();
    let read = handle.result().await.unwrap();
    assert_eq!(read, ["soup", "fish", "then", "cake"]);
    // Attached to: nothing is sent again.
    let start = Start::new().message(ORDERS, &"late".to_owned());
    let again = engine.start_with("r", reader(), start).await.unwrap();
    assert_eq!(again.result().await.unwrap(), read);
    sound(&engine).await;
}

#[tokio::test]
async fn a_first_message_that_is_too_large_starts_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let builder = Engine::builder().path(folder.path().join("store.redb"));
    let engine = builder.max_value_bytes(100).open().await.unwrap();
    let start = Start::new().message(ORDERS, &"x".repeat(200));
    let error = engine.start_with("r", reader(), start).await.unwrap_err();
    assert!(
        error.to_string().contains("`orders` has 202 bytes"),
        "{error}"
    );
    assert!(engine.describe("r").await.is_err());
    sound(&engine).await;
}

#[flow]
async fn twice(number: u64) -> u64 {
    number * 2
}

#[tokio::test]
async fn an_id_is_used_again_as_was_said() {
    let (engine, _folder) = engine().await;
    let start = async |number, reuse| {
        let start = Start::new().reuse(reuse);
        let handle = engine.start_with("t", twice(number), start).await;
        match handle {
            Ok(handle) => handle.result().await.unwrap().to_string(),
            Err(error) => error.to_string(),
        }
    };
    assert_eq!(start(1, Reuse::Live).await, "2");
    assert!(start(1, Reuse::Live).await.starts_with("`t` has ended"));
    assert_eq!(start(1, Reuse::SameCall).await, "2");
    assert!(
        start(2, Reuse::SameCall)
            .await
            .contains("another `number`: 1, not 2")
    );
    assert_eq!(start(2, Reuse::Attach).await, "2");
    assert_eq!(start(2, Reuse::Replace).await, "4");
    assert_eq!(start(2, Reuse::SameCall).await, "4");
    let other = Start::new().reuse(Reuse::Attach);
    let other = engine.start_with("t", nothing(), other).await.unwrap_err();
    assert!(matches!(other, StartError::OtherFlow { .. }), "{other}");
    // One that lives is not replaced.
    let sleeper = engine.start("s", waits_first()).await.unwrap();
    let replace = Start::new().reuse(Reuse::Replace);
    let same = engine
        .start_with("s", waits_first(), replace)
        .await
        .unwrap();
    assert_eq!(same.id(), sleeper.id());
    assert_eq!(journal(&engine, "s").await, ["started"]);
    let replace = Start::new().reuse(Reuse::Replace);
    assert!(engine.start_with("s", nothing(), replace).await.is_err());
    sound(&engine).await;
}

#[flow]
async fn counts(most: usize) -> Vec<String> {
    let mut all = Vec::new();
    while all.len() < most {
        all.push(flow::receive(ORDERS).await);
    }
    all
}

#[tokio::test]
async fn a_message_that_is_sent_again_is_taken_once_also_by_the_next_process() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.redb");
    let engine = Engine::open(&path).await.unwrap();
    let handle = engine.start("c", counts(3)).await.unwrap();
    let send = async |engine: &Engine, what: &str, id: &str| {
        engine.send_once("c", ORDERS, what.to_owned(), id).await
    };
    // At once, and once it is durable.
    let (one, two) = tokio::join!(send(&engine, "a", "1"), send(&engine, "a", "1"));
    one.and(two).unwrap();
    send(&engine, "a", "1").await.unwrap();
    drop((handle, engine));
    let engine = Engine::open(&path).await.unwrap();
    send(&engine, "a", "1").await.unwrap();
    send(&engine, "b", "2").await.unwrap();
    send(&engine, "b", "2").await.unwrap();
    send(&engine, "c", "3").await.unwrap();
    let all = engine.run("c", counts(3)).await.unwrap();
    assert_eq!(all, ["a", "b", "c"]);
    assert!(send(&engine, "a", "4").await.is_err(), "it has ended");
    send(&engine, "a", "1").await.unwrap();
    engine.delete("c").await.unwrap();
    engine.start("c", counts(1)).await.unwrap();
    send(&engine, "anew", "1").await.unwrap();
    assert_eq!(engine.run("c", counts(1)).await.unwrap(), ["anew"]);
    sound(&engine).await;
}

const TAKE: Channel<Question<u32, Result<u32, String>>> = Channel::new("take");

#[flow]
async fn stock(mut left: u32) -> Vec<u32> {
    let mut taken = Vec::new();
    while left > 0 {
        let question = flow::receive(TAKE).await;
        let wanted = question.value;
        if wanted == 99 {
            break;
        }
        let what = cook("receipt").await;
        if wanted > left || what.is_empty() {
            question.answer(Err(format!("{left} left")));
            continue;
        }
        left -= wanted;
        taken.push(wanted);
        question.answer(Ok(left));
    }
    taken
}

#[tokio::test]
async fn a_question_is_answered_with_the_step_or_not_at_all() {
    let (engine, _folder) = engine().await;
    let stock = engine.start("s", stock(10)).await.unwrap();
    assert_eq!(stock.ask(TAKE, 7).await.unwrap(), Ok(3));
    let answers = tokio::join!(stock.ask(TAKE, 1), stock.ask(TAKE, 1), stock.ask(TAKE, 9));
    assert_eq!(answers.0.unwrap(), Ok(2));
    assert_eq!(answers.1.unwrap(), Ok(1));
    assert_eq!(answers.2.unwrap(), Err("1 left".to_owned()));
    let unanswered = stock.ask(TAKE, 99).await.unwrap_err();
    let text = unanswered.to_string();
    assert!(matches!(unanswered, AskError::Ended { .. }), "{text}");
    assert_eq!(text, "`s` has ended without an answer");
    assert_eq!(stock.result().await.unwrap(), [7, 1, 1]);
    let ended = stock.ask(TAKE, 1).await.unwrap_err();
    assert!(matches!(ended, AskError::Ended { .. }), "{ended}");
    let unknown = engine.ask("nobody", TAKE, 1).await.unwrap_err();
    assert!(
        unknown.to_string().contains("there is no instance"),
        "{unknown}"
    );
    sound(&engine).await;
}

#[tokio::test]
async fn whoever_asked_a_deleted_or_cancelled_instance_is_told() {
    let (engine, _folder) = engine().await;
    for cancels in [true, false] {
        engine.start("c", counts(1)).await.unwrap();
        let channel: Channel<Question<u32, Result<u32, String>>> = Channel::new("nobody-reads");
        let end = async {
            loop {
                let description = engine.describe("c").await.expect("it lives");
                if !description.messages.is_empty() {
                    break;
                }
                tokio::task::yield_now().await;
            }
            if cancels {
                engine.cancel("c", "enough").await.expect("it lives");
            } else {
                engine.force_delete("c").await.expect("it lives");
            }
        };
        let (answer, ()) = tokio::join!(engine.ask("c", channel, 1), end);
        assert!(matches!(answer, Err(AskError::Ended { .. })), "{answer:?}");
        let _ = engine.delete("c").await;
    }
    sound(&engine).await;
}

/// Hears three questions before it answers one.
#[flow]
async fn thinks() -> usize {
    let mut asked = Vec::new();
    while asked.len() < 3 {
        asked.push(flow::receive(TAKE).await);
    }
    flow::sleep(Duration::from_millis(1)).await;
    let heard = asked.len();
    for question in asked {
        question.answer(Ok(7));
    }
    heard
}

/// Whoever asked was told that an instance had ended when two commits of it became
/// durable at once and nothing ran for it: it was let go of after the first of them.
#[test]
fn whoever_asked_waits_for_an_instance_that_is_not_in_memory() {
    let mut sim = Simulation::new(7);
    sim.each_seed(0..200, async |engine| {
        let thinker = engine.start("t", thinks()).await.unwrap();
        let ask = || thinker.ask(TAKE, 1);
        let answers = tokio::join!(ask(), ask(), ask());
        for answer in [answers.0, answers.1, answers.2] {
            assert_eq!(answer.unwrap(), Ok(7));
        }
        assert_eq!(engine.check().await.unwrap(), []);
    });
}

/// Polls; in between others get their turns.
#[flow]
async fn polls() -> u64 {
    let mut tries = 0;
    while flow::try_receive(READY).await.is_none() {
        tries += 1;
    }
    tries
}

#[tokio::test]
async fn a_flow_that_only_asks_keeps_nobody_out() {
    let (engine, _folder) = engine().await;
    let polling = engine.start("p", polls()).await.unwrap();
    for number in 0..50 {
        let id = format!("t-{number}");
        assert_eq!(engine.run(id, twice(number)).await.unwrap(), number * 2);
    }
    polling.send(READY, "stop".to_owned()).await.unwrap();
    assert!(polling.result().await.unwrap() > 0);
    sound(&engine).await;
}

#[action(name = "messages-import", retry(attempts = 4, first_delay = "1s"))]
async fn import(cx: ActionCx, lines: u64) -> Result<u64, String> {
    for line in 0..lines {
        let sent = cx.send(cx.instance(), ORDERS, line.to_string()).await;
        sent.map_err(|error| error.to_string())?;
    }
    let started = cx
        .start(format!("{}-twice", cx.instance()), twice(lines))
        .await;
    started.map_err(|error| error.to_string())?;
    if cx.attempt() < 3 {
        return Err("not yet".to_owned());
    }
    Ok(lines)
}

#[flow]
async fn imports(lines: u64) -> (Vec<String>, Result<u64, String>) {
    let done = import(lines).await;
    (flow::drain(ORDERS).await, done)
}

#[test]
fn an_action_sends_and_starts_once_however_often_it_is_tried() {
    let mut sim = Simulation::new(1);
    sim.real::<import>();
    sim.run(async |engine| {
        let (lines, done) = engine.run("i", imports(4)).await.unwrap();
        assert_eq!(
            (lines, done),
            (["0", "1", "2", "3"].map(str::to_owned).to_vec(), Ok(4))
        );
        let started = engine.handle::<u64>("i-twice").unwrap();
        assert_eq!(started.result().await.unwrap(), 8);
        assert_eq!(engine.check().await.unwrap(), []);
    });
}

#[action(name = "messages-bad")]
async fn bad(cx: ActionCx) -> Vec<String> {
    let mut told = Vec::new();
    let mut tell = |done: Result<(), OutsideError>| {
        told.push(
            done.err()
                .map_or_else(String::new, |error| error.to_string()),
        );
    };
    tell(cx.send("nobody", ORDERS, "x".to_owned()).await);
    tell(cx.send("", ORDERS, "x".to_owned()).await);
    tell(cx.start(cx.instance(), nothing()).await);
    told
}

#[flow]
async fn runs_bad() -> Vec<String> {
    bad().await
}

#[tokio::test]
async fn an_action_is_told_what_cannot_be_sent_or_started() {
    let (engine, _folder) = engine().await;
    let told = engine.run("b", runs_bad()).await.unwrap();
    assert!(
        told[0].contains("there is no instance `nobody`"),
        "{told:?}"
    );
    assert!(told[1].contains("must not be empty"), "{told:?}");
    assert!(told[2].contains("another flow"), "{told:?}");
    let by_hand = ActionCx::new(InstanceId::new("x").unwrap(), flowstone::LeafId(1), 1);
    let error = by_hand.send("x", ORDERS, "y".to_owned()).await.unwrap_err();
    assert!(error.to_string().contains("run by hand"), "{error}");
}

#[test]
fn by_hand_the_test_is_everybody_else() {
    let mut machine = dinner(dishes()).machine();
    let sent = machine.sent(ORDERS);
    assert_eq!(sent.len(), 3);
    let kitchen = machine.children()[0].clone();
    assert!(sent.iter().all(|(to, _)| *to == kitchen));
    for dish in ["a", "b", "c"] {
        machine.send(READY, &dish.to_owned());
    }
    machine.end_child(&kitchen, &3_u32);
    let eaten = ["a", "b", "c"].map(str::to_owned).to_vec();
    assert_eq!(machine.output(), Some((eaten, Ok(3))));

    let mut alone = kitchen_of_nobody();
    alone.send(ORDERS, &"soup".to_owned());
    alone.resolve::<cook>("hot soup".to_owned());
    assert_eq!(alone.output(), Some(0));
}

fn kitchen_of_nobody() -> flowstone::testing::ByHand<kitchen> {
    let nobody = InstanceId::new("nobody").expect("a good id");
    let mut machine = kitchen(nobody.clone()).machine();
    machine.has_no(&nobody);
    machine
}
