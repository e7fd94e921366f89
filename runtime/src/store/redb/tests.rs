//! The file: conformance, and every kind of file that cannot be used.

use std::sync::Arc;

use redb::{Database, TableDefinition};

use super::tables::{CHILDREN, FORMAT, META};
use super::*;
use crate::ids::InstanceKey;
use crate::store::{MemoryStore, conformance};

fn file() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.redb");
    (folder, path)
}

#[test]
fn the_file_store_conforms() {
    conformance::all(|| {
        let (folder, path) = file();
        let folder = Arc::new(folder);
        move || {
            let _kept = &folder;
            RedbStore::open(&path).unwrap()
        }
    });
}

#[test]
fn the_memory_store_conforms() {
    conformance::all(|| {
        let store = MemoryStore::new();
        move || store.clone()
    });
}

#[test]
fn a_file_in_use_is_refused_and_free_again_after() {
    let (_folder, path) = file();
    let first = RedbStore::open(&path).unwrap();
    let error = RedbStore::open(&path).unwrap_err();
    assert!(matches!(error, StoreError::InUse { .. }) && error.is_retryable());
    first.abandon();
    RedbStore::open(&path).unwrap();
}

#[test]
fn foreign_files_are_refused_and_left_as_they_are() {
    let (_folder, path) = file();
    std::fs::write(&path, "not a database at all").unwrap();
    let error = RedbStore::open(&path).unwrap_err();
    assert!(matches!(error, StoreError::Foreign { .. }), "{error}");
    assert_eq!(std::fs::read(&path).unwrap(), b"not a database at all");
    std::fs::remove_file(&path).unwrap();
    for name in ["theirs", "flowstone"] {
        let table: TableDefinition<'_, &str, &str> = TableDefinition::new(name);
        let database = Database::create(&path).unwrap();
        let transaction = database.begin_write().unwrap();
        transaction
            .open_table(table)
            .unwrap()
            .insert("a", "b")
            .unwrap();
        transaction.commit().unwrap();
        drop(database);
        let error = RedbStore::open(&path).unwrap_err();
        assert!(
            matches!(error, StoreError::Foreign { .. }),
            "{name}: {error}"
        );
        std::fs::remove_file(&path).unwrap();
    }
}

#[test]
fn a_newer_format_is_refused_with_both_numbers() {
    let (_folder, path) = file();
    drop(RedbStore::open(&path).unwrap());
    let database = Database::create(&path).unwrap();
    let transaction = database.begin_write().unwrap();
    transaction
        .open_table(META)
        .unwrap()
        .insert(FORMAT, 99)
        .unwrap();
    transaction.commit().unwrap();
    drop(database);
    let error = RedbStore::open(&path).unwrap_err();
    let text = error.to_string();
    assert!(
        matches!(error, StoreError::Format { found: 99, .. }),
        "{text}"
    );
    assert!(
        text.contains("format 99") && text.contains("reads 1 to 2"),
        "{text}"
    );
}

#[test]
fn a_file_of_the_first_format_gets_what_it_lacks() {
    let (_folder, path) = file();
    drop(RedbStore::open(&path).unwrap());
    let database = Database::create(&path).unwrap();
    let transaction = database.begin_write().unwrap();
    transaction.delete_table(CHILDREN).unwrap();
    transaction
        .open_table(META)
        .unwrap()
        .insert(FORMAT, 1)
        .unwrap();
    transaction.commit().unwrap();
    drop(database);
    let store = RedbStore::open(&path).unwrap();
    let view = store.view().unwrap();
    assert_eq!(view.children(InstanceKey(1), None, 9).unwrap(), []);
    drop(view);
    drop(store);
    drop(RedbStore::open(&path).unwrap());
}

#[test]
fn cut_and_overwritten_files_give_an_error_and_never_a_panic() {
    let (_folder, path) = file();
    drop(RedbStore::open(&path).unwrap());
    let good = std::fs::read(&path).unwrap();
    for cut in [1, 9, 64, 320, 4096, good.len() / 2, good.len() - 1] {
        std::fs::write(&path, &good[..cut]).unwrap();
        let _ = RedbStore::open(&path).unwrap_err();
    }
    for at in (0..4096).step_by(61) {
        let mut bad = good.clone();
        bad[at..at + 32].fill(0xa5);
        std::fs::write(&path, &bad).unwrap();
        // Some bytes of the header are not used; the rest must be noticed.
        if let Ok(store) = RedbStore::open(&path) {
            store.counters().unwrap();
        }
    }
}

#[test]
fn a_missing_folder_is_told_with_what_to_do() {
    let (folder, _) = file();
    let error = RedbStore::open(folder.path().join("no/such/file")).unwrap_err();
    assert!(matches!(error, StoreError::NoFolder { .. }), "{error}");
    let text = error.to_string();
    assert!(
        text.contains("no/such;") && text.contains("create_dir_all"),
        "{text}"
    );
    let error = RedbStore::open(folder.path()).unwrap_err();
    assert!(matches!(error, StoreError::Io { .. }), "{error}");
}

#[test]
fn a_closed_store_says_so() {
    let (_folder, path) = file();
    let store = RedbStore::open(&path).unwrap();
    store.end().unwrap();
    assert!(matches!(
        store.commit(&[Write::Sweep { rows: 1 }]),
        Err(StoreError::Closed)
    ));
    assert!(matches!(store.view().map(|_| ()), Err(StoreError::Closed)));
    store.reopen().unwrap();
    store.view().unwrap();
}

/// A copy of an open file is what a process that is killed now would leave.
#[test]
fn a_crash_is_repaired_by_reading_all_unless_the_store_had_settled() {
    let (folder, path) = file();
    let store = RedbStore::open(&path).unwrap();
    let left = |name: &str| {
        let copy = folder.path().join(name);
        std::fs::copy(&path, &copy).unwrap();
        RedbStore::open(&copy).unwrap().was_repaired()
    };
    store.begin().unwrap();
    assert!(!left("begun"), "setting the mark settles");
    let write = Write::Active {
        key: InstanceKey(1),
        active: true,
    };
    store.commit(std::slice::from_ref(&write)).unwrap();
    assert!(left("working"), "this test cannot see a repair");
    store.settle().unwrap();
    assert!(!left("settled"));
    store.commit(&[write]).unwrap();
    assert!(left("working again"), "a commit after it makes it void");
    store.settle().unwrap();
    store.reopen().unwrap();
    assert!(!store.was_repaired());
}
