//! The raw limit: what the engine writes for a step, without the engine.

use std::time::{Duration, Instant};

use redb::{Database, Durability, TableDefinition};

const FRAMES: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("frames");
const JOURNAL: TableDefinition<'_, u64, &[u8]> = TableDefinition::new("journal");
const INSTANCES: u64 = 1_000;

/// Writes `steps` steps, so many a commit: each overwrites the 150-byte row of
/// one of 1,000 instances and appends a 90-byte row.
pub(crate) fn steps(steps: u32, per_commit: u32) -> Duration {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let database = Database::create(folder.path().join("raw.redb")).expect("a new file");
    write(&database, 0..INSTANCES).expect("the disk takes it");
    let start = Instant::now();
    let mut from = INSTANCES;
    let end = from + u64::from(steps);
    while from < end {
        let to = end.min(from + u64::from(per_commit));
        write(&database, from..to).expect("the disk takes it");
        from = to;
    }
    start.elapsed()
}

fn write(database: &Database, steps: std::ops::Range<u64>) -> Result<(), redb::Error> {
    let mut transaction = database.begin_write()?;
    transaction.set_durability(Durability::Immediate)?;
    {
        let mut frames = transaction.open_table(FRAMES)?;
        let mut keys: Vec<u64> = steps.clone().map(|step| step % INSTANCES).collect();
        keys.sort_unstable();
        for key in keys {
            frames.insert(key, [7u8; 150].as_slice())?;
        }
        let mut journal = transaction.open_table(JOURNAL)?;
        for step in steps {
            journal.insert(step, [7u8; 90].as_slice())?;
        }
    }
    transaction.commit()?;
    Ok(())
}
