//! The suite that every store passes.
//!
//! In: a way to open the same store again and again. Each check panics with
//! what it found. Call [`all`] from a test of a store of your own; what must
//! hold is written at [`Store`].

mod rows;

use std::sync::Arc;

use bytes::Bytes;

use self::rows::{
    READS, begin, chunk, create, found, instance, load, mail, piece, put, remove, row, rows, sweep,
    text, unmail, view, waiting,
};
use super::{Left, Store};
use crate::ids::{DataKey, InstanceKey, LeafId};
use crate::payload::Payload;
use crate::record::{
    ChunkNo, Datum, Due, Ended, Ending, Instance, JournalSeq, JournalTail, Parent,
};
use crate::time::Timestamp;
use crate::turn::Write;

/// Runs all checks, each on a store of its own. `fresh` makes an empty store
/// and gives a way to open that one as often as it is called; a store that was
/// opened before has been closed by then.
///
/// # Panics
///
/// When a check fails.
pub fn all<S: Store, O: Fn() -> S>(mut fresh: impl FnMut() -> O) {
    let checks = [
        marks,
        instances_come_back_as_written,
        numbers_only_grow,
        timers_are_listed_in_order,
        active_instances_are_listed_in_pages,
        messages_are_kept_by_channel,
        the_last_of_a_batch_counts,
        pieces_are_put_together,
        a_trimmed_chain_keeps_its_newest,
        removal_frees_the_id_and_sweeping_the_rest,
        children_are_listed_until_they_are_removed,
        values_are_kept_by_key,
        names_of_messages_are_kept_as_long_as_the_instance,
        a_view_shows_one_point_in_time,
        settling_changes_nothing,
    ];
    for check in checks {
        let open = fresh();
        check(&|| Box::new(open()));
    }
}

type Open<'a> = &'a dyn Fn() -> Box<dyn Store>;

fn marks(open: Open<'_>) {
    let store = open();
    assert_eq!(
        begin(&*store),
        Left::InOrder,
        "a new store was never in use"
    );
    store.end().expect("a good store can be closed");
    assert!(
        store.reopen().is_ok() || cfg!(not(test)),
        "it can be reopened"
    );
    store.abandon();
    let store = open();
    assert_eq!(begin(&*store), Left::InOrder, "it was closed in order");
    store.abandon();
    let store = open();
    assert_eq!(begin(&*store), Left::Crashed, "it was left without a mark");
    store.reopen().expect("a good store can be reopened");
    store.end().expect("a good store can be closed");
}

fn instances_come_back_as_written(open: Open<'_>) {
    let store = open();
    let (created, hot) = (instance("a", 3), waiting(3, "x"));
    put(&*store, create(&created, 3, &hot));
    store.abandon();
    let store = open();
    let view = view(&*store);
    assert_eq!(found(&*view, "a"), Some(InstanceKey(3)));
    assert_eq!(found(&*view, "b"), None);
    assert_eq!(load(&*view, 3), Some((created.clone(), hot)));
    assert_eq!(load(&*view, 4), None);
    drop(view);
    let at = Timestamp::from_micros(50);
    let result = Payload::from_bytes(Bytes::from_static(&[0xc0]));
    let how = Ending::Returned(result);
    let end = Some(Ended { at, how });
    let ended = Instance { end, ..created };
    let write = Write::End {
        key: InstanceKey(3),
        instance: Arc::new(ended.clone()),
    };
    put(&*store, vec![write]);
    let listed = |until| {
        let view = rows::view(&*store);
        view.ended(Timestamp::from_micros(until), 9).expect(READS)
    };
    assert_eq!(listed(50), vec![], "nobody said that it expires");
    let key = InstanceKey(3);
    put(&*store, vec![Write::Expires { key, at }]);
    let view = rows::view(&*store);
    assert_eq!(load(&*view, 3).map(|loaded| loaded.0), Some(ended));
    assert_eq!((listed(49), listed(50)), (vec![], vec![key]));
}

