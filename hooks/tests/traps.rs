//! Each trap, sprung from a thread of its own: what is told, and what is not.
#![cfg(all(debug_assertions, target_os = "linux", target_env = "gnu"))]
#![expect(
    clippy::disallowed_methods,
    reason = "the clock is what is trapped here"
)]

use std::hint::black_box;

use flowstone_hooks::{Group, Hit, in_fresh_thread, is_available, watch};

/// What `code` is caught at, with strictness and without.
fn caught<T>(code: impl Fn() -> T + Sync) -> Vec<Hit> {
    let run = |strict| {
        let hits = in_fresh_thread(strict, || {
            watch(|| {
                black_box(code());
            })
            .hits
        });
        hits.expect("a thread can be started")
    };
    let plain = run(false);
    let names = |hits: &[Hit]| -> Vec<_> { hits.iter().map(|hit| (hit.group, hit.call)).collect() };
    let strict = run(true);
    assert_eq!(
        names(&strict),
        names(&plain),
        "a strict thread tells no more of this"
    );
    plain
}

#[track_caller]
fn first<T>(code: impl Fn() -> T + Sync) -> (Group, &'static str) {
    let hits = caught(code);
    let hit = hits.first().expect("it is caught");
    (hit.group, hit.call)
}

#[test]
fn clocks_are_told_apart() {
    assert!(is_available());
    let wall = first(std::time::SystemTime::now);
    assert_eq!(wall, (Group::WallClock, "clock_gettime"));
    let monotonic = first(std::time::Instant::now);
    assert_eq!(monotonic, (Group::MonotonicClock, "clock_gettime"));
    // SAFETY: null asks for the value alone.
    let time = first(|| unsafe { libc::time(std::ptr::null_mut()) });
    assert_eq!(time, (Group::WallClock, "time"));
}

#[test]
fn files_say_which_and_what_they_are_for() {
    let hits = caught(|| std::fs::read("/etc/hostname").is_ok());
    assert_eq!(hits[0].group, Group::Filesystem);
    assert_eq!(hits[0].detail, "/etc/hostname");
    assert_eq!(first(|| std::fs::metadata("/")).0, Group::Filesystem);
    assert_eq!(
        first(|| std::fs::read_dir("/").is_ok()).0,
        Group::Filesystem
    );
    let bytes = first(|| std::fs::File::open("/dev/urandom").is_ok());
    assert_eq!(bytes.0, Group::Randomness);
}

#[test]
fn the_environment_says_which_variable() {
    let hits = caught(|| std::env::var("HOME").is_ok());
    assert_eq!(hits[0].group, Group::EnvironmentProcess);
    assert_eq!((hits[0].call, hits[0].detail.as_str()), ("getenv", "HOME"));
    assert_eq!(
        first(|| std::env::var("TZ").is_ok()).0,
        Group::TimezoneLocale
    );
    assert_eq!(
        first(std::process::id),
        (Group::EnvironmentProcess, "getpid")
    );
    assert_eq!(first(|| std::env::current_dir().is_ok()).1, "getcwd");
    assert!(caught(|| std::env::var("RUST_BACKTRACE").is_ok()).is_empty());
}

#[test]
fn programs_are_told_and_not_run() {
    let hits = in_fresh_thread(true, || {
        let watched = watch(|| std::process::Command::new("true").status().is_ok());
        assert!(!watched.value, "nothing comes of it");
        watched.hits
    });
    let hits = hits.unwrap();
    assert!(
        hits.iter().any(|hit| hit.call == "posix_spawnp"),
        "{hits:?}"
    );
}

#[test]
fn the_network_and_threads_are_told() {
    let connect = first(|| std::net::TcpStream::connect("127.0.0.1:1").is_ok());
    assert_eq!(connect, (Group::NetworkAndClients, "socket"));
    let thread = caught(|| std::thread::spawn(std::time::Instant::now).join().is_ok());
    assert!(
        thread.iter().any(|hit| hit.call == "pthread_create"),
        "{thread:?}"
    );
    let sleep = first(|| std::thread::sleep(std::time::Duration::from_micros(1)));
    assert_eq!(sleep, (Group::ThreadsSync, "clock_nanosleep"));
}

#[test]
fn output_is_told_and_goes_nowhere() {
    let out = first(|| println!("this must not be seen"));
    assert_eq!(out, (Group::Printing, "write"));
    assert_eq!(first(|| eprintln!("nor this")).0, Group::Printing);
}

