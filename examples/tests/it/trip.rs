//! `trip`, killed at its commits until it ends: the trips end as they always do, nothing
//! is booked twice, and what nobody travels with is released.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use flowstone_examples::service::Request;

use crate::program::Run;

const EXPECTED: &str = include_str!("../../data/trips.expected.txt");

fn trip(state: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trip"));
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/trips.csv");
    command.arg(file).arg(state);
    command
}

/// It ended, said what it always says, and the desk was asked for that.
fn ended_well(run: &Run, state: &Path) {
    assert!(run.status.success(), "{:?}", run.lines);
    let table = run.lines.iter().skip_while(|line| !line.contains("who"));
    let table: Vec<&str> = table.map(String::as_str).collect();
    assert_eq!(table, EXPECTED.lines().collect::<Vec<_>>());
    let log = std::fs::read_to_string(state.join("desk.log")).unwrap();
    let rows = log.lines().map(|line| serde_json::from_str(line).unwrap());
    asked_for_that(&rows.collect::<Vec<Request>>());
}

/// Each thing was booked once; it was released, once, unless it is travelled with.
fn asked_for_that(rows: &[Request]) {
    let keys: BTreeSet<&str> = rows.iter().map(|row| row.key.as_str()).collect();
    assert_eq!(keys.len(), rows.len(), "a key was booked twice");
    let mut booked = BTreeSet::new();
    let mut released = BTreeSet::new();
    for row in rows {
        let is_new = match row.what.as_str() {
            "book" => booked.insert(row.about.as_str()),
            "release" => {
                let booking: usize = row.about.parse().unwrap();
                let booking = rows.get(booking).unwrap();
                assert_eq!(booking.what, "book");
                released.insert(booking.about.as_str())
            }
            _ => true,
        };
        assert!(is_new, "twice: {row:?}");
    }
    let travels = |who: &str| {
        let mut lines = EXPECTED.lines();
        lines.any(|line| line.contains("travels for") && line.contains(who))
    };
    let who = |what: &str| what.rsplit(' ').next().unwrap_or_default().to_owned();
    let stays: BTreeSet<&str> = booked
        .iter()
        .copied()
        .filter(|what| !travels(&who(what)))
        .collect();
    assert_eq!(stays, released);
    assert_eq!(booked.len() - released.len(), 9);
    assert_eq!(rows.iter().filter(|row| row.what == "pay").count(), 3);
}

#[test]
fn all_trips_end_as_they_should() {
    let place = tempfile::tempdir().unwrap();
    let run = Run::whole(&mut trip(place.path()));
    ended_well(&run, place.path());
    // All have ended: the next run finds that, and asks for nothing.
    let again = Run::whole(&mut trip(place.path()));
    ended_well(&again, place.path());
}

/// The first run is killed at its first commit, the second at its fourth, and so on. What
/// is quarantined after so many ends of its process is taken up by the next run.
#[test]
fn killed_at_its_commits_until_it_ends() {
    for when in ["before", "after"] {
        let place = tempfile::tempdir().unwrap();
        let mut commit = -2;
        let last = loop {
            commit += 3;
            let told = format!("{when}:{commit}");
            let run = Run::whole(trip(place.path()).env("EXAMPLE_DIE", &told));
            if run.status.success() {
                break run;
            }
            assert!(commit < 500, "{when}: it does not end");
        };
        assert!(commit > 20, "{when}: only {commit} commits");
        ended_well(&last, place.path());
    }
}

#[test]
fn stopped_by_a_signal_it_goes_on() {
    let place = tempfile::tempdir().unwrap();
    let run = Run::signalled_at(&mut trip(place.path()), "3 done", "-TERM");
    assert!(run.status.code().is_some(), "{:?}", run.lines);
    ended_well(&Run::whole(&mut trip(place.path())), place.path());
}
