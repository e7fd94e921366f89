//! Statics that change, and addresses.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use arc_swap::ArcSwap;
use dashmap::DashMap;
use once_cell::sync::Lazy;
use parking_lot::RwLock;

pub(crate) fn next_number() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

pub(crate) fn depth() -> u32 {
    DEPTH.with(|depth| depth.replace(depth.get() + 1))
}

pub(crate) fn logged(line: &str) -> usize {
    static LINES: Mutex<Vec<String>> = Mutex::new(Vec::new());
    let mut lines = LINES.lock().unwrap();
    lines.push(line.to_owned());
    lines.len()
}

pub(crate) fn cached(key: &str) -> usize {
    static CACHE: Lazy<DashMap<String, usize>> = Lazy::new(DashMap::new);
    let made = CACHE.len();
    *CACHE.entry(format!("{key}{made}")).or_insert(made)
}

lazy_static::lazy_static! {
    static ref VISITS: parking_lot::Mutex<u64> = parking_lot::Mutex::new(0);
}

pub(crate) fn visits() -> u64 {
    let mut visits = VISITS.lock();
    *visits += 1;
    *visits
}

pub(crate) fn rate() -> u64 {
    static RATE: RwLock<u64> = RwLock::new(100);
    let rate = *RATE.read();
    *RATE.write() = rate + 1;
    rate
}

pub(crate) fn swapped() -> u64 {
    static LATEST: OnceLock<ArcSwap<u64>> = OnceLock::new();
    let latest = LATEST.get_or_init(|| ArcSwap::from_pointee(0));
    let before = latest.load_full();
    latest.store(Arc::new(*before + 1));
    *before
}

pub(crate) fn handle_of(order: &Rc<u32>) -> String {
    format!("order@{:p}", Rc::as_ptr(order))
}

pub(crate) fn key_of<T>(value: &T) -> usize {
    std::ptr::from_ref(value) as usize
}
