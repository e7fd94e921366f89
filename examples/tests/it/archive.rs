//! `archive`, killed at random moments of a long run and at every commit of a
//! short one: what comes out is what an undisturbed run gives.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::program::{Luck, Run};

fn archive(folder: &Path, out: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_archive"));
    command.arg(folder).arg(out);
    command
}

/// Every file below `folder`, with its content.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_owned();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn fill(folder: &Path, files: u64, luck: &mut Luck) {
    for number in 0..files {
        let parent = folder.join(format!("{}/{}", number % 7, number % 31));
        fs::create_dir_all(&parent).unwrap();
        // Every eleventh file has the content of another.
        let content = if number % 11 == 3 { number - 1 } else { number };
        let length = 1 + Luck::below(luck, 40) * 10;
        let text = if number % 11 == 3 {
            fs::read_to_string(path_of(folder, content)).unwrap()
        } else {
            format!("file {content}\n").repeat(usize::try_from(length).unwrap())
        };
        fs::write(path_of(folder, number), text).unwrap();
    }
}

fn path_of(folder: &Path, number: u64) -> PathBuf {
    folder.join(format!("{}/{}/{number}.txt", number % 7, number % 31))
}

#[test]
fn killed_twenty_times_over_five_thousand_files() {
    let mut luck = Luck::new();
    let place = tempfile::tempdir().unwrap();
    let (folder, calm, wild) = (
        place.path().join("in"),
        place.path().join("calm"),
        place.path().join("wild"),
    );
    fill(&folder, 5_000, &mut luck);
    let calm_run = Run::whole(&mut archive(&folder, &calm));
    assert!(calm_run.status.success(), "{:?}", calm_run.lines);

    let mut kills = 0;
    while kills < 20 {
        let run = Run::killed_after(
            &mut archive(&folder, &wild),
            1 + usize::try_from(luck.below(4)).unwrap(),
        );
        assert!(
            !run.status.success(),
            "killed {kills} times, then it ended: {:?}",
            run.lines
        );
        kills += 1;
    }
    let last = Run::whole(&mut archive(&folder, &wild));
    assert!(last.status.success(), "{:?}", last.lines);
    assert!(
        last.lines[0].starts_with("going on with"),
        "{:?}",
        last.lines
    );
    assert_eq!(last.lines.last(), calm_run.lines.last());
    assert!(contents(&calm) == contents(&wild), "the archives differ");
}

#[test]
fn killed_before_and_after_every_commit() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("in");
    fill(&folder, 5, &mut Luck::new());
    let calm = place.path().join("calm");
    assert!(Run::whole(&mut archive(&folder, &calm)).status.success());
    let expected = contents(&calm);
    for when in ["before", "after"] {
        let mut commit = 0;
        loop {
            commit += 1;
            let wild = place.path().join(format!("{when}-{commit}"));
            let told = format!("{when}:{commit}");
            let run = Run::whole(archive(&folder, &wild).env("EXAMPLE_DIE", &told));
            if run.status.success() {
                break;
            }
            // The second crash comes while the first is recovered from.
            Run::whole(archive(&folder, &wild).env("EXAMPLE_DIE", "before:1"));
            let last = Run::whole(&mut archive(&folder, &wild));
            assert!(last.status.success(), "{told}: {:?}", last.lines);
            assert!(expected == contents(&wild), "{told}: the archives differ");
        }
        assert!(commit > 10, "{when}: only {commit} commits");
    }
}

/// Kills in one long action are counted; stops by signals are not: it could be
/// stopped there more often than `max_recoveries` allows, and was never parked.
#[test]
fn stopped_by_signals_it_goes_on_where_it_was() {
    let place = tempfile::tempdir().unwrap();
    let (folder, out) = (place.path().join("in"), place.path().join("out"));
    fill(&folder, 1_000, &mut Luck::new());
    let stopped = |line, signal| {
        let run = Run::signalled_at(&mut archive(&folder, &out), line, signal);
        assert_eq!(run.status.code(), Some(1), "{signal}: {:?}", run.lines);
        run
    };
    stopped("stored 200 of", "-INT");
    let next = stopped("stored 300 of", "-TERM");
    assert!(next.lines[0].starts_with("going on with"));
    // The action that told of 200 may have been stopped before its outcome was stored.
    assert!(!next.lines.iter().any(|line| line.starts_with("stored 100")));
    stopped("restoring", "-TERM");
    for _ in 0..7 {
        let next = stopped("restoring", "-TERM");
        assert_eq!(next.lines.len(), 2, "{:?}", next.lines);
    }
    let last = Run::whole(&mut archive(&folder, &out));
    assert!(last.status.success(), "{:?}", last.lines);
    assert!(!last.lines.iter().any(|line| line.contains("parked")));
    let summary = last.lines.last().unwrap();
    assert!(
        summary.starts_with("archived and verified 1000 files"),
        "{summary}"
    );
}

#[test]
fn what_cannot_be_read_or_written_is_told() {
    let place = tempfile::tempdir().unwrap();
    let missing = place.path().join("missing");
    let output = archive(&missing, &place.path().join("out"))
        .output()
        .unwrap();
    assert!(!output.status.success());
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("cannot read") && told.contains("missing"),
        "{told}"
    );
}

/// A limit on the size of files stands for a full disk: the store cannot get
/// its first pages.
#[test]
fn a_disk_that_is_full_is_told_and_nothing_is_lost() {
    let place = tempfile::tempdir().unwrap();
    let (folder, calm, wild) = (
        place.path().join("in"),
        place.path().join("calm"),
        place.path().join("wild"),
    );
    fill(&folder, 40, &mut Luck::new());
    assert!(Run::whole(&mut archive(&folder, &calm)).status.success());
    let mut full = Command::new("bash");
    full.arg("-c")
        .arg("trap '' XFSZ; ulimit -f 800; exec \"$0\" \"$@\"")
        .arg(env!("CARGO_BIN_EXE_archive"))
        .arg(&folder)
        .arg(&wild);
    let output = full.output().unwrap();
    assert!(!output.status.success());
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.starts_with("archive: "), "{told}");

    let last = Run::whole(&mut archive(&folder, &wild));
    assert!(last.status.success(), "{:?}", last.lines);
    assert!(contents(&calm) == contents(&wild), "the archives differ");
}
