//! What a turn writes beside the state: pieces of large frames, the journal's end; and what
//! it finds too large to write.

use std::collections::BTreeMap;

use super::*;
use crate::payload::FieldsBuilder;
use crate::record::{ChunkNo, PIECE_BYTES};

/// A flow that keeps a large value and changes a little of it at each message, until one
/// that is empty.
struct Heavy;

static HEAVY: Shape = Shape {
    allows: &[],
    name: "heavy",
    version: 1,
    file: "heavy.rs",
    line: 1,
    fingerprint: 2,
    locals: &["load"],
    params: 0,
    operands: &[],
    drawn: "",
    states: &[site("receive")],
};

impl Machine for Heavy {
    type Output = ();
    const RESULT: Tie<()> = FlowResult::TIE;
    const SHAPE: &'static Shape = &HEAVY;

    fn resume(frame: Bytes, cx: &mut Cx) -> Result<Step<()>, Fault> {
        let frame = Frame::decode(&frame).unwrap();
        let mut load: Vec<u8> = match frame.locals.get("load") {
            Some(load) => load.bytes().to_vec(),
            None => (0..40_000_u32).flat_map(u32::to_le_bytes).collect(),
        };
        if !frame.label.is_empty() {
            let outcome = cx.outcome_of(&frame.waiting)?;
            let Some(Outcome::Value(message)) = outcome else {
                panic!("{outcome:?}")
            };
            if message.bytes().is_empty() {
                return Ok(Step::Done(()));
            }
            let middle = load.len() / 2;
            match &message.bytes()[..] {
                // As long as before.
                [turned] => load[middle] ^= turned,
                more => drop(load.splice(middle..middle, more.iter().copied())),
            }
        }
        cx.enter(&HEAVY.states[0]);
        let channel = "mail".into();
        let Step::Waiting(waiting) = cx.request::<()>(Wait::Message { channel }) else {
            unreachable!("a request waits")
        };
        let mut locals = FieldsBuilder::default();
        locals.push_encoded("load", &load);
        let label = "receive".to_owned();
        Ok(Step::Waiting(
            Frame {
                label,
                waiting,
                twins: 1,
                ..Frame::start(&HEAVY, locals.finish())
            }
            .encode(),
        ))
    }
}

fn message(bytes: &'static [u8]) -> Event {
    Event::Message {
        message_id: None,
        channel: "mail".into(),
        payload: Payload::from_bytes(Bytes::from_static(bytes)),
    }
}

fn heavy_rules() -> Rules {
    let mut rules = rules();
    rules.registry.add_flow(FlowDef::of::<Heavy>()).unwrap();
    rules.max_value_bytes = usize::MAX;
    rules
}

fn heavy(rules: &Rules) -> Turned {
    begin(instance("heavy", Fields::default()), rules)
}

/// What a store would hold of the frame.
#[derive(Default)]
struct Pieces(BTreeMap<ChunkNo, Bytes>);

impl Pieces {
    /// Applies the writes of a turn; gives how many bytes of pieces these have.
    fn apply(&mut self, turned: &Turned) -> usize {
        let mut written = 0;
        for write in &turned.writes {
            match write {
                Write::Chunk { no, bytes, .. } => {
                    written += bytes.len();
                    assert!(self.0.insert(*no, bytes.clone()).is_none());
                }
                Write::DropChunk { no, .. } => assert!(self.0.remove(no).is_some()),
                _ => {}
            }
        }
        let hot = &*turned.state.hot;
        let row = Bytes::from(hot.encode());
        assert!(row.len() < 6 * PIECE_BYTES, "the head alone: {}", row.len());
        let read = Hot::decode::<crate::record::Damaged>(&row, |no| Ok(self.0.get(&no).cloned()));
        assert_eq!(read.as_ref(), Ok(hot));
        written
    }
}

