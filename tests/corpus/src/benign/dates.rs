//! Dates and spans of time: arithmetic on what was given, no clock.

use std::time::UNIX_EPOCH;

use chrono::{DateTime, Datelike as _, Days, NaiveDate, TimeDelta, Utc};
use flowstone::prelude::*;
use jiff::{ToSpan as _, civil};

use crate::helpers::dates;

const A_MOMENT: Duration = Duration::from_millis(1);

#[flow]
pub async fn chrono_due_date() -> String {
    let ordered = NaiveDate::from_ymd_opt(2026, 2, 27).unwrap();
    let due = ordered + Days::new(14);
    let due = due.format("%d.%m.%Y").to_string();
    flow::sleep(A_MOMENT).await;
    format!("{due} {}", dates::working_days(2026, 3))
}

#[flow]
pub async fn chrono_parsed() -> String {
    let at: DateTime<Utc> = "2026-02-27T10:00:00+01:00".parse().unwrap();
    let later = (at + TimeDelta::hours(30)).to_rfc3339();
    flow::sleep(A_MOMENT).await;
    format!("{later} {}", dates::age_in_days("2026-01-01", &later))
}

#[flow]
pub async fn chrono_month_ends() -> u32 {
    let day = NaiveDate::from_ymd_opt(2028, 2, 29).map_or(0, |day| day.ordinal());
    flow::sleep(A_MOMENT).await;
    day + dates::last_day(2027, 2)
}

#[flow]
pub async fn jiff_span() -> String {
    let at: jiff::Timestamp = "2026-02-27T10:00:00Z".parse().unwrap();
    let later = (at + 90.minutes()).to_string();
    flow::sleep(A_MOMENT).await;
    format!("{later} {}", dates::between("2026-02-27", "2027-01-01"))
}

#[flow]
pub async fn jiff_weekday() -> String {
    let day = civil::date(2026, 2, 27).weekday();
    let day = format!("{day:?}");
    flow::sleep(A_MOMENT).await;
    day + &dates::next_monday("2026-02-27")
}

#[flow]
pub async fn jiff_rounding() -> String {
    let span = jiff::SignedDuration::from_secs(3_725).to_string();
    flow::sleep(A_MOMENT).await;
    format!("{span} {}", dates::in_utc(1_772_186_400))
}

#[flow]
pub async fn time_calendar() -> i32 {
    let day = time::Date::from_calendar_date(2026, time::Month::May, 31).unwrap();
    let day = day.to_julian_day();
    flow::sleep(A_MOMENT).await;
    day + dates::week_of(2026, 200)
}

#[flow]
pub async fn time_formatted() -> String {
    let at = time::OffsetDateTime::from_unix_timestamp(1_772_186_400).unwrap();
    let year = at.year();
    flow::sleep(A_MOMENT).await;
    format!("{year} {}", dates::rfc3339(i64::from(year)))
}

#[flow]
pub async fn humantime_text() -> String {
    let text = humantime::format_duration(Duration::from_secs(3_725)).to_string();
    flow::sleep(A_MOMENT).await;
    format!("{:?}", dates::parsed(&text))
}

#[flow]
pub async fn std_durations() -> String {
    let wait = Duration::from_secs(3)
        .mul_f64(1.5)
        .min(Duration::from_mins(1));
    flow::sleep(A_MOMENT).await;
    format!("{wait:?} {:?}", dates::back_off(6))
}

#[flow]
pub async fn epoch_seconds() -> u64 {
    let at = flow::now();
    let since = UNIX_EPOCH + Duration::from_secs(90);
    let since = since.duration_since(UNIX_EPOCH).unwrap_or_default();
    flow::sleep(A_MOMENT).await;
    since.as_secs() + u64::from(flow::now() < at) + dates::since_epoch(UNIX_EPOCH)
}

#[flow]
pub async fn fixed_offset() -> String {
    let offset = chrono::FixedOffset::east_opt(3_600).unwrap();
    let offset = offset.to_string();
    flow::sleep(A_MOMENT).await;
    format!("{offset} {}", dates::in_offset(1_772_186_400, 7_200))
}