fn children_are_listed_until_they_are_removed(open: Open<'_>) {
    let store = open();
    let parent = |key, id: &str| Parent {
        key: InstanceKey(key),
        id: rows::id(id),
        root: rows::id("a"),
        detached: false,
        crowd: None,
    };
    let child = |id: &str, parent| Instance {
        parent: Some(parent),
        ..instance(id, 1)
    };
    put(&*store, create(&instance("a", 1), 1, &waiting(1, "x")));
    let children = [(4, "b"), (2, "c"), (7, "d")];
    for (key, id) in children {
        let child = child(id, parent(1, "a"));
        put(&*store, create(&child, key, &waiting(key, "x")));
    }
    let grandchild = child("e", parent(2, "c"));
    put(&*store, create(&grandchild, 8, &waiting(8, "x")));
    let listed = |of, after: Option<u64>, limit| -> Vec<u64> {
        let view = view(&*store);
        let after = after.map(InstanceKey);
        let children = view.children(InstanceKey(of), after, limit).expect(READS);
        children.into_iter().map(|key| key.0).collect()
    };
    assert_eq!(listed(1, None, 9), [2, 4, 7]);
    assert_eq!(listed(1, None, 2), [2, 4]);
    assert_eq!(listed(1, Some(2), 9), [4, 7]);
    assert_eq!(listed(2, None, 9), [8]);
    assert_eq!(listed(8, None, 9), [0; 0]);
    put(&*store, vec![remove(&child("b", parent(1, "a")), 4, None)]);
    assert_eq!(listed(1, None, 9), [2, 7]);
}

fn numbers_only_grow(open: Open<'_>) {
    let store = open();
    let counters = |store: &dyn Store| {
        let counters = store.counters().expect(READS);
        (counters.next_key.0, counters.next_seq.0)
    };
    assert_eq!(counters(&*store), (0, 0));
    let (created, hot) = (instance("a", 7), waiting(7, "x"));
    let mut batch = create(&created, 7, &hot);
    batch.push(row(7, 41, None));
    put(&*store, batch);
    assert_eq!(counters(&*store), (8, 42));
    put(&*store, vec![remove(&created, 7, Some(41)), sweep()]);
    store.abandon();
    assert_eq!(counters(&*open()), (8, 42), "numbers are never used again");
}

fn timers_are_listed_in_order(open: Open<'_>) {
    let store = open();
    let due = |at, key, leaf| Due {
        at: Timestamp::from_micros(at),
        key: InstanceKey(key),
        leaf: LeafId(leaf),
    };
    let all = [
        due(-5, 9, 0),
        due(3, 1, 0),
        due(3, 1, 1),
        due(3, 2, 0),
        due(i64::MAX, 1, 2),
    ];
    put(
        &*store,
        all.iter().rev().copied().map(Write::Timer).collect(),
    );
    let view = view(&*store);
    let listed = |after, until, limit| {
        let until = Timestamp::from_micros(until);
        view.due(after, until, limit).expect(READS)
    };
    assert_eq!(listed(None, 3, 9), all[..4]);
    assert_eq!(listed(None, 2, 9), all[..1]);
    assert_eq!(listed(Some(all[1]), i64::MAX, 2), all[2..4]);
    assert_eq!(listed(Some(all[4]), i64::MAX, 2), []);
    drop(view);
    put(
        &*store,
        vec![Write::DropTimer(all[1]), Write::DropTimer(due(8, 8, 8))],
    );
    let left = rows::view(&*store)
        .due(None, Timestamp::MAX, 9)
        .expect(READS);
    assert_eq!(left, [all[0], all[2], all[3], all[4]]);
}

fn active_instances_are_listed_in_pages(open: Open<'_>) {
    let store = open();
    let set = |key, active| Write::Active {
        key: InstanceKey(key),
        active,
    };
    let mut batch: Vec<_> = (0..10).map(|key| set(key, true)).collect();
    batch.extend([set(4, false), set(11, false)]);
    put(&*store, batch);
    let view = view(&*store);
    let page = |after: Option<u64>| view.active(after.map(InstanceKey), 3).expect(READS);
    let keys = |range: &[u64]| range.iter().copied().map(InstanceKey).collect::<Vec<_>>();
    assert_eq!(page(None), keys(&[0, 1, 2]));
    assert_eq!(page(Some(2)), keys(&[3, 5, 6]));
    assert_eq!(page(Some(9)), []);
}

fn messages_are_kept_by_channel(open: Open<'_>) {
    let store = open();
    put(
        &*store,
        vec![
            mail(1, "a", 0),
            mail(1, "b", 0),
            mail(1, "a", 1),
            mail(2, "a", 0),
        ],
    );
    let drop_first = Write::DropMessage {
        key: InstanceKey(1),
        channel: "a".into(),
        seq: 0,
    };
    put(&*store, vec![drop_first]);
    let view = view(&*store);
    let read = |key, channel, seq| view.message(InstanceKey(key), channel, seq).expect(READS);
    assert_eq!(read(1, "a", 0), None);
    assert_eq!(read(1, "a", 1), Some(text("a1")));
    assert_eq!(read(2, "a", 0), Some(text("a0")));
    let belongings = view.belongings(InstanceKey(1)).expect(READS);
    assert_eq!(
        belongings.messages,
        [("a".to_owned(), 1), ("b".to_owned(), 0)]
    );
}

