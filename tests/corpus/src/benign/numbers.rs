//! Money, other numbers, and what is drawn from a given seed.

use flowstone::prelude::*;
use flowstone_corpus_helper as helper;
use rand::rngs::ChaCha8Rng;
use rand::{RngExt as _, SeedableRng as _};
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::helpers::numbers;

const A_MOMENT: Duration = Duration::from_millis(1);

#[flow]
pub async fn decimal_total() -> String {
    let price: Decimal = "19.99".parse().unwrap();
    let sum = (price * Decimal::from(3)).to_string();
    flow::sleep(A_MOMENT).await;
    helper::with_tax(&sum)
}

#[flow]
pub async fn decimal_rounding() -> String {
    let share = Decimal::new(1_000, 2) / Decimal::from(3);
    let share = share.round_dp(2).to_string();
    flow::sleep(A_MOMENT).await;
    format!("{share} {:?}", numbers::split("10.00", 3))
}

#[flow]
pub async fn checked_sums() -> Option<u64> {
    let sum = [1_u64, 2, 3]
        .iter()
        .try_fold(0_u64, |sum, n| sum.checked_add(*n));
    flow::sleep(A_MOMENT).await;
    sum?.checked_mul(numbers::greatest_divisor(48, 36))
}

#[flow]
pub async fn float_mean() -> String {
    let values = vec![1.5, 2.25, 4.0];
    let mean = values.iter().sum::<f64>() / 3.0;
    flow::sleep(A_MOMENT).await;
    format!("{mean:.3} {:?}", numbers::median(values))
}

#[flow]
pub async fn seeded_rng() -> u32 {
    let draw: u32 = ChaCha8Rng::seed_from_u64(7).random_range(0..100);
    flow::sleep(A_MOMENT).await;
    draw + numbers::drawn(u64::from(draw))
}

#[flow]
pub async fn seeded_fastrand() -> u64 {
    let draw = fastrand::Rng::with_seed(7).u64(..100);
    flow::sleep(A_MOMENT).await;
    draw + numbers::quickly_drawn(draw)
}

#[flow]
pub async fn seeded_shuffle() -> String {
    let mut rng = flow::rng();
    let draw = rng.random_range(0..1);
    flow::sleep(A_MOMENT).await;
    numbers::shuffled("abcdef", draw)
}

#[flow]
pub async fn big_powers() -> u128 {
    let power = 3_u128.pow(40).rotate_left(5);
    flow::sleep(A_MOMENT).await;
    power ^ numbers::fibonacci(90)
}

#[flow]
pub async fn uuid_of_name() -> String {
    let id = Uuid::new_v5(&Uuid::NAMESPACE_URL, b"https://example.org").to_string();
    flow::sleep(A_MOMENT).await;
    id + &helper::id_of("tea")
}

#[flow]
pub async fn uuid_parsed() -> String {
    let id: Uuid = "a1a2a3a4-b1b2-c1c2-d1d2-d3d4d5d6d7d8".parse().unwrap();
    let simple = id.simple().to_string();
    flow::sleep(A_MOMENT).await;
    simple + &numbers::next_id(id.as_u128())
}

#[flow]
pub async fn ulid_of_parts() -> String {
    let id = ulid::Ulid::from_parts(1_772_186_400_000, 7).to_string();
    flow::sleep(A_MOMENT).await;
    numbers::millis_of(&id).to_string() + &id
}

#[flow]
pub async fn integer_parsing() -> String {
    let number = i64::from_str_radix("-7f", 16).unwrap_or_default();
    flow::sleep(A_MOMENT).await;
    numbers::parsed(&["12", "0.5", "x", &number.to_string()])
}
