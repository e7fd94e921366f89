//! Dates and spans of time: arithmetic on what was given, no clock.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, TimeZone as _, Utc, Weekday};
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use time::format_description::well_known::Rfc3339;

pub(crate) fn working_days(year: i32, month: u32) -> usize {
    let first = NaiveDate::from_ymd_opt(year, month, 1);
    let days = first.into_iter().flat_map(|day| day.iter_days());
    let days = days.take_while(|day| day.month() == month);
    days.filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun))
        .count()
}

pub(crate) fn age_in_days(from: &str, to: &str) -> i64 {
    let from = NaiveDate::parse_from_str(from, "%Y-%m-%d").unwrap_or_default();
    let to = DateTime::parse_from_rfc3339(to).unwrap_or_default();
    (to.with_timezone(&Utc).date_naive() - from).num_days()
}

pub(crate) fn last_day(year: i32, month: u32) -> u32 {
    let next = NaiveDate::from_ymd_opt(year, month + 1, 1);
    next.and_then(|next| next.pred_opt())
        .map_or(0, |day| day.day())
}

pub(crate) fn between(from: &str, to: &str) -> String {
    let dates: (Date, Date) = (from.parse().unwrap(), to.parse().unwrap());
    let span = dates.0.until((jiff::Unit::Year, dates.1));
    span.map_or_else(|error| error.to_string(), |span| format!("{span:#}"))
}

pub(crate) fn next_monday(from: &str) -> String {
    let from: Date = from.parse().unwrap();
    let monday = from.nth_weekday(1, jiff::civil::Weekday::Monday).unwrap();
    monday.strftime("%A, %e %B %Y").to_string()
}

pub(crate) fn in_utc(seconds: i64) -> String {
    let at = jiff::Timestamp::from_second(seconds).unwrap();
    let zoned = at.to_zoned(TimeZone::fixed(Offset::constant(1)));
    let rounded = zoned.round(jiff::Unit::Hour).unwrap();
    format!("{rounded} {}", at.to_zoned(TimeZone::UTC))
}

pub(crate) fn week_of(year: i32, day: u16) -> i32 {
    let day = time::Date::from_ordinal_date(year, day);
    day.map_or(0, |day| i32::from(day.iso_week()) + day.year())
}

pub(crate) fn rfc3339(seconds: i64) -> String {
    let at = time::OffsetDateTime::UNIX_EPOCH + time::Duration::seconds(seconds);
    let text = at.format(&Rfc3339).unwrap_or_default();
    let again = time::OffsetDateTime::parse(&text, &Rfc3339);
    format!("{text} {}", again == Ok(at))
}

pub(crate) fn parsed(text: &str) -> (Option<Duration>, String) {
    let at = UNIX_EPOCH + Duration::from_hours(492_274);
    let at = humantime::format_rfc3339_seconds(at).to_string();
    (humantime::parse_duration(text).ok(), at)
}

pub(crate) fn back_off(tries: u32) -> Vec<Duration> {
    let first = Duration::from_millis(100);
    let waits = (0..tries).map(|n| first.saturating_mul(2_u32.saturating_pow(n)));
    waits.map(|wait| wait.min(Duration::from_secs(2))).collect()
}

pub(crate) fn since_epoch(at: SystemTime) -> u64 {
    at.duration_since(UNIX_EPOCH)
        .map_or(0, |past| past.as_secs())
}

pub(crate) fn in_offset(seconds: i64, east: i32) -> String {
    let offset = FixedOffset::east_opt(east).unwrap();
    let at = offset.timestamp_opt(seconds, 0).unwrap();
    at.format("%A %e. %B %H:%M %z").to_string()
}
