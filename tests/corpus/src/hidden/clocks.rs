//! Clocks and time zones.

use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use chrono::{Local, TimeZone as _, Utc};
use flowstone_corpus_helper::traits::{Clock, SystemClock};
use jiff::tz::TimeZone;

pub(crate) fn invoice_number(prefix: &str) -> String {
    let past = SystemTime::now().duration_since(UNIX_EPOCH);
    format!("{prefix}-{}", past.unwrap_or_default().as_micros())
}

/// A row of functions, as tables of handlers have them.
pub(crate) fn handlers() -> [fn() -> u64; 2] {
    [|| 0, flowstone_corpus_helper::seconds]
}

pub(crate) struct Session<C = SystemClock> {
    pub(crate) clock: C,
}

impl<C: Clock> Session<C> {
    pub(crate) fn age(&self) -> u64 {
        self.clock.seconds() % 60
    }
}

/// Ticks without an end.
pub(crate) struct Ticks;

impl Iterator for Ticks {
    type Item = i64;

    fn next(&mut self) -> Option<i64> {
        Some(Utc::now().timestamp_micros())
    }
}

pub(crate) fn by_age(mut made: Vec<u64>) -> Vec<u64> {
    made.sort_by_key(|at| flowstone_corpus_helper::seconds().abs_diff(*at));
    made
}

pub(crate) fn started() -> u128 {
    static STARTED: LazyLock<SystemTime> = LazyLock::new(SystemTime::now);
    let past = STARTED.duration_since(UNIX_EPOCH);
    past.map_or(0, |past| past.as_micros())
}

pub(crate) fn since_epoch() -> u64 {
    UNIX_EPOCH.elapsed().map_or(0, |past| past.as_secs())
}

pub(crate) fn jiff_stamp() -> String {
    jiff::Timestamp::now().to_string()
}

pub(crate) fn time_stamp() -> i64 {
    time::OffsetDateTime::now_utc().unix_timestamp()
}

pub(crate) fn retried<T>(limit: Duration, mut work: impl FnMut() -> Option<T>) -> Option<T> {
    let start = Instant::now();
    loop {
        let done = work();
        if done.is_some() || start.elapsed() > limit {
            return done;
        }
    }
}

pub(crate) fn counter_of_quanta() -> u64 {
    let clock = quanta::Clock::new();
    clock.raw()
}

pub(crate) fn coarse_ticks() -> u64 {
    coarsetime::Instant::now().as_ticks()
}

pub(crate) fn rustix_seconds() -> i64 {
    rustix::time::clock_gettime(rustix::time::ClockId::Realtime).tv_sec
}

pub(crate) fn local_hour() -> String {
    Local::now().format("%H:%M:%S%.f").to_string()
}

pub(crate) fn in_local_time(seconds: i64) -> String {
    let at = Local.timestamp_opt(seconds, 0).earliest();
    at.map_or_else(String::new, |at| at.to_rfc3339())
}

pub(crate) fn in_zone(seconds: i64, name: &str) -> String {
    let at = jiff::Timestamp::from_second(seconds).unwrap_or_default();
    at.in_tz(name)
        .map_or_else(|error| error.to_string(), |at| at.to_string())
}

pub(crate) fn system_zone() -> Option<String> {
    TimeZone::system().iana_name().map(str::to_owned)
}

pub(crate) fn zone_name() -> bool {
    iana_time_zone::get_timezone().is_ok()
}

pub(crate) fn language() -> Option<String> {
    sys_locale::get_locale()
}

pub(crate) fn local_offset() -> Option<i8> {
    let offset = time::UtcOffset::current_local_offset();
    offset.ok().map(time::UtcOffset::whole_hours)
}
