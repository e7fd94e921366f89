//! Timers as children: kept, raced, asked, cancelled.

use flowstone::flow::{Handle, JoinError};
use flowstone::prelude::*;
use flowstone::testing::Simulation;

#[action(name = "spawned-work")]
async fn work(number: u64) -> u64 {
    number
}

/// Reminders that are due while it works, of which it cancels the last.
#[flow]
async fn reminded(hours: u64) -> (Vec<u64>, Vec<Result<(), JoinError>>) {
    let after = |hours| flow::sleep(Duration::from_hours(hours)).spawn();
    let first = after(1);
    let mut reminders: Vec<Handle<()>> = (2..=hours).map(after).collect();
    let mut seen = Vec::new();
    for number in 0..2 {
        seen.push(work(number).await);
        let in_time = flow::race! {
            () = first.ended() => true,
            () = flow::sleep(Duration::from_mins(45)) => false,
        };
        seen.push(u64::from(in_time));
    }
    if let Some(last) = reminders.last() {
        last.cancel("enough");
    }
    reminders.push(first);
    let later = flow::sleep_until(flow::now()).spawn();
    reminders.push(later);
    (seen, flow::join_all(reminders).await)
}

#[test]
fn a_spawned_timer_is_a_handle_like_others() {
    let mut sim = Simulation::new(0);
    sim.fake::<work>(|(number,)| number + 10);
    sim.run(async |engine| {
        let before = engine.now();
        let (seen, reminders) = engine.run("r", reminded(3)).await.unwrap();
        assert_eq!(seen, [10, 0, 11, 1]);
        let reason = "enough".to_owned();
        let cancelled = Err(JoinError::Cancelled { reason });
        assert_eq!(reminders, [Ok(()), cancelled, Ok(()), Ok(())]);
        assert_eq!(engine.now().since(before), Duration::from_hours(2));
        assert_eq!(engine.check().await.unwrap(), []);
    });
    let report = sim.crash_everywhere(|| reminded(3));
    assert_eq!(report.never_reached, []);
}
