//! What no flow may do, behind functions that a macro does not see through.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

#[expect(
    clippy::disallowed_methods,
    reason = "the clock is what is trapped here"
)]
pub(crate) fn wall_clock() -> u64 {
    let now = std::time::SystemTime::now();
    let past = now.duration_since(std::time::UNIX_EPOCH);
    past.map_or(0, |past| past.as_secs() / 1_000_000)
}

pub(crate) fn monotonic_clock() -> bool {
    std::time::Instant::now().elapsed() < Duration::from_hours(1)
}

pub(crate) fn random_bytes() -> bool {
    rand::random::<u64>() < u64::MAX
}

pub(crate) fn random_id() -> usize {
    uuid::Uuid::new_v4().to_string().len()
}

pub(crate) fn hasher() -> u64 {
    RandomState::new().hash_one(7)
}

pub(crate) fn variable() -> bool {
    std::env::var("HOME").is_ok()
}

pub(crate) fn folder() -> bool {
    std::env::current_dir().is_ok()
}

pub(crate) fn process() -> bool {
    std::process::id() > 0
}

pub(crate) fn program() -> bool {
    std::process::Command::new("true").status().is_ok()
}

pub(crate) fn read_file() -> usize {
    std::fs::read("Cargo.toml").map_or(0, |bytes| bytes.len())
}

pub(crate) fn is_there() -> bool {
    std::path::Path::new("Cargo.toml").exists()
}

pub(crate) fn connect() -> bool {
    std::net::TcpStream::connect("127.0.0.1:1").is_ok()
}

pub(crate) fn look_up() -> bool {
    use std::net::ToSocketAddrs as _;
    ("localhost", 80).to_socket_addrs().is_ok()
}

pub(crate) fn thread() -> u32 {
    std::thread::spawn(|| 7).join().unwrap_or(0)
}

pub(crate) fn park() {
    std::thread::park_timeout(Duration::from_micros(1));
}

pub(crate) fn wait_for_a_message() -> bool {
    let (_sender, receiver) = std::sync::mpsc::channel::<u8>();
    receiver.recv_timeout(Duration::from_micros(1)).is_ok()
}

pub(crate) fn wait_for_a_condition() -> bool {
    let (lock, condition) = (std::sync::Mutex::new(()), std::sync::Condvar::new());
    let Ok(guard) = lock.lock() else {
        return false;
    };
    let waited = condition.wait_timeout(guard, Duration::from_micros(1));
    waited.is_ok()
}

pub(crate) fn pause() {
    std::thread::sleep(Duration::from_micros(1));
}

#[expect(clippy::print_stdout, reason = "printing is what is trapped here")]
pub(crate) fn print() {
    println!("this must not be seen");
}

#[expect(clippy::print_stderr, reason = "printing is what is trapped here")]
pub(crate) fn print_error() {
    eprintln!("nor this");
}

/// Reads the clock once in a process.
pub(crate) fn lazily() -> u64 {
    static STARTED: LazyLock<u64> = LazyLock::new(wall_clock);
    *STARTED
}

/// A clock behind a trait.
pub(crate) trait Clock {
    fn seconds(&self) -> u64;
}

pub(crate) struct System;

impl Clock for System {
    fn seconds(&self) -> u64 {
        wall_clock()
    }
}

pub(crate) fn of_a_trait(clock: &dyn Clock) -> u64 {
    clock.seconds()
}

#[cfg(target_arch = "x86_64")]
pub(crate) fn past_the_library() -> bool {
    let mut bytes = [0; 8];
    let flags = rustix::rand::GetRandomFlags::empty();
    rustix::rand::getrandom(&mut bytes[..], flags).is_ok()
}

pub(crate) fn order(words: &[&str]) -> Vec<String> {
    let words: HashMap<_, _> = words.iter().map(|word| (*word, word.len())).collect();
    words.into_keys().map(str::to_owned).collect()
}

pub(crate) fn in_order(words: &[&str]) -> Vec<String> {
    let mut words = order(words);
    words.sort();
    words
}

pub(crate) fn counted() -> u64 {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    COUNT.fetch_add(1, Ordering::Relaxed)
}

pub(crate) fn counted_in_the_thread() -> u32 {
    std::thread_local! {
        static COUNT: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
    }
    COUNT.replace(COUNT.get() + 1)
}

pub(crate) fn of_the_thread() -> String {
    format!("{:?}", std::thread::current().id())
}

pub(crate) fn address_of_a_box() -> String {
    format!("{:p}", Box::new(7_u8))
}

pub(crate) fn address_of_a_local() -> String {
    let local = 7_u8;
    format!("{:p}", &raw const local)
}

pub(crate) fn variables() -> usize {
    std::env::vars_os().count()
}

pub(crate) fn arguments() -> usize {
    std::env::args().count()
}

pub(crate) fn address_of_a_static() -> String {
    static SEVEN: u8 = 7;
    format!("{:p}", &raw const SEVEN)
}

/// A map that is only looked up in.
pub(super) fn counts(words: &[&str]) -> BTreeMap<String, usize> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in words {
        *counts.entry(word).or_default() += 1;
    }
    let counted = words.iter();
    let counted = counted.filter_map(|word| Some(((*word).to_owned(), *counts.get(word)?)));
    counted.collect()
}
