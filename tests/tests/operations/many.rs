//! As many operations at once as there are, and limits of how many and how long.

use std::sync::atomic::{AtomicBool, Ordering};

use flowstone::flow::{Elapsed, JoinError};
use flowstone::prelude::*;
use flowstone::testing::Simulation;

use crate::support::{effects, engine, journal, sound};

#[action(name = "many-price")]
async fn price(sku: u64) -> u64 {
    sku * 10
}

#[action(name = "many-reserve")]
async fn reserve(seat: u64) -> Result<u64, String> {
    if seat == 13 {
        return Err("there is no seat 13".to_owned());
    }
    Ok(seat)
}

#[flow]
async fn rest(hours: u64) -> u64 {
    flow::sleep(Duration::from_hours(hours)).await;
    hours
}

#[flow]
async fn prices(count: u64, most: usize) -> Vec<u64> {
    flow::join_all((0..count).map(price)).limit(most).await
}

#[flow]
async fn all_kinds(count: u64) -> (Vec<u64>, Vec<()>, Vec<u64>, Vec<Result<u64, JoinError>>) {
    let handles: Vec<_> = (0..count)
        .map(|hours| rest(count - hours).spawn())
        .collect();
    flow::join!(
        flow::join_all((0..count).map(price)),
        flow::join_all((0..count).map(|hours| flow::sleep(Duration::from_hours(hours)))),
        flow::join_all((0..count).map(rest)).limit(2),
        flow::join_all(handles),
    )
}

fn played(seed: u64) -> Simulation {
    let mut sim = Simulation::new(seed);
    sim.fake::<price>(|(sku,)| sku * 10);
    sim.fake::<reserve>(|(seat,)| match seat {
        13 => Err("there is no seat 13".to_owned()),
        _ => Ok(seat),
    });
    sim
}

#[test]
fn outputs_come_in_order_through_every_crash() {
    for seed in 0..3 {
        let mut sim = played(seed);
        let all = sim.run(async |engine| engine.run("a", all_kinds(3)).await.unwrap());
        let handles = [3, 2, 1].map(Ok).to_vec();
        assert_eq!(all, (vec![0, 10, 20], vec![(); 3], vec![0, 1, 2], handles));
        sim.crash_everywhere(|| all_kinds(2));
        sim.crash_everywhere(|| prices(4, 2));
        assert_eq!(effects(&sim).len(), 4);
    }
}

#[test]
fn no_more_run_at_once_than_was_said() {
    for (most, hours) in [(1, 7), (2, 4), (3, 3), (7, 1), (100, 1), (0, 7)] {
        let mut sim = played(1);
        sim.fake::<price>(|(sku,)| sku)
            .takes(Duration::from_hours(1));
        sim.run(async |engine| {
            let handle = engine.start("p", prices(7, most)).await.unwrap();
            assert_eq!(handle.result().await.unwrap(), [0, 1, 2, 3, 4, 5, 6]);
            let description = handle.describe().await.unwrap();
            let took = description.finished_at.unwrap() - description.created_at;
            assert_eq!(took, Duration::from_hours(hours), "{most}");
            assert_eq!(engine.check().await.unwrap(), []);
        });
    }
}

#[flow]
async fn naps(count: u64, most: usize) -> Vec<u64> {
    flow::join_all((0..count).map(|_| rest(1)))
        .limit(most)
        .await
}

#[test]
fn flows_are_limited_in_the_frame() {
    for (most, hours) in [(1, 5), (2, 3), (5, 1), (9, 1)] {
        let mut sim = Simulation::new(1);
        sim.run(async |engine| {
            let handle = engine.start("n", naps(5, most)).await.unwrap();
            assert_eq!(handle.result().await.unwrap(), [1; 5]);
            let description = handle.describe().await.unwrap();
            let took = description.finished_at.unwrap() - description.created_at;
            assert_eq!(took, Duration::from_hours(hours), "{most}");
        });
        sim.crash_everywhere(|| naps(3, most));
    }
}

#[flow]
async fn book(seats: Vec<u64>) -> Result<Vec<u64>, String> {
    flow::try_join_all(seats.into_iter().map(reserve))
        .limit(3)
        .await
}