fn values_are_kept_by_key(open: Open<'_>) {
    let store = open();
    let name = |name: &str| DataKey::new(name).unwrap_or_else(|_| DataKey::status());
    let datum = |version, value: &str| Datum {
        version,
        value: text(value),
    };
    let set = |key, what, version, value| Write::Datum {
        key: InstanceKey(key),
        name: name(what),
        datum: datum(version, value),
    };
    let drop_one = |key, what| Write::DropDatum {
        key: InstanceKey(key),
        name: name(what),
    };
    let a = instance("a", 1);
    put(&*store, create(&a, 1, &waiting(1, "x")));
    let batch = vec![
        set(1, "x", 1, "one"),
        set(1, "", 1, "begun"),
        set(1, "y", 1, "gone"),
        set(2, "x", 1, "another's"),
        set(1, "x", 2, "two"),
        drop_one(1, "y"),
    ];
    put(&*store, batch);
    let read = |store: &dyn Store, key, what| {
        let found = view(store).datum(InstanceKey(key), &name(what));
        found.expect(READS)
    };
    store.abandon();
    let store = open();
    assert_eq!(read(&*store, 1, "x"), Some(datum(2, "two")));
    assert_eq!(read(&*store, 1, ""), Some(datum(1, "begun")));
    assert_eq!(read(&*store, 1, "y"), None);
    assert_eq!(read(&*store, 2, "x"), Some(datum(1, "another's")));
    let belongings = view(&*store).belongings(InstanceKey(1)).expect(READS);
    assert_eq!(belongings.data, ["", "x"]);
    put(&*store, vec![drop_one(1, "x"), set(1, "x", 3, "three")]);
    assert_eq!(read(&*store, 1, "x"), Some(datum(3, "three")));
    put(&*store, vec![remove(&a, 1, None), sweep()]);
    assert_eq!(read(&*store, 1, "x"), None, "it goes with the instance");
    assert!(
        read(&*store, 2, "x").is_some(),
        "others keep what is theirs"
    );
}

/// A batch holds the writes of many turns, also of one instance.
fn names_of_messages_are_kept_as_long_as_the_instance(open: Open<'_>) {
    let store = open();
    let seen = |key, message_id: &str| Write::Seen {
        key: InstanceKey(key),
        message_id: message_id.into(),
    };
    let a = instance("a", 1);
    put(&*store, create(&a, 1, &waiting(1, "x")));
    put(&*store, vec![seen(1, "m"), seen(1, "n"), seen(1, "m")]);
    let has_seen = |store: &dyn Store, key, message_id| {
        let view = view(store);
        view.has_seen(InstanceKey(key), message_id).expect(READS)
    };
    store.abandon();
    let store = open();
    assert!(has_seen(&*store, 1, "m") && has_seen(&*store, 1, "n"));
    assert!(!has_seen(&*store, 1, "o") && !has_seen(&*store, 2, "m"));
    put(&*store, vec![remove(&a, 1, None), sweep()]);
    assert!(!has_seen(&*store, 1, "m"), "it goes with the instance");
}

fn the_last_of_a_batch_counts(open: Open<'_>) {
    let store = open();
    let created = instance("a", 1);
    let states: Vec<_> = (0..5).map(|leaf| waiting(leaf, "x")).collect();
    let mut batch = Vec::new();
    for hot in &states {
        batch.extend(create(&created, 1, hot));
    }
    let due = Due {
        at: Timestamp::from_micros(1),
        key: InstanceKey(1),
        leaf: LeafId(0),
    };
    let timers = [Write::Timer(due), Write::DropTimer(due), Write::Timer(due)];
    batch.extend(timers);
    batch.extend([mail(1, "a", 0), unmail(1, "a", 0), mail(1, "a", 0)]);
    put(&*store, batch);
    let view = view(&*store);
    assert_eq!(
        load(&*view, 1).map(|loaded| loaded.1),
        states.last().cloned()
    );
    assert_eq!(view.due(None, Timestamp::MAX, 9).expect(READS), [due]);
    let message = view.message(InstanceKey(1), "a", 0).expect(READS);
    assert_eq!(message, Some(text("a0")));
}