#[test]
fn a_large_frame_is_written_in_pieces_and_then_what_changed_of_it() {
    let rules = heavy_rules();
    let first = heavy(&rules);
    let mut pieces = Pieces::default();
    let apply = |state: &State, event| {
        turn(state, event, &rules, at(1), JournalSeq(9)).expect("it waits for it")
    };
    assert!(pieces.apply(&first) > 10 * PIECE_BYTES);
    let second = apply(&first.state, message(b"more"));
    let changed = pieces.apply(&second);
    assert!(0 < changed && changed < 8 * PIECE_BYTES, "{changed}");
    let same = turn(
        &second.state,
        Event::Recovered,
        &rules,
        at(1),
        JournalSeq(9),
    )
    .unwrap();
    assert_eq!(pieces.apply(&same), 0);
    let as_long = apply(&same.state, message(b"1"));
    assert!(pieces.apply(&as_long) > 0);
    let ended = apply(&as_long.state, message(b""));
    assert_eq!(pieces.apply(&ended), 0);
    assert!(pieces.0.is_empty());
}

#[test]
fn a_kept_local_over_the_limit_parks_and_is_named() {
    let first = heavy(&Rules {
        max_value_bytes: 1000,
        ..heavy_rules()
    });
    let Phase::Parked(parked) = &first.state.hot.phase else {
        panic!("{:?}", first.state.hot)
    };
    let text = parked.reason.to_string();
    assert!(
        text.starts_with("`load`, kept by heavy at `receive`, has 160000 bytes, the limit is 1000"),
        "{text}"
    );
}

#[test]
fn a_journal_of_the_last_rows_is_cut_when_it_has_twice_as_many() {
    let rules = Rules {
        journal: Journal::Last(3),
        max_recoveries: 9,
        ..rules()
    };
    let first = started(&rules);
    let (mut state, mut seq) = (first.state, first.next_seq);
    let mut rows = vec![(state.hot.journal.rows, None)];
    for _ in 0..9 {
        let turned = turn(&state, Event::Recovered, &rules, at(1), seq).expect("it waits");
        (state, seq) = (turned.state, turned.next_seq);
        let cut = turned.writes.iter().find_map(|write| match write {
            Write::TrimJournal { last, keep, .. } => Some((last.0, *keep)),
            _ => None,
        });
        rows.push((state.hot.journal.rows, cut));
    }
    let uncut = |rows| (rows, None);
    let mut expected: Vec<_> = (1..=6).map(uncut).collect();
    expected.push((3, Some((6, 3))));
    expected.extend((4..=6).map(uncut));
    assert_eq!(rows, expected);
}

#[test]
fn a_message_that_is_on_its_way_is_not_asked_for_again() {
    let rules = rules();
    let apply = |state: &State, event, now| {
        turn(state, event, &rules, at(now), JournalSeq(9)).expect("it fits the state")
    };
    let stored = apply(&started(&rules).state, message(b"\xa1a"), 1);
    let sleeping = apply(&stored.state, returned(1), 2);
    let fired = Event::TimerFired { leaf: LeafId(1) };
    let receiving = apply(&sleeping.state, fired, 20);
    assert!(matches!(
        &receiving.wakes[..],
        [Wake::Message { seq: 0, .. }]
    ));
    let more = apply(&receiving.state, message(b"\xa1b"), 21);
    assert!(more.wakes.is_empty(), "{:?}", more.wakes);
}

#[test]
fn a_field_is_too_large_when_it_is_over_the_limit() {
    let fields = |sizes: &[usize]| {
        let mut fields = FieldsBuilder::default();
        for (name, size_bytes) in ["a", "b", "c"].iter().zip(sizes) {
            fields.push_encoded(name, &vec![0; *size_bytes]);
        }
        fields.finish()
    };
    assert_eq!(oversized_field(&fields(&[1000, 5, 1000]), 1000), None);
    let found = oversized_field(&fields(&[5, 1001, 2000]), 1000);
    assert_eq!(found, Some(("b".to_owned(), 1001)));
}
