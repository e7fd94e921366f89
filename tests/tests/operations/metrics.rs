//! What an engine counts.

use flowstone::prelude::*;

use crate::support::engine;

#[action(name = "metrics-fussy", retry(attempts = 3, first_delay = "1ms"))]
async fn fussy(cx: ActionCx, good: bool) -> Result<u32, String> {
    assert!(good || cx.attempt() != 2, "the second attempt panics");
    if good {
        Ok(cx.attempt())
    } else {
        Err("not good".to_owned())
    }
}

#[flow(name = "metrics-job")]
async fn job(good: bool) -> Result<u32, String> {
    fussy(good).await
}

#[flow(name = "metrics-sleeper")]
async fn sleeper() {
    flow::sleep(Duration::from_hours(1)).await;
}

const LATER: Channel<u8> = Channel::new("later");

#[tokio::test]
async fn what_was_done_is_counted_once() {
    let (engine, _folder) = engine().await;
    let nothing = engine.metrics();
    assert_eq!(
        (nothing.started, nothing.turns, nothing.attempts.begun),
        (0, 0, 0)
    );
    assert_eq!(engine.run("good", job(true)).await.unwrap(), Ok(1));
    assert!(engine.run("bad", job(false)).await.unwrap().is_err());
    let cancelled = engine.start("cancelled", sleeper()).await.unwrap();
    cancelled.send(LATER, 7).await.unwrap();
    cancelled.cancel("enough").await.unwrap();
    engine.start("terminated", sleeper()).await.unwrap();
    engine.terminate("terminated", "enough").await.unwrap();
    engine.start("live", sleeper()).await.unwrap();

    let metrics = engine.metrics();
    assert_eq!((metrics.started, metrics.returned), (5, 2));
    assert_eq!((metrics.cancelled, metrics.terminated), (1, 1));
    assert_eq!(metrics.messages_stored, 1);
    let attempts = &metrics.attempts;
    assert_eq!((attempts.begun, attempts.returned), (4, 1));
    assert_eq!(
        (attempts.failed, attempts.broken, attempts.running),
        (2, 1, 0)
    );
    let commits = &metrics.commits;
    assert!(commits.count > 5 && commits.writes > commits.count && commits.bytes > commits.writes);
    assert!(commits.longest <= commits.time && !commits.longest.is_zero());
    assert_eq!((commits.failed, commits.waiting), (0, 0));

    let statuses = engine.count_by_status().await.unwrap();
    let statuses: Vec<_> = statuses.into_iter().collect();
    let expected = [
        (Status::Waiting, 1),
        (Status::Finished, 2),
        (Status::Cancelled, 1),
        (Status::Terminated, 1),
    ];
    assert_eq!(statuses, expected);
}
