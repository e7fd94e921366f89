//! Threads and async runtimes.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

pub(crate) fn in_background(n: u32) -> u32 {
    thread::spawn(move || n * 2).join().unwrap_or(0)
}

pub(crate) fn in_a_scope(items: &[u32]) -> u32 {
    thread::scope(|scope| {
        let half = scope.spawn(|| items.iter().sum::<u32>());
        half.join().unwrap_or(0)
    })
}

pub(crate) fn politely() {
    thread::sleep(Duration::from_micros(1));
}

pub(crate) fn first_of_two() -> Option<u32> {
    let (sender, receiver) = mpsc::channel();
    for n in 0..2 {
        let sender = sender.clone();
        thread::spawn(move || sender.send(n));
    }
    receiver.recv().ok()
}

pub(crate) fn who() -> String {
    format!("{:?}", thread::current().id())
}

pub(crate) fn summed(items: &[u64]) -> u64 {
    items.par_iter().sum()
}

pub(crate) fn timed_out() -> bool {
    let (_sender, receiver) = crossbeam_channel::bounded::<u32>(1);
    receiver.recv_timeout(Duration::from_micros(1)).is_err()
}

pub(crate) fn of_flume() -> Option<u32> {
    let (sender, receiver) = flume::unbounded();
    let _sent = sender.send(3);
    receiver.recv_timeout(Duration::from_micros(1)).ok()
}

pub(crate) fn on_a_runtime() -> u32 {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.map_or(0, |runtime| runtime.block_on(async { 3 }))
}

pub(crate) fn with_a_deadline() -> bool {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build();
    let waited = runtime.map(|runtime| {
        let never = std::future::pending::<()>();
        runtime.block_on(async { tokio::time::timeout(Duration::from_micros(1), never).await })
    });
    waited.is_ok_and(|waited| waited.is_err())
}

pub(crate) fn blocked_on() -> u32 {
    pollster::block_on(async { 3 })
}
