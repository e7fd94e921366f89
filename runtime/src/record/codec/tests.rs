//! Every record comes back equal; damaged rows give an error, never a panic.

use std::time::Duration;

use super::*;
use crate::action::Retry;
use crate::ids::{DataKey, InstanceKey, LeafId, TurnNo};
use crate::machine::{ActionRequest, JoinError, Outcome, Until};
use crate::record::*;
use crate::time::Timestamp;

#[expect(clippy::too_many_lines, reason = "one value of each kind")]
fn hots() -> Vec<Hot> {
    let policy = serde_json::json!({ "retry": Retry::never(), "timeout": null, "total_timeout": Duration::from_secs(3) });
    let request = ActionRequest {
        action: "charge".into(),
        arguments: Fields::from_bytes(Bytes::from_static(b"\x01\x01a\x05")),
        policy: serde_json::from_value(policy).unwrap(),
    };
    let plain = ActionRequest {
        policy: None,
        ..request.clone()
    };
    let attempts = |request, retry_at: Option<Timestamp>, last_error| {
        LeafWait::Action(Attempts {
            heartbeat: retry_at.map(|_| Payload::encode(&7_u64).unwrap()),
            request: Arc::new(request),
            attempt: 300,
            forgiven: 2,
            started_at: Timestamp::from_micros(-5),
            retry_at,
            last_error,
        })
    };
    let text = Some(LastError::Text("boom".into()));
    let value = Some(LastError::Value(Payload::encode(&Err::<(), _>(7)).unwrap()));
    let crowd_until = |until| LeafWait::Crowd {
        left: 1 << 40,
        held: Held {
            calls: 300,
            in_row: 64,
            last_child: 1 << 33,
        },
        until,
        enough: until == Until::Err,
    };
    let channel = Arc::from("approval");
    let waits = [
        attempts(request, Some(Timestamp::MAX), text),
        attempts(plain.clone(), None, value),
        attempts(plain, None, None),
        LeafWait::Timer {
            due: Timestamp::MAX,
        },
        LeafWait::Message { channel },
        LeafWait::Child {
            id: InstanceId::new("order-42/1").unwrap(),
            takes: true,
        },
        LeafWait::Child {
            id: InstanceId::new("order-42/2").unwrap(),
            takes: false,
        },
        LeafWait::Cancelled,
        crowd_until(Until::Err),
        crowd_until(Until::All),
        crowd_until(Until::One),
        LeafWait::Asked,
        LeafWait::Answered(Payload::encode(&[1, 2]).unwrap()),
    ];
    let leaf = |wait| Leaf {
        id: LeafId(9),
        flow: "checkout".into(),
        label: "charge#2".into(),
        since: Timestamp::from_micros(77),
        wait,
        shielded: false,
    };
    let pending = [
        Pending::Start,
        Pending::Outcome(Outcome::Fired),
        Pending::Outcome(Outcome::Value(Payload::encode(&()).unwrap())),
        Pending::Outcome(Outcome::Ended(Ok(Payload::encode(&1).unwrap()))),
        Pending::Outcome(Outcome::Ended(Err(JoinError::Cancelled {
            reason: "why".into(),
        }))),
        Pending::Outcome(Outcome::Cancelled("why".into())),
        Pending::Attempts,
        Pending::Wait,
    ];
    let parked = pending.map(|pending| {
        Phase::Parked(Box::new(Parked {
            at: Timestamp::from_micros(1),
            reason: ParkReason::Quarantined {
                recoveries: 6,
                action: Some("charge".into()),
                state: "checkout::charge#2".into(),
                place: None,
            },
            leaf: (pending != Pending::Start).then(|| {
                leaf(LeafWait::Timer {
                    due: Timestamp::MAX,
                })
            }),
            others: (pending == Pending::Wait)
                .then(|| leaf(waits[3].clone()))
                .into_iter()
                .collect(),
            pending,
        }))
    });
    let all = waits.clone().map(leaf);
    let several = [Phase::Waiting(Leaves::of(all).unwrap())];
    let waiting = waits.map(|wait| Phase::Waiting(leaf(wait).into()));
    let phases = waiting
        .into_iter()
        .chain(several)
        .chain(parked)
        .chain([How::Returned, How::Cancelled, How::Terminated].map(Phase::Finished));
    phases
        .map(|phase| Hot {
            turn: TurnNo(u64::MAX),
            next_leaf: LeafId(1 << 40),
            phase,
            inbox: vec![Queue {
                channel: "approval".into(),
                head: 3,
                tail: 9,
            }],
            recoveries: 4,
            journal: JournalTail {
                last: Some(JournalSeq(0)),
                rows: 1,
            },
            ..Hot::new(Bytes::from_static(b"frame"))
        })
        .collect()
}