#[test]
fn random_numbers_are_told_in_each_fresh_thread() {
    for _ in 0..2 {
        let order = first(std::hash::RandomState::new);
        assert_eq!(order, (Group::Randomness, "getrandom"));
    }
    assert_eq!(first(uuid::Uuid::new_v4), (Group::Ids, "getrandom"));
    assert_eq!(first(rand::random::<u64>), (Group::Randomness, "getrandom"));
}

#[test]
fn what_is_the_same_each_time_is_not_told() {
    let hits = caught(|| {
        let mut numbers: Vec<u64> = (0..50_000).rev().collect();
        numbers.sort_unstable();
        let map: std::collections::BTreeMap<_, _> = numbers.iter().map(|n| (n, n * 2)).collect();
        let lock = std::sync::Mutex::new(format!("{map:?}").len());
        *lock.lock().unwrap()
    });
    assert_eq!(hits, []);
}

#[test]
fn a_panic_is_not_told() {
    // Without the message, which the default hook prints.
    let quietly = |code: fn()| {
        let payload = std::panic::catch_unwind(|| std::panic::resume_unwind(Box::new(code)));
        payload.is_err()
    };
    let hits = caught(|| quietly(|| ()));
    assert_eq!(hits, []);
}

#[test]
fn the_path_leads_from_the_outside_to_the_call() {
    fn outer() -> u64 {
        black_box(inner())
    }
    fn inner() -> u64 {
        std::time::SystemTime::now()
            .elapsed()
            .map_or(0, |past| past.as_secs())
    }
    let hits = caught(outer);
    let path: Vec<_> = hits[0].path.iter().map(|call| call.name.as_str()).collect();
    let at = |end: &str| path.iter().position(|name| name.ends_with(end));
    assert!(
        at("::inner").is_some() && at("::inner") < at("::outer"),
        "{path:#?}"
    );
    assert!(
        path.iter()
            .all(|name| !name.starts_with("flowstone_hooks::")),
        "{path:#?}"
    );
    let inner = &hits[0].path[at("::inner").unwrap()];
    assert!(inner.file.as_deref().unwrap().ends_with("traps.rs"));
    assert!(inner.line.is_some());
}

#[test]
fn other_threads_are_left_alone() {
    let hits = in_fresh_thread(true, || {
        watch(|| ()).hits.len() + usize::from(std::time::Instant::now().elapsed().is_zero())
    });
    assert_eq!(hits.unwrap(), 0);
}

#[cfg(target_arch = "x86_64")]
mod strict {
    //! What no function of the C library is called for.

    use super::*;

    fn strictly<T>(code: impl Fn() -> T + Sync) -> Vec<(Group, &'static str)> {
        let hits = in_fresh_thread(true, || watch(|| drop(black_box(code()))).hits);
        let hits = hits.expect("a thread can be started");
        hits.iter().map(|hit| (hit.group, hit.call)).collect()
    }

    #[test]
    fn instructions_and_inline_system_calls_are_told() {
        // SAFETY: every processor of this architecture has it.
        let counter = || unsafe { std::arch::x86_64::_rdtsc() };
        assert_eq!(strictly(counter), [(Group::MonotonicClock, "rdtsc")]);
        let mut bytes = [0; 8];
        let inline = || {
            let mut bytes = bytes;
            rustix::rand::getrandom(&mut bytes[..], rustix::rand::GetRandomFlags::empty()).is_ok()
        };
        assert_eq!(strictly(inline), [(Group::Randomness, "SYS_getrandom")]);
        bytes[0] = 1;
        assert_ne!(bytes, [0; 8]);
    }

    #[test]
    fn a_trapped_call_does_what_it_would() {
        let read = in_fresh_thread(true, || {
            watch(|| rustix::process::getppid().map(rustix::process::Pid::as_raw_nonzero))
        });
        let read = read.unwrap();
        assert_eq!(
            read.value,
            rustix::process::getppid().map(rustix::process::Pid::as_raw_nonzero)
        );
        assert_eq!(read.hits[0].call, "SYS_getppid");
        let counted = in_fresh_thread(true, || {
            // SAFETY: every processor of this architecture has it.
            let counter = || unsafe { std::arch::x86_64::_rdtsc() };
            (counter(), counter())
        });
        let (first, second) = counted.unwrap();
        assert!(first < second);
    }
}
