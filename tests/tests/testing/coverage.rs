//! Which states and edges tests took.

use expect_test::expect;
use flowstone::prelude::*;
use flowstone::testing::{Answer, Coverage, Simulation, Taken};

use crate::support::told;

const WORD: Channel<u64> = Channel::new("cover-word");

#[action(name = "cover-ask")]
async fn ask(n: u64) -> Result<u64, ActionFailure> {
    unreachable!("{n}: it is faked")
}

#[flow]
async fn cover_rounds(rounds: u64) -> Result<u64, ActionFailure> {
    let mut sum = 0;
    for round in 0..rounds {
        if round == 7 {
            continue;
        }
        sum += ask(round).await?;
    }
    let word = flow::receive(WORD).await;
    if word > 5 {
        flow::sleep(Duration::from_secs(word)).await;
    }
    Ok(sum)
}

#[flow]
async fn cover_fork(n: u64) -> u64 {
    let (one, other) = flow::join!(ask(n), async {
        flow::sleep(Duration::from_secs(1)).await;
        flow::receive(WORD).await
    });
    let won = flow::race! {
        n = ask(2) => n.is_ok(),
        () = flow::sleep(Duration::from_secs(5)) => false,
    };
    u64::from(won) + other + one.unwrap_or(0)
}

#[flow]
async fn cover_outer(n: u64) -> u64 {
    let inner = cover_rounds(n).await;
    flow::sleep(Duration::from_secs(1)).await;
    inner.unwrap_or_default()
}

fn simulation() -> Simulation {
    let mut sim = Simulation::new(1);
    sim.fake::<ask>(|(n,)| Ok(n));
    sim.message(WORD, &3);
    sim
}

fn edges(coverage: &Coverage, wanted: Taken) -> Vec<String> {
    let edges = coverage.edges().filter(|(_, taken)| *taken == wanted);
    edges.map(|(edge, _)| edge.to_string()).collect()
}

/// Of one run of `cover_rounds` with one message, which comes before it is asked for.
fn rounds(rounds: u64, word: u64) -> Coverage {
    let mut sim = simulation();
    sim.run(async |engine| {
        let handle = engine.start("c", cover_rounds(rounds)).await;
        let handle = handle.expect("it starts");
        handle.send(WORD, word).await.expect("it is sent");
        handle
            .result()
            .await
            .expect("it ends")
            .expect("it is asked");
    });
    sim.coverage::<cover_rounds>()
}