#[test]
fn the_first_err_is_enough_and_the_others_are_given_up() {
    let mut sim = played(1);
    sim.fake::<reserve>(|(seat,)| match seat {
        13 => Err("there is no seat 13".to_owned()),
        _ => Ok(seat),
    })
    .takes(Duration::from_hours(1));
    sim.run(async |engine| {
        assert_eq!(
            engine.run("a", book(vec![3, 1, 2])).await.unwrap(),
            Ok(vec![3, 1, 2])
        );
        let seats = vec![1, 2, 13, 4, 5, 6, 7];
        let error = engine.run("b", book(seats)).await.unwrap().unwrap_err();
        assert_eq!(error, "there is no seat 13");
        assert_eq!(engine.check().await.unwrap(), []);
        let live = engine.list(Filter::default().limit(100)).await.unwrap();
        let live = live
            .instances
            .iter()
            .filter(|listed| listed.finished_at.is_none());
        assert_eq!(live.count(), 0);
    });
    sim.crash_everywhere(|| book(vec![1, 2]));
}

#[flow]
async fn seats(bad: bool) -> Result<(u64, u64, u64), String> {
    flow::try_join!(reserve(1), reserve(if bad { 13 } else { 2 }), async {
        flow::sleep(Duration::from_hours(1)).await;
        reserve(3).await
    })
}

#[test]
fn what_fails_first_ends_a_try_join_through_every_crash() {
    let mut sim = played(1);
    for (bad, result) in [
        (false, Ok((1, 2, 3))),
        (true, Err("there is no seat 13".to_owned())),
    ] {
        let end = sim.run(async |engine| engine.run("s", seats(bad)).await.unwrap());
        assert_eq!(end, result);
        sim.crash_everywhere(|| seats(bad));
    }
}

#[flow]
async fn first_of(hours: Vec<u64>) -> ((usize, u64), (usize, u64), usize) {
    let flows = flow::race_all(hours.iter().map(|hours| rest(*hours))).await;
    let actions = flow::race_all(hours.iter().map(|hours| price(*hours))).await;
    let sleeps = hours
        .iter()
        .map(|hours| flow::sleep(Duration::from_hours(*hours)));
    let (timers, ()) = flow::race_all(sleeps).await;
    (flows, actions, timers)
}

#[test]
fn the_first_that_ends_wins() {
    let mut sim = Simulation::new(1);
    sim.fake::<price>(|(sku,)| sku);
    let (flows, actions, timers) =
        sim.run(async |engine| engine.run("f", first_of(vec![4, 2, 3])).await.unwrap());
    assert_eq!((flows, timers), ((1, 2), 1));
    assert!([4, 2, 3].contains(&actions.1));
    let one = sim.run(async |engine| engine.run("f", first_of(vec![9])).await.unwrap());
    assert_eq!(one, ((0, 9), (0, 9), 0));
}

#[flow]
async fn none_at_all() -> (Vec<u64>, Result<Vec<u64>, String>) {
    let none = flow::join_all(Vec::<u64>::new().into_iter().map(price)).await;
    let tried = flow::try_join_all(Vec::<u64>::new().into_iter().map(reserve)).await;
    (none, tried)
}

#[flow]
async fn races_nothing() -> usize {
    flow::race_all(Vec::<u64>::new().into_iter().map(price))
        .await
        .0
}

#[tokio::test]
async fn of_nothing_there_is_nothing_and_no_first() {
    let (engine, _folder) = engine().await;
    assert_eq!(
        engine.run("n", none_at_all()).await.unwrap(),
        (vec![], Ok(vec![]))
    );
    let handle = engine.start("r", races_nothing()).await.unwrap();
    let Stopped::Parked(reason) = handle.finished_or_parked().await.unwrap() else {
        panic!("there is no first")
    };
    assert!(reason.to_string().contains("has no operations"), "{reason}");
    sound(&engine).await;
}

const GO: Channel<u8> = Channel::new("go");

#[flow]
async fn limited(hours: u64) -> Vec<String> {
    let limit = Duration::from_hours(hours);
    let mut seen = vec![format!("{:?}", flow::timeout(limit, rest(2)).await)];
    let nested = flow::timeout(limit, flow::timeout(Duration::from_mins(90), rest(3))).await;
    seen.push(format!("{nested:?}"));
    seen.push(format!("{:?}", flow::timeout(limit, price(1)).await));
    let both = flow::join!(flow::timeout(limit, flow::receive(GO)), async {
        flow::timeout(limit, flow::join_all([1, 5].map(rest))).await
    });
    seen.push(format!("{both:?}"));
    seen
}