fn pieces_are_put_together(open: Open<'_>) {
    let store = open();
    let created = instance("a", 1);
    let mut hot = waiting(1, "x");
    hot.frame = Bytes::from_static(b"head, first, second");
    hot.chunks.tail = vec![piece(5, 7), piece(2, 8)];
    hot.chunks.next = 6;
    let mut batch = create(&created, 1, &hot);
    batch.extend([
        chunk(5, b", first"),
        chunk(2, b", second"),
        chunk(9, b"old"),
    ]);
    put(&*store, batch);
    let key = InstanceKey(1);
    let no = ChunkNo(9);
    put(&*store, vec![Write::DropChunk { key, no }]);
    store.abandon();
    let store = open();
    let view = view(&*store);
    assert_eq!(load(&*view, 1), Some((created, hot)));
    let numbers = view.belongings(key).expect(READS).chunks;
    let numbers: Vec<_> = numbers.into_iter().map(|(no, _)| no.0).collect();
    assert_eq!(numbers, [2, 5]);
}

fn a_trimmed_chain_keeps_its_newest(open: Open<'_>) {
    let store = open();
    // Rows of two instances lie between each other.
    let own = |n: u64| row(1, n * 2, n.checked_sub(1).map(|n| n * 2));
    let other = |n: u64| row(2, n * 2 + 1, n.checked_sub(1).map(|n| n * 2 + 1));
    put(&*store, (0..10).flat_map(|n| [own(n), other(n)]).collect());
    let trim = Write::TrimJournal {
        key: InstanceKey(1),
        last: JournalSeq(18),
        keep: 3,
    };
    put(&*store, vec![trim.clone(), trim]);
    assert_eq!(
        rows(&*store, 0..20),
        [1, 3, 5, 7, 9, 11, 13, 14, 15, 16, 17, 18, 19]
    );
}

fn removal_frees_the_id_and_sweeping_the_rest(open: Open<'_>) {
    let store = open();
    let (first, second) = (instance("a", 1), instance("a", 2));
    let mut hot = waiting(0, "x");
    hot.journal = JournalTail {
        last: Some(JournalSeq(2)),
        rows: 3,
    };
    let mut batch = create(&first, 1, &hot);
    batch.extend([row(1, 0, None), row(1, 1, Some(0)), row(1, 2, Some(1))]);
    batch.extend([mail(1, "a", 0), mail(2, "a", 0), chunk(0, b"piece")]);
    put(&*store, batch);
    let mut batch = vec![remove(&first, 1, Some(2))];
    batch.extend(create(&second, 2, &hot));
    put(&*store, batch);
    let view = view(&*store);
    assert_eq!(
        found(&*view, "a"),
        Some(InstanceKey(2)),
        "the id is free at once"
    );
    assert_eq!(load(&*view, 1), None);
    assert_eq!(view.instances(None, 9).expect(READS), [InstanceKey(2)]);
    drop(view);
    for _ in 0..10 {
        put(&*store, vec![Write::Sweep { rows: 1 }]);
    }
    let view = rows::view(&*store);
    assert!(
        !view.has_garbage().expect(READS),
        "ten sweeps take all of five rows"
    );
    let left = view.belongings(InstanceKey(1)).expect(READS);
    assert_eq!((left.messages, left.chunks), (vec![], vec![]));
    let message = view.message(InstanceKey(2), "a", 0).expect(READS);
    assert_eq!(message, Some(text("a0")), "others keep what is theirs");
    drop(view);
    assert!(rows(&*store, 0..3).is_empty());
}

fn a_view_shows_one_point_in_time(open: Open<'_>) {
    let store = open();
    put(&*store, create(&instance("a", 1), 1, &waiting(0, "x")));
    let before = view(&*store);
    assert_eq!(found(&*before, "b"), None);
    // A store may make writers wait for views; then there is nothing to see.
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            put(&*store, create(&instance("b", 2), 2, &waiting(0, "x")));
        });
        for _ in 0..100 {
            assert_eq!(found(&*before, "b"), None);
        }
        drop(before);
        writer.join().expect("the writer does not panic");
    });
    assert_eq!(found(&*view(&*store), "b"), Some(InstanceKey(2)));
}

fn settling_changes_nothing(open: Open<'_>) {
    let settle = |store: &dyn Store| store.settle().expect("a good store settles");
    let store = open();
    settle(&*store);
    assert_eq!(begin(&*store), Left::InOrder, "settling is no mark");
    let (created, hot) = (instance("a", 1), waiting(0, "x"));
    put(&*store, create(&created, 1, &hot));
    settle(&*store);
    settle(&*store);
    assert_eq!(load(&*view(&*store), 1), Some((created.clone(), hot)));
    put(&*store, vec![mail(1, "a", 0)]);
    settle(&*store);
    store.abandon();
    let store = open();
    assert_eq!(begin(&*store), Left::Crashed, "settling is no end");
    let message = view(&*store).message(InstanceKey(1), "a", 0).expect(READS);
    assert_eq!(message, Some(text("a0")));
}
