//! What is spawned and awaited later, many things at once, limits of time, and what
//! undoes a step.

use std::collections::BTreeMap;
use std::time::Duration;

use flowstone_tests::differ::{note, see};
use flowstone_tests::spawned::{Spawned, spawn, undo};

use super::{bodies, forks, tick};

#[derive(Debug, serde::Serialize, serde::Deserialize)]
struct Job {
    id: i64,
    handle: Option<Spawned>,
    notes: Vec<String>,
}

bodies! {
    fn kept_and_awaited_later(n: i64 = 3) -> (i64, String) {
        let first = spawn(n);
        let all: Vec<Spawned> = (0..3).map(|i| spawn(i + 10)).collect();
        let mut sum = tick(1).await;
        for handle in all {
            sum += handle.await.unwrap_or(100);
        }
        let last = first.await.map_err(|error| error.to_string());
        (sum, format!("{last:?}"))
    }
    fn in_structs_and_maps(n: i64 = 3) -> (i64, Vec<String>) {
        let mut jobs: BTreeMap<i64, Job> = (0..3).map(|id| (id, Job { id, handle: Some(spawn(id + 3)), notes: vec![] })).collect();
        let mut sum = 0;
        for (id, job) in &mut jobs {
            if let Some(handle) = job.handle.take() && *id != 2 {
                match handle.await { Ok(n) => sum += n, Err(error) => job.notes.push(error.to_string()) }
            } else {
                job.handle = Some(spawn(tick(*id).await));
            }
            job.notes.push(format!("{sum}"));
        }
        let Some((_, Job { handle: Some(last), mut notes, id })) = jobs.pop_last() else { return (sum, vec![]) };
        notes.push(format!("{id}{:?}", last.await.ok()));
        (sum, notes)
    }
}

forks! {
    fn awaited_at_once(n: i64 = 4) -> (i64, Vec<String>) {
        let (a, b) = (spawn(n), spawn(n + 1));
        let mut seen = vec![];
        let (a, b, c) = flow::join!(a, async { let b = b.await; seen.push(format!("{b:?}")); b }, tick(1));
        (a.unwrap_or(-1) + b.unwrap_or(-2) + c, seen)
    }
    fn raced_from_a_vector(n: i64 = 3) -> Vec<i64> {
        let mut open: Vec<Spawned> = vec![spawn(1), spawn(9), spawn(2)];
        let mut done = vec![];
        while let Some(handle) = open.pop() {
            flow::race! {
                end = handle => match end { Ok(n) => done.push(n), Err(error) => { see(&error.to_string()); break } },
                late = async { tick(20).await; tick(21).await } => { done.push(late); if done.len() > 2 { continue } open.insert(0, spawn(late)); },
            }
            if done.len() == 4 { break }
        }
        done
    }
    fn many_that_were_spawned(n: i64 = 3) -> Vec<String> {
        let mut said = vec![];
        for round in 0..3 {
            let handles = (0..n).map(|i| spawn(i + round));
            said.push(match round {
                0 => format!("{:?}", flow::join_all(handles).await),
                1 => format!("{:?}", flow::try_join_all(handles).await),
                _ => format!("{:?}", flow::race_all(handles).await),
            });
        }
        said
    }
    fn many_that_tick(n: i64 = 3) -> (Vec<i64>, i64) {
        let mut items = vec![3, 1, 2];
        items = flow::join_all(items.iter().map(|item| tick(item * 2))).await;
        items.push(tick(items.len() as i64).await);
        let (at, first) = flow::race_all(items.iter().copied().map(tick)).await;
        items[at] += first + n;
        let none = flow::join_all(Vec::<Spawned>::new()).await;
        (items, none.len() as i64)
    }
    fn limits(n: i64 = 3) -> (Vec<i64>, u32) {
        let (mut got, mut late) = (vec![], 0);
        for i in 0..4 {
            match flow::timeout(Duration::from_millis(50 + i), tick(i as i64)).await {
                Ok(n) if n > 2 => break,
                Ok(n) => got.push(n),
                Err(flow::Elapsed) => { late += 1; got.push(tick(-1).await); }
            }
        }
        let Ok(end) = flow::timeout(Duration::from_millis(60), spawn(n)).await else { return (got, late) };
        got.push(end.unwrap_or(7));
        let many = flow::timeout(Duration::from_millis(70), flow::join_all([tick(1), tick(2)])).await;
        got.extend(many.unwrap_or_default());
        (got, late)
    }
    fn undone_or_kept(n: i64 = 3) -> Result<i64, String> {
        let mut sum = 0;
        for i in 0..3 {
            flow::on_failure(undo(i));
            sum += tick(i).await;
            if spawn(sum + 3).await.is_err() { flow::keep(); note(sum); continue; }
            flow::on_failure(undo({ sum += 1; sum }));
        }
        let end = spawn(sum).await.map_err(|error| error.to_string())?;
        if tick(end).await > 4 { flow::keep(); }
        Ok(end)
    }
    fn blocks_that_spawn(n: i64 = 3) -> (i64, Vec<i64>) {
        let mut open = vec![];
        let (a, b) = flow::join!(
            async { let h = spawn(5); let x = tick(1).await; open.push(spawn(x)); h.await.unwrap_or(0) + x },
            async { flow::timeout(Duration::from_millis(30), spawn(8)).await.map_or(-1, |end| end.unwrap_or(-2)) },
        );
        let mut ends = vec![];
        while let Some(handle) = open.pop() {
            let end = handle.await.unwrap_or(0);
            if end < 3 && ends.len() < 5 { open.extend([spawn(end + 2), spawn(end + 8)]); }
            ends.push(end);
        }
        (a + b, ends)
    }
}