#[test]
fn what_takes_too_long_is_given_up() {
    let mut sim = played(1);
    let seen = |sim: &mut Simulation, hours| {
        sim.run(async |engine| engine.run("l", limited(hours)).await.unwrap())
    };
    let late = [
        "Err(Elapsed)",
        "Err(Elapsed)",
        "Ok(10)",
        "(Err(Elapsed), Err(Elapsed))",
    ];
    assert_eq!(seen(&mut sim, 1), late);
    let mixed = [
        "Ok(2)",
        "Ok(Err(Elapsed))",
        "Ok(10)",
        "(Err(Elapsed), Err(Elapsed))",
    ];
    assert_eq!(seen(&mut sim, 4), mixed);
    sim.message(GO, &7);
    sim.crash_everywhere(|| limited(2));
    assert_eq!(Elapsed.to_string(), "the time is up");
}

/// One operand waits for children; the other panics meanwhile.
#[flow]
async fn half_broken(bad: bool) -> (Vec<u64>, Result<u64, JoinError>, u64) {
    let child = rest(1).spawn();
    flow::join!(flow::join_all((0..3).map(price)), child, async {
        let number = reserve(7).await.unwrap_or(0);
        assert!(
            !bad || flow::now() > Timestamp::from_micros(i64::MAX / 2),
            "on purpose"
        );
        number
    })
}

#[test]
fn children_that_end_while_their_parent_is_parked_are_counted() {
    let mut sim = played(1);
    sim.fake::<price>(|(sku,)| sku)
        .takes(Duration::from_mins(1));
    sim.run(async |engine| {
        let handle = engine.start("h", half_broken(true)).await.unwrap();
        assert!(matches!(
            handle.finished_or_parked().await.unwrap(),
            Stopped::Parked(_)
        ));
        let child = engine.handle::<u64>("h/1").unwrap();
        child.result().await.unwrap();
        engine.run("wait", rest(2)).await.unwrap();
        assert_eq!(engine.check().await.unwrap(), []);
        engine.retry("h").await.unwrap();
        engine.run("wait again", rest(2)).await.unwrap();
        // It is parked again, by its own panic; what the children brought is there.
        assert!(matches!(
            handle.finished_or_parked().await.unwrap(),
            Stopped::Parked(_)
        ));
        assert_eq!(engine.check().await.unwrap(), []);
        let whole = engine.run("w", half_broken(false)).await.unwrap();
        assert_eq!(whole, (vec![0, 1, 2], Ok(1), 7));
    });
}

/// Panics once, whatever the number.
#[action(name = "many-fussy", retry(attempts = 1))]
async fn fussy(number: u64) -> u64 {
    static TRIED: AtomicBool = AtomicBool::new(false);
    assert!(number != 2 || TRIED.swap(true, Ordering::SeqCst), "not yet");
    number
}

#[flow]
async fn fuss() -> Vec<u64> {
    flow::join_all((0..4).map(fussy)).await
}

#[tokio::test]
async fn one_that_is_parked_is_retried_alone_and_the_others_stay() {
    let (engine, _folder) = engine().await;
    let handle = engine.start("f", fuss()).await.unwrap();
    for number in [1, 2, 4] {
        let other = engine.handle::<u64>(format!("f/{number}")).unwrap();
        other.result().await.unwrap();
    }
    let parked = engine.handle::<u64>("f/3").unwrap();
    assert!(matches!(
        parked.finished_or_parked().await.unwrap(),
        Stopped::Parked(_)
    ));
    let shown = handle.describe().await.unwrap();
    assert_eq!(shown.waiting, Some(Waiting::Children { left: 1 }));
    assert_eq!(shown.status, Status::Waiting);
    engine.retry("f/3").await.unwrap();
    assert_eq!(handle.result().await.unwrap(), [0, 1, 2, 3]);
    sound(&engine).await;
}

#[flow]
async fn sleepers(count: u64) -> Vec<Result<u64, JoinError>> {
    let handles: Vec<_> = (0..count).map(|_| rest(1_000).spawn()).collect();
    flow::join_all(handles).await
}

#[tokio::test]
async fn a_cancelled_parent_takes_ten_thousand_children_along() {
    let (engine, _folder) = engine().await;
    let handle = engine.start("s", sleepers(10_000)).await.unwrap();
    handle.cancel("enough").await.unwrap();
    assert!(handle.result().await.is_err());
    let live = engine
        .list(Filter::default().status(Status::Waiting))
        .await
        .unwrap();
    assert_eq!(live.instances, []);
    sound(&engine).await;
}

#[tokio::test]
async fn one_of_many_that_is_lost_is_told() {
    let (engine, _folder) = engine().await;
    let handle = engine.start("s", sleepers(3)).await.unwrap();
    engine.cancel("s/1", "one").await.unwrap();
    engine.force_delete("s/2").await.unwrap();
    engine.terminate("s/3", "three").await.unwrap();
    let ends = handle.result().await.unwrap();
    let ends: Vec<_> = ends
        .iter()
        .map(|end| end.as_ref().unwrap_err().to_string())
        .collect();
    let gone = "there is no instance `s/2` any more";
    assert_eq!(
        ends,
        ["it was cancelled: one", gone, "it was terminated: three"]
    );
    sound(&engine).await;
}