#[test]
fn a_table_says_what_was_never_reached() {
    expect![[r"
        `cover_rounds`: 2 of 3 states reached, 5 of 9 edges taken, 1 perhaps
        reached        cover_rounds::ask (tests/tests/testing/coverage.rs:23)
        reached        cover_rounds::receive (tests/tests/testing/coverage.rs:25)
        never reached  cover_rounds::sleep (tests/tests/testing/coverage.rs:27)
        taken          start -> for round in 0 .. rounds
        perhaps taken  for round in 0 .. rounds -> for round in 0 .. rounds: next item, round == 7
        taken          for round in 0 .. rounds -> ask: next item, not round == 7
        never taken    ask -> end: ?
        taken          ask -> for round in 0 .. rounds
        taken          for round in 0 .. rounds -> receive: no more
        never taken    receive -> sleep: word > 5
        never taken    sleep -> end
        taken          receive -> end: not word > 5
    "]]
    .assert_eq(&rounds(2, 3).to_string());
}

#[test]
fn two_tests_together_cover_more() {
    let both = rounds(0, 3) + rounds(8, 9);
    both.assert_all_states();
    let text = told(|| both.assert_all_edges());
    assert_eq!(
        text,
        "no test took these edges of `cover_rounds`:\nask -> end: ?"
    );
    let text = told(|| rounds(1, 3).assert_all_states());
    assert!(
        text.starts_with("no test reached these states of `cover_rounds`:\ncover_rounds::sleep (tests/tests/testing/coverage.rs:"),
        "{text}"
    );
    let text = told(|| rounds(1, 3) + simulation().coverage::<cover_fork>());
    assert_eq!(
        text,
        "the coverage of `cover_fork` has nothing to add to that of `cover_rounds`"
    );
}

#[test]
fn by_hand_and_simulated_cover_the_same() {
    let mut machine = cover_rounds(2).machine();
    machine.resolve::<ask>(Ok(1));
    let so_far = machine.clone();
    machine.resolve::<ask>(Ok(1));
    machine.send(WORD, &3);
    assert_eq!(machine.coverage(), rounds(2, 3));
    assert_ne!(so_far.coverage(), machine.coverage());
}

#[test]
fn forks_are_covered_by_operand() {
    let mut sim = simulation();
    sim.fake::<ask>(|(n,)| Ok(n))
        .takes(Duration::from_millis(1));
    let report = sim.crash_everywhere(|| cover_fork(1));
    assert_eq!(report.never_reached, []);
    let coverage = sim.coverage::<cover_fork>();
    coverage.assert_all_states();
    expect![[r"
        `cover_fork`: 7 of 7 states reached, 11 of 12 edges taken, 0 perhaps
        reached        cover_fork::join (tests/tests/testing/coverage.rs:34)
        reached        cover_fork::ask (tests/tests/testing/coverage.rs:34)
        reached        cover_fork::sleep (tests/tests/testing/coverage.rs:35)
        reached        cover_fork::receive (tests/tests/testing/coverage.rs:36)
        reached        cover_fork::race (tests/tests/testing/coverage.rs:38)
        reached        cover_fork::ask#2 (tests/tests/testing/coverage.rs:39)
        reached        cover_fork::sleep#2 (tests/tests/testing/coverage.rs:40)
        taken          start -> join
        taken          join -> ask: operand 1
        taken          ask -> join
        taken          join -> sleep: operand 2
        taken          sleep -> receive
        taken          receive -> join
        taken          join -> race
        taken          race -> ask#2: operand 1
        taken          ask#2 -> race
        taken          race -> sleep#2: operand 2
        never taken    sleep#2 -> race
        taken          race -> end
    "]]
    .assert_eq(&coverage.to_string());
}

#[test]
fn a_flow_inside_of_another_is_covered_with_it() {
    let mut sim = simulation();
    sim.run(async |engine| {
        let handle = engine.start("o", cover_outer(1)).await.expect("it starts");
        handle.send(WORD, 9).await.expect("it is sent");
        handle.result().await.expect("it ends");
    });
    let outer = sim.coverage::<cover_outer>();
    outer.assert_all_states();
    outer.assert_all_edges();
    let inner = sim.coverage::<cover_rounds>();
    inner.assert_all_states();
    expect![[r#"
        [
            "start -> for round in 0 .. rounds",
            "for round in 0 .. rounds -> ask: next item, not round == 7",
            "ask -> for round in 0 .. rounds",
            "for round in 0 .. rounds -> receive: no more",
            "receive -> sleep: word > 5",
            "sleep -> end",
        ]
    "#]]
    .assert_debug_eq(&edges(&inner, Taken::Surely));
    expect![[r#"
        [
            "for round in 0 .. rounds -> for round in 0 .. rounds: next item, round == 7",
        ]
    "#]]
    .assert_debug_eq(&edges(&inner, Taken::Perhaps));
}

#[test]
fn nothing_is_covered_where_nothing_ran() {
    let coverage = simulation().coverage::<cover_fork>();
    assert_eq!(coverage.reached(), []);
    assert!(coverage.edges().all(|(_, taken)| taken == Taken::Never));
}

#[test]
fn mermaid() {
    expect![[r#"
        flowchart TD
            n0(["start"])
            n1(["end"])
            n2{{"for round in 0 .. rounds<br/>line 19"}}
            n3["ask<br/>line 23"]
            n4["receive<br/>line 25"]
            n5["sleep<br/>line 27"]
            n0 --> n2
            n2 -- "next item, round == 7" --> n2
            n2 -- "next item, not round == 7" --> n3
            n3 -- "?" --> n1
            n3 --> n2
            n2 -- "no more" --> n4
            n4 -- "word #62; 5" --> n5
            n5 --> n1
            n4 -- "not word #62; 5" --> n1
            classDef reached fill:#bfb
            classDef missed fill:#fbb,stroke-dasharray:4
            class n3 reached
            class n4 reached
            class n5 missed
            linkStyle 0 stroke:#2a2,stroke-width:3px
            linkStyle 1 stroke:#c90
            linkStyle 2 stroke:#2a2,stroke-width:3px
            linkStyle 3 stroke:#d33,stroke-dasharray:4
            linkStyle 4 stroke:#2a2,stroke-width:3px
            linkStyle 5 stroke:#2a2,stroke-width:3px
            linkStyle 6 stroke:#d33,stroke-dasharray:4
            linkStyle 7 stroke:#d33,stroke-dasharray:4
            linkStyle 8 stroke:#2a2,stroke-width:3px
    "#]]
    .assert_eq(&rounds(2, 3).to_mermaid());
}

#[test]
fn dot() {
    expect![[r#"
        digraph "cover_rounds" {
            n0 [shape=ellipse, label="start"];
            n1 [shape=ellipse, label="end"];
            n2 [shape=hexagon, label="for round in 0 .. rounds\nline 19"];
            n3 [shape=box, label="ask\nline 23", style=filled, fillcolor=palegreen];
            n4 [shape=box, label="receive\nline 25", style=filled, fillcolor=palegreen];
            n5 [shape=box, label="sleep\nline 27", style="filled,dashed", fillcolor=mistyrose];
            n0 -> n2 [color=green, penwidth=3];
            n2 -> n2 [label="next item, round == 7", color=orange];
            n2 -> n3 [label="next item, not round == 7", color=green, penwidth=3];
            n3 -> n1 [label="?", style=dashed, color=red];
            n3 -> n2 [color=green, penwidth=3];
            n2 -> n4 [label="no more", color=green, penwidth=3];
            n4 -> n5 [label="word > 5", style=dashed, color=red];
            n5 -> n1 [style=dashed, color=red];
            n4 -> n1 [label="not word > 5", color=green, penwidth=3];
        }
    "#]]
    .assert_eq(&rounds(2, 3).to_dot());
}

#[flow]
async fn cover_operand(operand: u64) -> u64 {
    let asked = ask(operand).await.unwrap_or(0);
    if asked > 1 {
        let again = ask(asked).await.unwrap_or(0);
        if operand > 3 {
            return again;
        }
    }
    flow::sleep(Duration::from_secs(1)).await;
    asked
}

/// A condition that begins as the text of an operand does makes no fork: the flow waits
/// for the second answer, and did not pass it.
#[test]
fn a_name_does_not_make_a_fork() {
    let mut machine = cover_operand(1).machine();
    machine.resolve::<ask>(Ok(1));
    assert_eq!(
        edges(&machine.coverage(), Taken::Surely),
        ["start -> ask", "ask -> sleep: not asked > 1"]
    );
    let forked = cover_fork(1).machine().coverage();
    let operands = forked.edges().filter(|(edge, _)| edge.is_operand);
    assert_eq!(operands.count(), 4);
}

#[flow]
async fn cover_once(n: u64) -> u64 {
    let asked = ask(n).await.unwrap_or(0);
    flow::sleep(Duration::from_secs(asked)).await;
    n
}

/// Keeps the same under the same labels as `cover_once`, and goes other ways.
#[flow]
async fn cover_twice(n: u64) -> u64 {
    loop {
        if ask(n).await.unwrap_or(0) == 0 {
            return n;
        }
        flow::sleep(Duration::from_secs(1)).await;
    }
}

#[test]
fn a_step_that_the_graph_does_not_know_is_told() {
    let mut sim = simulation();
    sim.script::<ask>([Answer::gives(Ok(1)), Answer::gives(Ok(0))]);
    sim.run(async |engine| engine.run("t", cover_twice(1)).await.expect("it ends"));
    assert_eq!(sim.coverage::<cover_twice>().unknown(), [""; 0]);
    expect![[r"
        `cover_once`: 2 of 2 states reached, 2 of 3 edges taken, 0 perhaps
        reached        cover_once::ask (tests/tests/testing/coverage.rs:296)
        reached        cover_once::sleep (tests/tests/testing/coverage.rs:297)
        taken          start -> ask
        taken          ask -> sleep
        never taken    sleep -> end
        not in graph   ask -> end
        not in graph   sleep -> ask
    "]]
    .assert_eq(&sim.coverage::<cover_once>().to_string());
}

/// What a test remembers by itself, outside of worlds, lets one of the runs ask for another
/// thing, and a crash takes that back.
#[test]
fn a_report_of_crashes_has_the_states_that_coverage_has() {
    let mut sim = simulation();
    let mut calls = 0;
    sim.fake::<ask>(move |_| {
        calls += 1;
        Ok(u64::from(calls == 4))
    });
    let report = sim.crash_everywhere(|| cover_sometimes(1));
    let coverage = sim.coverage::<cover_sometimes>();
    assert_eq!(report.reached, coverage.reached());
    assert_eq!(report.never_reached, []);
}

#[flow]
async fn cover_sometimes(n: u64) -> u64 {
    if ask(n).await.unwrap_or(0) == 1 {
        flow::sleep(Duration::from_secs(1)).await;
    }
    n
}