fn whole(row: &Bytes) -> Result<Hot, Damaged> {
    Hot::decode(row, |_| Ok(None))
}

#[test]
fn hot_rows_come_back_equal() {
    for hot in hots() {
        assert_eq!(whole(&hot.encode().into()), Ok(hot));
    }
}

#[test]
fn what_most_rows_do_not_have_comes_back_equal() {
    let request = Arc::new(ActionRequest {
        action: "refund".into(),
        arguments: Fields::default(),
        policy: None,
    });
    let reason = || "why".to_owned();
    let endings = [
        Ending::Returned(Payload::encode(&Err::<(), _>(7)).unwrap()),
        Ending::Cancelled { reason: reason() },
        Ending::Terminated { reason: reason() },
    ];
    let shielded = |mut hot: Hot| {
        if let Phase::Waiting(leaves) = &mut hot.phase {
            leaves.iter_mut().for_each(|leaf| leaf.shielded = true);
        }
        hot
    };
    for (hot, ending) in hots().into_iter().zip(endings.into_iter().cycle()) {
        let rare = Hot {
            children: 1 << 33,
            cancel: Some(Box::new(Cancel {
                at: Timestamp::MAX,
                reason: reason(),
                told: true,
            })),
            undo: vec![
                Undo::Action(Arc::clone(&request)),
                Undo::Flow {
                    flow: "take_back".into(),
                    version: 300,
                    arguments: Fields::from_bytes(Bytes::from_static(b"arguments")),
                },
                Undo::Action(Arc::clone(&request)),
            ],
            ending: Some(Box::new(ending)),
            ..shielded(hot.clone())
        };
        let bearing = Hot {
            unborn: 300,
            ..rare.clone()
        };
        for hot in [rare, bearing] {
            assert_eq!(whole(&hot.encode().into()), Ok(hot));
        }
        let child = Hot { children: 1, ..hot };
        assert_eq!(whole(&child.encode().into()), Ok(child));
    }
}

#[test]
fn a_frame_in_pieces_comes_back_whole_and_a_missing_piece_is_damage() {
    let frame = Bytes::from(
        (0..100_000u32)
            .flat_map(u32::to_le_bytes)
            .collect::<Vec<_>>(),
    );
    let mut hot = Hot::new(frame.clone());
    let (chunks, changed) = hot.chunks.recut(&Bytes::new(), &frame);
    hot.chunks = chunks;
    let row = Bytes::from(hot.encode());
    assert!(row.len() < 64 * 1024);
    let rows: std::collections::HashMap<_, _> = changed.written.into_iter().collect();
    let read = Hot::decode::<Damaged>(&row, |no| Ok(rows.get(&no).cloned()));
    assert_eq!(read, Ok(hot));
    assert_eq!(whole(&row), Err(Damaged { row: "hot" }));
}

