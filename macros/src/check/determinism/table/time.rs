//! Clocks and time zones.

use super::{At, Group, Level, Rule};

const NOW: Option<&str> =
    Some("`flow::now()`, the time at which the event was taken that woke the flow");

const WHY_ZONE: &str = "reads the time zone or the language of the machine";
const ZONE: Option<&str> = Some("a zone that is an argument of the flow");

pub(super) const WALL_CLOCK: Group = Group {
    id: "wall_clock",
    rules: &[
        Rule {
            at: At::Value,
            level: Level::Error,
            why: "reads the wall clock",
            instead: Some("`flow::now()`, or `SystemTime::from(flow::now())`"),
            paths: &[
                "std::time::SystemTime::now",
                "web_time::SystemTime::now",
                "instant::SystemTime::now",
            ],
        },
        Rule {
            at: At::Value,
            level: Level::Error,
            why: "reads the wall clock",
            instead: Some("`DateTime::<Utc>::from(SystemTime::from(flow::now()))`"),
            paths: &["chrono::Utc::now", "chrono::Utc::today"],
        },
        Rule {
            at: At::Value,
            level: Level::Error,
            why: "reads the clock, and the time zone of the machine",
            instead: Some(
                "`DateTime::<Utc>::from(SystemTime::from(flow::now()))`, in a zone that is an argument",
            ),
            paths: &["chrono::Local::now", "chrono::Local::today"],
        },
        Rule {
            at: At::Value,
            level: Level::Error,
            why: "reads the wall clock",
            instead: Some("`OffsetDateTime::from(SystemTime::from(flow::now()))`"),
            paths: &[
                "time::OffsetDateTime::now_utc",
                "time::OffsetDateTime::now_local",
                "time::UtcDateTime::now",
            ],
        },
        Rule {
            at: At::Value,
            level: Level::Error,
            why: "reads the wall clock",
            instead: Some("`jiff::Timestamp::try_from(SystemTime::from(flow::now()))`"),
            paths: &["jiff::Zoned::now", "=jiff::Timestamp::now"],
        },
        Rule {
            at: At::Value,
            level: Level::Error,
            why: "reads the wall clock",
            instead: NOW,
            paths: &[
                "=time::Timestamp::now",
                "coarsetime::Clock::now_since_epoch",
                "coarsetime::Clock::recent_since_epoch",
                "hifitime::Epoch::now",
                "=bson::DateTime::now",
                "=uuid::timestamp::Timestamp::now",
                "=libc::time",
                "=libc::clock_gettime",
                "=libc::gettimeofday",
                "=rustix::time::clock_gettime",
                "=nix::time::clock_gettime",
            ],
        },
        Rule {
            at: At::Method,
            level: Level::Error,
            why: "reads the wall clock",
            instead: Some("the difference of two `flow::now()`"),
            paths: &["std::time::SystemTime.elapsed"],
        },
    ],
};

pub(super) const MONOTONIC_CLOCK: Group = Group {
    id: "monotonic_clock",
    rules: &[
        Rule {
            at: At::Value,
            level: Level::Error,
            why: "reads the monotonic clock",
            instead: Some("the difference of two `flow::now()`; to wait, `flow::sleep(..)`"),
            paths: &[
                "std::time::Instant::now",
                "tokio::time::Instant::now",
                "web_time::Instant::now",
                "instant::Instant::now",
                "quanta::Instant::now",
                "quanta::Instant::recent",
                "=quanta::Clock::*",
                "minstant::Instant::now",
                "fastant::Instant::now",
                "coarsetime::Instant::now",
                "coarsetime::Instant::recent",
                "coarsetime::Instant::now_without_cache_update",
                "std::arch::x86_64::_rdtsc",
                "std::arch::x86_64::__rdtscp",
            ],
        },
        Rule {
            at: At::Method,
            level: Level::Error,
            why: "reads the monotonic clock",
            instead: Some("the difference of two `flow::now()`"),
            paths: &["std::time::Instant.elapsed", "tokio::time::Instant.elapsed"],
        },
    ],
};

/// Clocks that read the zone as well: a flow must be allowed both.
pub(super) const ZONED: &[&str] = &[
    "chrono::Local::now",
    "chrono::Local::today",
    "time::OffsetDateTime::now_local",
    "jiff::Zoned::now",
];

/// What these do besides.
pub(super) const ZONE_OF_CLOCK: Rule = Rule {
    at: At::Value,
    level: Level::Error,
    why: WHY_ZONE,
    instead: ZONE,
    paths: &[],
};

pub(super) const TIMEZONE_LOCALE: Group = Group {
    id: "timezone_locale",
    rules: &[
        Rule {
            at: At::Value,
            level: Level::Error,
            why: WHY_ZONE,
            instead: ZONE,
            paths: &[
                "chrono::Local",
                "time::UtcOffset::current_local_offset",
                "time::UtcOffset::local_offset_at",
                "=jiff::tz::TimeZone::system",
                "jiff::tz::TimeZone::try_system",
                "=jiff::tz::TimeZone::get",
                "=jiff::tz::db",
                "iana_time_zone::get_timezone",
                "sys_locale::get_locale",
                "sys_locale::get_locales",
            ],
        },
        Rule {
            at: At::Type,
            level: Level::Error,
            why: WHY_ZONE,
            instead: ZONE,
            paths: &["chrono::Local"],
        },
        Rule {
            at: At::Method,
            level: Level::Error,
            why: "asks for a zone by its name, of files of the machine if it has some",
            instead: ZONE,
            paths: &["*.in_tz"],
        },
    ],
};
