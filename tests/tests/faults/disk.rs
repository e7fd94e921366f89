//! Disks that refuse: a folder that may not be written, and one that is full
//! in the middle of a run.

use std::fs::Permissions;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output};
use std::time::Instant;

use flowstone::prelude::*;
use flowstone::store::{RedbStore, StoreError};

use crate::worker;

/// Whom a test that is run by root becomes: root may write everywhere.
const NOBODY: u32 = 65_534;
/// The limit of the full disk, in the shell's blocks of 512 bytes or more.
const BLOCKS: u32 = 8_192;
const GO: Channel<u32> = Channel::new("disk-go");

#[flow]
async fn keeps(data: String) -> usize {
    let more = flow::receive(GO).await;
    data.len() + usize::try_from(more).unwrap_or_default()
}

async fn open(file: &Path) -> Engine {
    let engine = Engine::builder().path(file);
    let engine = engine.wait_for_file(Duration::from_secs(10));
    engine.open().await.expect("it opens")
}

/// What the process said, once it has ended well.
fn said(output: &Output) -> Vec<String> {
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}{errors}");
    text.lines().map(str::to_owned).collect()
}

#[test]
fn a_folder_that_may_not_be_written_is_a_typed_error() {
    let folder = tempfile::tempdir().expect("a folder");
    let inner = folder.path().join("inner");
    std::fs::create_dir(&inner).expect("it is writable");
    drop(RedbStore::open(inner.join("old.redb")).expect("it opens"));
    // Whoever runs it then must be able to reach the binary.
    let binary = folder.path().join("worker");
    std::fs::copy(worker::binary(), &binary).expect("it is copied");
    let allow = |path: &Path, mode| {
        std::fs::set_permissions(path, Permissions::from_mode(mode)).expect("it is ours");
    };
    allow(folder.path(), 0o755);
    allow(&inner.join("old.redb"), 0o444);
    allow(&inner, 0o555);
    let mut command = Command::new(&binary);
    worker::told(&mut command, "disk::the_refused", &inner);
    if std::fs::metadata(&inner).expect("it is there").uid() == 0 {
        command.uid(NOBODY).gid(NOBODY);
    }
    let said = said(&command.output().expect("it runs"));
    allow(&inner, 0o755);
    let refused = said.iter().filter(|line| line.starts_with("refused "));
    assert_eq!(refused.count(), 2, "{said:?}");
}

/// The process that may not write.
#[test]
fn the_refused() {
    let Some(folder) = worker::folder() else {
        return;
    };
    for name in ["new.redb", "old.redb"] {
        let error = RedbStore::open(folder.join(name)).expect_err("it may not");
        assert!(matches!(error, StoreError::Forbidden { .. }), "{error}");
        assert!(!error.is_retryable(), "nothing changes by itself");
        let text = error.to_string();
        assert!(text.contains(name) && text.contains("rights"), "{text}");
        println!("refused {text}");
    }
}

#[tokio::test]
async fn what_was_acknowledged_before_the_disk_was_full_is_there_after() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Command::new("sh");
    let limited = format!("trap '' XFSZ; ulimit -f {BLOCKS}; exec \"$0\" \"$@\"");
    command.arg("-c").arg(limited).arg(worker::binary());
    worker::told(&mut command, "disk::the_limited", folder.path());
    let said = said(&command.output().expect("it runs"));
    assert!(said.iter().any(|line| line == "full"), "{said:?}");
    let steps = said.iter().filter_map(|line| line.strip_prefix("step "));
    let acknowledged: Vec<&str> = steps.collect();
    assert!(acknowledged.len() > 10, "{acknowledged:?}");
    let engine = open(&folder.path().join("store.redb")).await;
    assert_eq!(engine.check().await.expect("it is read"), []);
    for id in acknowledged {
        let handle = engine.handle::<usize>(id).expect("an id");
        handle.send(GO, 1).await.expect("it is there");
        let length = handle.result().await.expect("it ends");
        assert_eq!(length, data(id).len() + 1, "{id}");
    }
    assert_eq!(engine.check().await.expect("it is read"), []);
}

fn data(id: &str) -> String {
    id.repeat(2_000)
}

/// The process whose file may not grow over the limit.
#[tokio::test]
async fn the_limited() {
    let Some(folder) = worker::folder() else {
        return;
    };
    let engine = open(&folder.join("store.redb")).await;
    let mut number = 0;
    let error = loop {
        let id = format!("flow-{number}");
        match engine.start(&id, keeps(data(&id))).await {
            Ok(_) => println!("step {id}"),
            Err(error) => break error,
        }
        number += 1;
    };
    assert!(error.is_retryable(), "space can be made: {error}");
    let StartError::Store(store) = &error else {
        panic!("{error}")
    };
    assert!(matches!(**store, StoreError::Full { .. }), "{error}");
    println!("full");
    // Nothing more fits, and still it can be looked at.
    let look = async {
        while engine.describe("flow-0").await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    let looked = tokio::time::timeout(Duration::from_secs(20), look);
    looked.await.expect("the store is open again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_in_use_is_waited_for_as_long_as_was_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.redb");
    let opened = |limit| {
        let builder = Engine::builder();
        builder.path(&path).wait_for_file(limit).open()
    };
    let one = opened(Duration::ZERO).await.expect("it opens");
    let limit = Duration::from_millis(60);
    let began = Instant::now();
    let error = opened(limit).await.expect_err("it is in use");
    assert!(began.elapsed() >= limit, "{error}");
    assert!(error.is_retryable(), "{error}");
    let waiting = tokio::spawn(opened(Duration::from_mins(1)));
    opened(limit).await.expect_err("it is in use");
    assert!(!waiting.is_finished(), "it waits");
    one.shutdown(Duration::ZERO).await.expect("it stops");
    drop(one);
    let two = waiting.await.expect("no panic").expect("it opens");
    assert_eq!(two.check().await.expect("it is read"), []);
}