#[test]
fn instances_come_back_equal() {
    let value = Payload::encode(&"ok".to_owned()).unwrap();
    let running = Instance {
        id: InstanceId::new("order-42").unwrap(),
        flow: "checkout".into(),
        version: 3,
        arguments: Fields::default(),
        created_at: Timestamp::from_micros(5),
        seed: u64::MAX,
        parent: None,
        end: None,
    };
    let ended = Instance {
        end: Some(Ended {
            at: Timestamp::MAX,
            how: Ending::Returned(value.clone()),
        }),
        ..running.clone()
    };
    let how = [
        Ending::Cancelled {
            reason: "why".into(),
        },
        Ending::Terminated {
            reason: "why".into(),
        },
    ];
    let at = Timestamp::MAX;
    let [cancelled, terminated] = how.map(|how| Instance {
        end: Some(Ended { at, how }),
        ..running.clone()
    });
    let leaf = LeafId(1 << 40);
    let crowds = [true, false].map(|called| Some(InCrowd { leaf, called }));
    let places = [None].into_iter().chain(crowds);
    let places = places.flat_map(|crowd| [(crowd, true), (crowd, false)]);
    let children = places.map(|(crowd, detached)| Instance {
        parent: Some(Parent {
            key: InstanceKey(3),
            id: InstanceId::new("trip-1/2").unwrap(),
            root: InstanceId::new("trip-1").unwrap(),
            detached,
            crowd,
        }),
        ..ended.clone()
    });
    let plain = [running, ended.clone(), cancelled, terminated];
    for instance in plain.into_iter().chain(children) {
        assert_eq!(Instance::decode(&instance.encode().into()), Ok(instance));
    }
}

#[test]
fn journal_rows_come_back_equal() {
    let value = Payload::encode(&"ok".to_owned()).unwrap();
    let what = [
        Happening::Started,
        Happening::Action {
            action: "charge".into(),
            flow: None,
            label: "charge".into(),
            attempts: 2,
            since: Timestamp::MAX,
            outcome: Brought::of(&value),
        },
        Happening::Attempt {
            action: "charge".into(),
            attempt: 1,
            error: Brought::Text("no".into()),
        },
        Happening::Timer {
            flow: None,
            label: "sleep".into(),
        },
        Happening::Message {
            flow: None,
            channel: "a".into(),
            message: Brought::Omitted {
                size_bytes: 1 << 33,
            },
        },
        Happening::Parked {
            reason: "why".into(),
        },
        Happening::Retried,
        Happening::Recovered,
        Happening::Finished,
    ];
    rows_come_back_equal(what);
}

/// Each as a row, the first one of its instance and others.
fn rows_come_back_equal(what: impl IntoIterator<Item = Happening>) {
    for (previous, what) in (0..).map(|n| (n > 0).then_some(JournalSeq(n))).zip(what) {
        let entry = Entry {
            key: InstanceKey(7),
            previous,
            at: Timestamp::MAX,
            what,
        };
        assert_eq!(Entry::decode(&entry.encode().into()), Ok(entry));
    }
}

#[test]
fn journal_rows_of_families_and_cancels_come_back_equal() {
    rows_come_back_equal([1, u32::MAX].map(|version| Happening::Restarted { version }));
    rows_come_back_equal([Happening::Rerun {
        of: InstanceId::new("a").unwrap(),
        label: "charge".into(),
    }]);
    rows_come_back_equal(hots().iter().map(|hot| {
        let value = Payload::encode(&1).unwrap();
        let values = vec![
            (DataKey::status(), Some(Datum { version: 7, value })),
            (DataKey::new("gone").unwrap(), None),
        ];
        let state = Box::new(Recorded::of(3, hot, values));
        Happening::Reached { state }
    }));
    rows_come_back_equal([
        Happening::Spawned {
            child: InstanceId::new("a/1").unwrap(),
        },
        Happening::ChildEnded {
            child: InstanceId::new("a/1").unwrap(),
            outcome: Brought::Text("no".into()),
        },
        Happening::ChildrenEnded {
            ended: 3,
            of: 1 << 40,
        },
        Happening::Cancelled {
            reason: "why".into(),
        },
        Happening::Terminated {
            reason: "why".into(),
        },
    ]);
}

#[test]
fn journal_rows_of_called_flows_come_back_equal() {
    rows_come_back_equal([
        Happening::Action {
            action: "charge".into(),
            flow: Some("pay".into()),
            label: "charge".into(),
            attempts: 2,
            since: Timestamp::MAX,
            outcome: Brought::Text("no".into()),
        },
        Happening::Timer {
            flow: Some("pay".into()),
            label: "sleep".into(),
        },
        Happening::Message {
            flow: Some("pay".into()),
            channel: "a".into(),
            message: Brought::Text("no".into()),
        },
    ]);
}