#[tokio::test]
async fn ten_thousand_actions_are_awaited_at_once() {
    let (engine, _folder) = engine().await;
    let outputs = engine.run("p", prices(10_000, usize::MAX)).await.unwrap();
    assert!(outputs.into_iter().eq((0..10_000).map(|sku| sku * 10)));
    let ended = journal(&engine, "p").await;
    assert_eq!(
        ended,
        ["started", "10000 of 10000 children ended", "finished"]
    );
    sound(&engine).await;
}

#[test]
fn by_hand_each_of_many_is_a_child() {
    let mut machine = book(vec![1, 13, 2]).machine();
    let children: Vec<_> = machine.children().into_iter().cloned().collect();
    assert_eq!(children.len(), 3);
    let mut failed = machine.clone();
    for (child, seat) in children.iter().zip([1_u64, 2, 3]) {
        machine.end_child(child, &Ok::<_, String>(seat));
    }
    assert_eq!(machine.output(), Some(Ok(vec![1, 2, 3])));
    failed.end_child(&children[1], &Err::<u64, _>("no".to_owned()));
    assert_eq!(failed.output(), Some(Err("no".to_owned())));
}

#[flow]
async fn one_for_two(id: String) -> Vec<Result<u64, JoinError>> {
    let first = rest(1).spawn_as(id.clone()).ok();
    let second = rest(2).spawn_as(id).ok();
    flow::join_all(first.into_iter().chain(second)).await
}

#[test]
fn two_handles_of_one_child_are_gathered_when_it_has_ended() {
    let mut sim = played(0);
    sim.run(async |engine| {
        let ended = engine.run("o", one_for_two("mine".to_owned())).await;
        assert_eq!(ended.unwrap(), [Ok(1), Ok(1)]);
        assert_eq!(engine.check().await.unwrap(), []);
    });
    sim.crash_everywhere(|| one_for_two("mine".to_owned()));
}

/// Of two crowds the children begin by turns, and each crowd is told of its own.
#[flow]
async fn by_turns(count: u64) -> (Vec<u64>, Vec<u64>, Vec<Result<u64, JoinError>>) {
    let (mut odd, mut even) = (Vec::new(), Vec::new());
    for hours in 0..count {
        let of = if hours % 2 == 0 { &mut even } else { &mut odd };
        of.push(rest(hours).spawn());
    }
    let late = even.pop();
    let (tens, hundreds, _) = flow::join!(
        flow::join_all((0..count).map(price)).limit(2),
        flow::join_all((0..count).map(|sku| price(sku * 10))).limit(3),
        flow::join_all(odd),
    );
    (
        tens,
        hundreds,
        flow::join_all(even.into_iter().chain(late)).await,
    )
}

#[test]
fn crowds_beside_each_other_are_told_apart() {
    let mut sim = played(0);
    sim.run(async |engine| {
        let (tens, hundreds, even) = engine.run("b", by_turns(7)).await.unwrap();
        assert_eq!(tens, [0, 10, 20, 30, 40, 50, 60]);
        assert_eq!(hundreds, [0, 100, 200, 300, 400, 500, 600]);
        assert_eq!(even, [Ok(0), Ok(2), Ok(4), Ok(6)]);
        assert_eq!(engine.check().await.unwrap(), []);
    });
    sim.crash_everywhere(|| by_turns(4));
}

#[flow]
async fn one_for_two_crowds(id: String) -> (usize, Vec<Result<u64, JoinError>>) {
    let first = rest(1).spawn_as(id.clone()).ok();
    let second = rest(2).spawn_as(id).ok();
    let (first, second) = flow::join!(
        flow::join_all(first),
        flow::join_all(second.into_iter().chain([rest(3).spawn()])),
    );
    (first.len(), second)
}

#[test]
fn a_child_for_which_two_crowds_wait_counts_in_one_of_them() {
    let mut sim = played(0);
    sim.run(async |engine| {
        let (first, second) = engine
            .run("o", one_for_two_crowds("m".into()))
            .await
            .unwrap();
        assert_eq!(first, 1);
        assert!(
            matches!(second[..], [Err(JoinError::Gone { .. }), Ok(3)]),
            "{second:?}"
        );
    });
    sim.crash_everywhere(|| one_for_two_crowds("m".to_owned()));
}
