//! What flows and actions log by `tracing`: once, in a span that says of which instance,
//! at the levels that filters let through.

use std::io;
use std::sync::{Arc, Mutex};

use flowstone::client::Stopped;
use flowstone::prelude::*;
use flowstone::store::MemoryStore;
use flowstone::testing::{FaultyStore, Simulation};
use tracing::{Dispatch, debug, dispatcher, info, info_span, warn};
use tracing_subscriber::fmt::MakeWriter;

use crate::support::engine;

/// What a subscriber wrote.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    /// A subscriber that writes here what passes the filter.
    fn by(&self, filter: &str) -> Dispatch {
        let subscriber = tracing_subscriber::fmt()
            .with_writer(self.clone())
            .with_env_filter(filter)
            .with_ansi(false)
            .without_time();
        Dispatch::new(subscriber.finish())
    }

    /// The lines that have this text.
    fn with(&self, text: &str) -> Vec<String> {
        let all = String::from_utf8(self.0.lock().expect("whole").clone());
        let all = all.expect("it is text");
        let lines = all.lines().filter(|line| line.contains(text));
        lines.map(|line| line.trim().to_owned()).collect()
    }
}

impl io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("whole").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Written {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[action(name = "tracing-weigh")]
async fn weigh(grams: u64) -> u64 {
    info!(grams, "on the scales");
    tokio::task::yield_now().await;
    grams + 1
}

#[action(name = "tracing-stamp")]
fn stamp(grams: u64) -> u64 {
    info!(grams, "stamped");
    grams
}

#[flow]
async fn parcel(grams: u64) -> u64 {
    info!(grams, name = "a parcel", "taken in");
    let weight = weigh(grams).await;
    {
        let span = info_span!("sorting", weight, lane = tracing::field::Empty);
        let _entered = span.enter();
        span.record("lane", 7);
        warn!(half = 0.5, big = u128::MAX, left = ?Some(grams), "sorted");
        debug!("too fine for most");
    }
    stamp(weight).await
}

#[tokio::test]
async fn lines_of_a_flow_and_its_actions_name_instance_flow_state_and_attempt() {
    // Each segment is run again, which nobody hears.
    let _again = flowstone::testing::check_segments();
    let written = Written::default();
    let (engine, _folder) = {
        let _here = dispatcher::set_default(&written.by("info"));
        engine().await
    };
    assert_eq!(engine.run("p-1", parcel(41)).await.unwrap(), 42);
    let first = "INFO instance{instance=p-1 flow=\"parcel\"}: operations::tracing: taken in \
                 grams=41 name=\"a parcel\"";
    assert_eq!(written.with("taken in"), [first]);
    let scales = "INFO attempt{instance=p-1 flow=\"parcel\" state=\"weigh\" action=\"tracing-weigh\" \
                  attempt=1}: operations::tracing: on the scales grams=41";
    assert_eq!(written.with("scales"), [scales]);
    let sorted = format!(
        "WARN instance{{instance=p-1 flow=\"parcel\" state=\"weigh\"}}:sorting{{weight=42 lane=7}}: \
         operations::tracing: sorted half=0.5 big={} left=Some(41)",
        u128::MAX
    );
    assert_eq!(written.with("sorted"), [sorted]);
    assert_eq!(written.with("too fine"), [""; 0]);
    let stamped = written.with("stamped");
    assert!(stamped[0].contains("state=\"stamp\""), "{stamped:?}");
}

#[tokio::test]
async fn a_step_that_is_lost_and_made_again_is_told_once() {
    let mut told = 0;
    for commit in 1..8 {
        let written = Written::default();
        let store = FaultyStore::new(MemoryStore::new()).fails_before([commit]);
        let engine = {
            let _here = dispatcher::set_default(&written.by("info"));
            Engine::builder().store(store).open().await.unwrap()
        };
        let ended = loop {
            if let Ok(ended) = engine.run("p-2", parcel(9)).await {
                break ended;
            }
        };
        assert_eq!(ended, 10);
        for text in ["taken in", "sorted"] {
            let lines = written.with(text);
            assert_eq!(lines.len(), 1, "{lines:?} with commit {commit} lost");
        }
        told += written.with("the store failed").len();
    }
    assert!(told > 0, "no commit was lost");
}

#[test]
fn a_filter_by_instance_or_level_is_heeded() {
    let told = |filter: &str| {
        let written = Written::default();
        dispatcher::with_default(&written.by(filter), || {
            let mut sim = Simulation::new(1);
            sim.fake::<weigh>(|(grams,)| grams);
            sim.fake::<stamp>(|(grams,)| grams);
            sim.run(async |engine| {
                engine.run("a", parcel(1)).await.unwrap();
                engine.run("b", parcel(2)).await.unwrap();
            });
        });
        ["taken in", "sorted", "too fine"].map(|text| written.with(text).len())
    };
    assert_eq!(told("info"), [2, 2, 0]);
    assert_eq!(told("warn"), [0, 2, 0]);
    assert_eq!(told("off"), [0, 0, 0]);
    assert_eq!(told("debug"), [2, 2, 2]);
    assert_eq!(
        told("off,flowstone=info,[instance{instance=b}]=debug"),
        [1, 1, 1]
    );
}

#[flow]
async fn clumsy(item: u64) -> u64 {
    info!(item, "about to drop it");
    assert!(item > 1, "dropped");
    item
}

#[tokio::test]
async fn a_park_is_told_once_with_what_led_to_it() {
    let written = Written::default();
    let (engine, _folder) = {
        let _here = dispatcher::set_default(&written.by("info"));
        engine().await
    };
    let handle = engine.start("c", clumsy(0)).await.unwrap();
    let end = handle.finished_or_parked().await.unwrap();
    assert!(matches!(end, Stopped::Parked(_)), "{end:?}");
    engine.cancel("c", "it is broken").await.unwrap();
    assert_eq!(written.with("about to drop it").len(), 1);
    let parked = written.with("parked");
    assert_eq!(parked.len(), 1, "{parked:?}");
    assert!(
        parked[0].contains("instance{instance=c flow=\"clumsy\""),
        "{parked:?}"
    );
}