#[test]
fn cut_and_changed_rows_never_panic() {
    for hot in hots() {
        let row = hot.encode();
        for cut in 0..row.len() {
            let _ = whole(&Bytes::copy_from_slice(&row[..cut]));
            let mut changed = row.clone();
            changed[cut] ^= 0xff;
            let _ = whole(&changed.into());
        }
    }
    assert_eq!(
        whole(&Bytes::from_static(&[9])),
        Err(Damaged { row: "hot" })
    );
}

/// The bytes of a layout never change: these were stored.
#[test]
fn the_bytes_of_a_waiting_row_are_those_of_the_layout() {
    let wait = LeafWait::Timer {
        due: Timestamp::from_micros(5),
    };
    let leaf = |id| Leaf {
        id: LeafId(id),
        flow: "f".into(),
        label: "sleep".into(),
        since: Timestamp::from_micros(1),
        shielded: false,
        wait: wait.clone(),
    };
    let row = |phase| {
        let frame = Bytes::from_static(b"frame");
        Bytes::from(
            Hot {
                phase,
                ..Hot::new(frame)
            }
            .encode(),
        )
    };
    let stored = |id: u8| {
        let mut leaf = vec![id, 1, b'f', 5];
        leaf.extend(b"sleep");
        leaf.extend([1, 0, 0, 0, 0, 0, 0, 0]);
        leaf.extend([0, 5, 0, 0, 0, 0, 0, 0, 0]);
        leaf
    };
    let whole = |phase: &[u8]| [&[1, 0, 0, 0, 0, 0], phase, &[0, 0], b"frame"].concat();
    let one = [&[1][..], &stored(3)].concat();
    assert_eq!(row(Phase::Waiting(leaf(3).into())), whole(&one));
    let two = [&[3, 2][..], &stored(3), &stored(4)].concat();
    let leaves = Leaves::of([leaf(3), leaf(4)]).expect("two of them");
    assert_eq!(row(Phase::Waiting(leaves)), whole(&two));
}

#[test]
fn a_queue_without_a_message_is_damage() {
    for (head, tail, is_sound) in [(3, 4, true), (3, 3, false), (4, 3, false)] {
        let hot = Hot {
            inbox: vec![Queue {
                channel: "a".into(),
                head,
                tail,
            }],
            ..Hot::new(Bytes::new())
        };
        assert_eq!(whole(&hot.encode().into()).is_ok(), is_sound);
    }
}

#[test]
fn a_row_of_a_skipped_message_comes_back_equal() {
    let entry = Entry {
        key: InstanceKey(3),
        previous: None,
        at: Timestamp::from_micros(5),
        what: Happening::Skipped {
            channel: "b".into(),
            message: Brought::Text("no".into()),
        },
    };
    let row = Bytes::from(entry.encode());
    assert_eq!(Entry::decode(&row).unwrap(), entry);
}

#[test]
fn rows_of_values_come_back_equal() {
    for version in [1, 300, u64::MAX] {
        let value = Payload::encode(&Some(version)).unwrap();
        let datum = Datum { version, value };
        let row = Bytes::from(datum.encode());
        assert_eq!(Datum::decode(&row), Ok(datum));
    }
    for bad in [&[][..], &[9], &[1], &[1, 0x80]] {
        assert!(Datum::decode(&Bytes::from_static(bad)).is_err(), "{bad:?}");
    }
}

#[test]
fn rows_of_unborn_children_come_back_equal() {
    let child = |number: u32| Unborn {
        id: InstanceId::new(format!("order-42/{number}")).unwrap(),
        flow: "ship".into(),
        version: number,
        enlisted: (number > 1).then_some(LeafId(300)),
        arguments: Fields::from_bytes(vec![7; 200].into()),
    };
    let children: Vec<_> = (0..3).map(child).collect();
    let row = Bytes::from(Unborn::encode(&children));
    assert_eq!(Unborn::decode(&row), Ok(children));
    for len in 0..row.len() {
        assert!(Unborn::decode(&row.slice(..len)).is_err(), "{len}");
    }
}
