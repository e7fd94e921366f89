//! Sizes: a typed error where the value is written, the checkpoint intact.

use serde_json::Value;

use super::support::*;
use crate::client::{SendError, StartError};
use crate::flow::Channel;
use crate::record::ParkReason;
use crate::store::{MemoryStore, RedbStore};

const LIMIT_BYTES: usize = 1000;

async fn small() -> crate::Engine {
    let builder = builder(&World::default(), MemoryStore::new());
    builder.max_value_bytes(LIMIT_BYTES).open().await.unwrap()
}

#[tokio::test]
async fn oversized_arguments_and_messages_are_refused_by_name() {
    let engine = small().await;
    let steps = vec![Do::Receive("x".repeat(LIMIT_BYTES))];
    let error = engine.start("a", script(steps)).await.unwrap_err();
    assert!(
        matches!(error, StartError::TooLarge { ref name, .. } if name == "steps"),
        "{error}"
    );
    engine
        .start("a", script(vec![Do::Receive("text".into())]))
        .await
        .unwrap();
    let channel: Channel<String> = Channel::new("text");
    let error = engine
        .send("a", channel, "x".repeat(LIMIT_BYTES))
        .await
        .unwrap_err();
    assert!(
        matches!(
            error,
            SendError::TooLarge {
                channel: "text",
                ..
            }
        ),
        "{error}"
    );
    engine.send("a", channel, "small".to_owned()).await.unwrap();
    engine
        .handle::<Vec<Value>>("a")
        .unwrap()
        .result()
        .await
        .unwrap();
}

#[tokio::test]
async fn oversized_results_and_locals_park_and_can_be_deleted() {
    let engine = small().await;
    let cases = [
        ("the result of `act`", vec![Do::Act(How::Big(LIMIT_BYTES))]),
        (
            "`kept`, kept by script",
            vec![echo(1), Do::Keep(LIMIT_BYTES), echo(2)],
        ),
        (
            "the result of script",
            vec![echo(1), Do::Return(LIMIT_BYTES)],
        ),
    ];
    for (what, steps) in cases {
        let handle = engine.start("a", script(steps)).await.unwrap();
        let reason = parked(&handle).await;
        let ParkReason::TooLarge {
            what: found,
            size_bytes,
            limit_bytes,
        } = &reason
        else {
            panic!("{reason}")
        };
        assert!(
            found.starts_with(what) && size_bytes > limit_bytes,
            "{reason}"
        );
        sound(&engine).await;
        engine.delete("a").await.unwrap();
    }
}

#[tokio::test]
async fn a_large_frame_is_stored_in_pieces_and_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let open = || RedbStore::open(folder.path().join("a.redb")).unwrap();
    let world = World::default();
    let one = engine(&world, open()).await;
    let steps = vec![
        Do::Keep(1_000_000),
        echo(1),
        Do::Receive("numbers".into()),
        Do::Keep(1),
        echo(2),
    ];
    let handle = one.start("a", script(steps)).await.unwrap();
    world.begun("a/0#1").await;
    sound(&one).await;
    drop((one, handle));
    let two = engine(&world, open()).await;
    two.send("a", NUMBERS, 1).await.unwrap();
    assert_eq!(
        two.handle::<Vec<Value>>("a")
            .unwrap()
            .result()
            .await
            .unwrap()
            .len(),
        3
    );
    sound(&two).await;
}
