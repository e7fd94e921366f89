//! Money, other numbers, and what is drawn from a given seed.

use rand::rngs::ChaCha8Rng;
use rand::seq::SliceRandom as _;
use rand::{RngExt as _, SeedableRng as _};
use rust_decimal::{Decimal, RoundingStrategy};
use ulid::Ulid;
use uuid::Uuid;

pub(crate) fn split(sum: &str, parts: u32) -> Vec<Decimal> {
    let sum: Decimal = sum.parse().unwrap_or_default();
    let share = sum / Decimal::from(parts);
    let share = share.round_dp_with_strategy(2, RoundingStrategy::ToZero);
    let mut shares = vec![share; parts as usize];
    if let Some(last) = shares.last_mut() {
        *last = sum - share * Decimal::from(parts - 1);
    }
    shares
}

pub(crate) fn greatest_divisor(a: u64, b: u64) -> u64 {
    if b == 0 {
        a
    } else {
        greatest_divisor(b, a % b)
    }
}

pub(crate) fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().map(f64::sqrt)
}

pub(crate) fn drawn(seed: u64) -> u32 {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    (0..10).map(|_| rng.random_range(1..=6_u32)).sum()
}

pub(crate) fn quickly_drawn(seed: u64) -> u64 {
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut cards: Vec<u64> = (0..52).collect();
    rng.shuffle(&mut cards);
    cards.first().copied().unwrap_or_default() + rng.u64(..)
}

pub(crate) fn shuffled(text: &str, seed: u64) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    letters.shuffle(&mut ChaCha8Rng::seed_from_u64(seed));
    letters.into_iter().collect()
}

pub(crate) fn fibonacci(n: usize) -> u128 {
    let pairs = std::iter::successors(Some((0, 1)), |&(a, b)| Some((b, a + b)));
    pairs.map(|(a, _)| a).nth(n).unwrap_or_default()
}

pub(crate) fn next_id(id: u128) -> String {
    let built = uuid::Builder::from_u128(id + 1).into_uuid();
    format!("{built} {}", Uuid::nil().get_version_num())
}

pub(crate) fn millis_of(id: &str) -> u64 {
    Ulid::from_string(id).map_or(0, |id| id.timestamp_ms())
}

pub(crate) fn parsed(texts: &[&str]) -> String {
    let parsed = texts.iter().map(|text| match text.parse::<i64>() {
        Ok(number) => number.to_string(),
        Err(_) => text
            .parse::<f64>()
            .map_or_else(|error| error.to_string(), |number| format!("{number:e}")),
    });
    parsed.collect::<Vec<_>>().join(";")
}
