//! Flows drawn, as text and as pictures.

use expect_test::expect;
use flowstone::Graph;
use flowstone::client::LookError;
use flowstone::graph::Node;
use flowstone::prelude::*;

const CONFIRM: Channel<bool> = Channel::new("confirm");

#[action]
async fn book(room: &str) -> Result<u64, ActionFailure> {
    Ok(room.len() as u64)
}

#[action]
async fn tell(text: String) -> usize {
    text.len()
}

#[flow]
async fn rooms(names: Vec<String>, note: Option<String>) -> Result<u64, ActionFailure> {
    let mut sum = 0;
    for name in &names {
        if name.is_empty() || name == "\"<none>\"" {
            continue;
        }
        sum += book(name).await?;
    }
    let (told, confirmed) = flow::join!(tell(sum.to_string()), async {
        flow::sleep(Duration::from_hours(24)).await;
        flow::receive(CONFIRM).await
    });
    match note {
        Some(note) if confirmed => {
            tell(note).await;
        }
        _ => sum += told as u64,
    }
    Ok(sum)
}

#[flow]
async fn outer(name: String) -> u64 {
    let inner = rooms(vec![name], None).await;
    inner.unwrap_or_default()
}

#[test]
fn edges_say_what_holds() {
    let edges: Vec<String> = rooms::graph()
        .edges()
        .map(|edge| edge.to_string() + "\n")
        .collect();
    expect![[r#"
        start -> for name in & names
        for name in & names -> for name in & names: next item, name.is_empty() || name == "\"<none>\""
        for name in & names -> book: next item, not name.is_empty() || name == "\"<none>\""
        book -> end: ?
        book -> for name in & names
        for name in & names -> join: no more
        join -> tell: operand 1
        tell -> join
        join -> sleep: operand 2
        sleep -> receive
        receive -> join
        join -> tell#2: Some(note) if confirmed
        tell#2 -> end
        join -> end: _
    "#]].assert_eq(&edges.concat());
}

#[test]
fn mermaid() {
    expect![[r#"
        flowchart TD
            n0(["start"])
            n1(["end"])
            n2{{"for name in #38; names<br/>line 24"}}
            n3["book<br/>line 28"]
            n4["join<br/>line 30"]
            n5["tell<br/>line 30"]
            n6["sleep<br/>line 31"]
            n7["receive<br/>line 32"]
            n8["tell#35;2<br/>line 36"]
            n0 --> n2
            n2 -- "next item, name.is_empty() || name == #34;#92;#34;#60;none#62;#92;#34;#34;" --> n2
            n2 -- "next item, not name.is_empty() || name == #34;#92;#34;#60;none#62;#92;#34;#34;" --> n3
            n3 -- "?" --> n1
            n3 --> n2
            n2 -- "no more" --> n4
            n4 -- "operand 1" --> n5
            n5 --> n4
            n4 -- "operand 2" --> n6
            n6 --> n7
            n7 --> n4
            n4 -- "Some(note) if confirmed" --> n8
            n8 --> n1
            n4 -- "_" --> n1
            classDef standing fill:#fd6,stroke-width:3px
            class n3 standing
    "#]].assert_eq(&rooms::graph().standing_at("book").to_mermaid());
}

#[test]
fn dot() {
    expect![[r#"
        digraph "rooms" {
            n0 [shape=ellipse, label="start"];
            n1 [shape=ellipse, label="end"];
            n2 [shape=hexagon, label="for name in & names\nline 24"];
            n3 [shape=box, label="book\nline 28"];
            n4 [shape=box, label="join\nline 30"];
            n5 [shape=box, label="tell\nline 30"];
            n6 [shape=box, label="sleep\nline 31"];
            n7 [shape=box, label="receive\nline 32", style=filled, fillcolor=gold];
            n8 [shape=box, label="tell#2\nline 36"];
            n0 -> n2;
            n2 -> n2 [label="next item, name.is_empty() || name == \"\\\"<none>\\\"\""];
            n2 -> n3 [label="next item, not name.is_empty() || name == \"\\\"<none>\\\"\""];
            n3 -> n1 [label="?"];
            n3 -> n2;
            n2 -> n4 [label="no more"];
            n4 -> n5 [label="operand 1"];
            n5 -> n4;
            n4 -> n6 [label="operand 2"];
            n6 -> n7;
            n7 -> n4;
            n4 -> n8 [label="Some(note) if confirmed"];
            n8 -> n1;
            n4 -> n1 [label="_"];
        }
    "#]]
    .assert_eq(&rooms::graph().standing_at("receive").to_dot());
}

#[test]
fn picture() {
    let svg = rooms::graph().standing_at("book").to_svg();
    assert!(svg.starts_with("<svg"), "{svg}");
    for text in ["book", "join", "for name in", "&quot;"] {
        assert!(svg.contains(text), "{text}: {svg}");
    }
    assert_ne!(svg, rooms::graph().to_svg());
}

#[test]
fn what_is_unknown_marks_nothing() {
    assert_eq!(rooms::graph().standing_at("nowhere"), rooms::graph());
}

fn standing(graph: &Graph) -> Vec<String> {
    graph.standing().map(ToString::to_string).collect()
}

#[tokio::test]
async fn an_instance_stands_where_it_waits() {
    let engine = Engine::builder().in_memory().open().await.unwrap();
    let args = (vec!["red".to_owned()], None);
    let handle = engine.start("r", rooms(args.0, args.1)).await.unwrap();
    // It books first, then waits for both of the join.
    loop {
        let graph = handle.graph().await.unwrap();
        if standing(&graph) == ["sleep"] {
            break;
        }
        assert_eq!(graph.flow(), "rooms");
        tokio::task::yield_now().await;
    }
    let called = engine.start("o", outer("blue".to_owned())).await.unwrap();
    loop {
        let graph = called.graph().await.unwrap();
        if standing(&graph) == ["sleep"] {
            assert_eq!(graph.flow(), "rooms", "the flow in which it stands");
            break;
        }
        tokio::task::yield_now().await;
    }
    let unknown = engine.graph("nobody").await.unwrap_err();
    assert!(matches!(unknown, LookError::Unknown { .. }), "{unknown}");
}

#[tokio::test]
async fn what_has_ended_stands_nowhere() {
    let engine = Engine::builder().in_memory().open().await.unwrap();
    let handle = engine.start("e", quick(2)).await.unwrap();
    assert_eq!(handle.result().await.unwrap(), 1);
    let graph = handle.graph().await.unwrap();
    assert_eq!((graph.flow(), graph.standing().count()), ("quick", 0));
    assert!(graph.nodes().contains(&Node::End));
}

#[flow]
async fn quick(n: usize) -> usize {
    tell("a".repeat(n - 1)).await
}

#[test]
fn a_machine_by_hand_stands_where_it_waits() {
    let mut machine = rooms(vec!["red".to_owned()], None).machine();
    assert_eq!(standing(&machine.graph()), ["book"]);
    machine.resolve::<book>(Ok(3));
    assert_eq!(standing(&machine.graph()), ["tell", "sleep"]);
}
