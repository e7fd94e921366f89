//! What people read: descriptions, rows of lists and journals as text.

use std::time::Duration;

use expect_test::{Expect, expect};

use super::support::*;
use crate::client::Filter;
use crate::engine::Engine;
use crate::record::{Brought, Happening};
use crate::store::MemoryStore;

async fn described(engine: &Engine, expected: Expect) {
    expected.assert_eq(&engine.describe("a").await.unwrap().to_string());
}

#[tokio::test]
async fn an_instance_is_shown_in_each_of_its_states() {
    let world = World::default();
    let engine = still_engine(&world, MemoryStore::new()).await;
    let steps = vec![
        Do::Sleep(1_500),
        Do::Act(How::Gate("g".into())),
        Do::Receive("numbers".into()),
        Do::Panic("shown".into()),
    ];
    let handle = engine.start("a", script(steps)).await.unwrap();
    handle.send(OTHER, 1).await.unwrap();
    described(&engine, expect![[r#"
        a: waiting, flow script, started 1970-01-01T00:00:01.000000Z
          arguments: {"steps":[{"Sleep":1500},{"Act":{"Gate":"g"}},{"Receive":"numbers"},{"Panic":"shown"}]}
          at script::sleep (script.rs:20)
          sleeps since 1970-01-01T00:00:01.000000Z, wakes up at 1970-01-01T00:00:02.500000Z
          1 message of `other` is stored"#]]).await;
    engine.advance(Duration::from_millis(1_500));
    world.begun("a/1#1").await;
    described(&engine, expect![[r#"
        a: running, flow script, started 1970-01-01T00:00:01.000000Z
          arguments: {"steps":[{"Sleep":1500},{"Act":{"Gate":"g"}},{"Receive":"numbers"},{"Panic":"shown"}]}
          at script::call (script.rs:10)
          calls `act` with {"how":{"Gate":"g"}} since 1970-01-01T00:00:02.500000Z, attempt 1
          1 message of `other` is stored"#]]).await;
    world.open_gate("g");
    handle.send(NUMBERS, 7).await.unwrap();
    parked(&handle).await;
    let shown = engine.describe("a").await.unwrap().to_string();
    assert!(shown.starts_with("a: parked"), "{shown}");
    assert!(shown.contains("support.rs:"), "{shown}");
    engine.delete("a").await.unwrap();
    engine.run("a", script(vec![])).await.unwrap();
    described(
        &engine,
        expect![[r#"
        a: finished, flow script, started 1970-01-01T00:00:02.500000Z
          arguments: {"steps":[]}
          finished 1970-01-01T00:00:02.500000Z
          result: []"#]],
    )
    .await;
    let page = engine.list(Filter::default()).await.unwrap();
    expect!["a: finished, flow script, started 1970-01-01T00:00:02.500000Z, finished 1970-01-01T00:00:02.500000Z"].assert_eq(&page.instances[0].to_string());
}

#[tokio::test]
async fn a_journal_is_one_line_a_row() {
    let world = World::default();
    let engine = still_engine(&world, MemoryStore::new()).await;
    let steps = vec![
        echo("x".repeat(300)),
        Do::Sleep(0),
        Do::Receive("numbers".into()),
        Do::Act(How::Big(20_000)),
    ];
    let handle = engine.start("a", script(steps)).await.unwrap();
    handle.send(NUMBERS, 7).await.unwrap();
    handle.result().await.unwrap();
    let entries = engine.journal("a").await.unwrap();
    let lines: Vec<String> = entries.iter().map(ToString::to_string).collect();
    expect![[r#"
        1970-01-01T00:00:01.000000Z started
        1970-01-01T00:00:01.000000Z call: `act` brought {"Ok":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx... (took 0ns)
        1970-01-01T00:00:01.000000Z sleep: the time has come
        1970-01-01T00:00:01.000000Z received from `numbers`: 7
        1970-01-01T00:00:01.000000Z call: `act` brought (a value of 20007 bytes) (took 0ns)
        1970-01-01T00:00:01.000000Z finished"#]].assert_eq(&lines.join("\n"));
    let failed = Happening::Attempt {
        action: "act".into(),
        attempt: 2,
        error: Brought::Text("it took longer than 5s".to_owned()),
    };
    expect!["attempt 2 of `act` failed: it took longer than 5s"].assert_eq(&failed.to_string());
    let whole = format!("{:#}", entries[1]);
    assert!(whole.contains(&"x".repeat(300)), "{whole}");
}
