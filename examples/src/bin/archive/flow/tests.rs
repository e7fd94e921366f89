//! Archiving in a simulation: each file is stored once for each crash, and none is lost.

use std::collections::BTreeMap;

use flowstone::testing::Simulation;

use super::*;

/// The lines of the manifest, by number.
type Lines = BTreeMap<usize, String>;

fn simulation(files: usize) -> Simulation {
    let mut sim = Simulation::new(7);
    sim.with_world(Lines::new());
    sim.fake::<find>(move |_| {
        let source = |number| Source {
            path: format!("{number}.txt"),
            size: 10,
        };
        Ok((1..=files).map(source).collect())
    });
    sim.fake::<hash>(|_| Ok(serde_json::from_str("\"00ff\"").unwrap()));
    sim.fake_in::<store, Lines>(|lines, _, (_, _, source, _, number, _)| {
        lines.insert(number, source.path);
        Ok(())
    });
    sim.fake::<write_manifest>(|_| Ok(()));
    sim.fake_in::<verify, Lines>(|lines, _, _| {
        Ok(Summary {
            files: lines.len(),
            contents: lines.len(),
            bytes: 10 * lines.len() as u64,
            packed_bytes: 0,
        })
    });
    sim
}

#[test]
fn a_crash_at_any_point_loses_no_file() {
    let mut sim = simulation(3);
    let report = sim.crash_everywhere(|| archive("in".to_owned(), "out".to_owned()));
    assert_eq!(report.never_reached, []);
    assert_eq!(sim.world::<Lines>().len(), 3);
}

#[test]
fn what_cannot_be_read_is_not_tried_again() {
    let mut sim = simulation(3);
    sim.fake::<hash>(|(_, path)| {
        Err(ArchiveError::Io {
            path,
            message: "gone".to_owned(),
        })
    });
    let ended = sim.run(async |engine| {
        let call = archive("in".to_owned(), "out".to_owned());
        engine.run("a", call).await.unwrap()
    });
    assert!(matches!(ended, Err(ArchiveError::Io { .. })), "{ended:?}");
    assert_eq!(sim.ledger().of::<hash>().len(), 1);
    assert!(sim.world::<Lines>().is_empty());
}
