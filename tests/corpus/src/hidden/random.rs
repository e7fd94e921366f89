//! Random numbers and ids.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};

use flowstone_corpus_helper as helper;
use rand::RngExt as _;
use rand::seq::{IndexedRandom as _, SliceRandom as _};
use uuid::Uuid;

pub(crate) fn coupon() -> String {
    let letters = rand::rng().sample_iter(rand::distr::Alphanumeric);
    letters.take(8).map(char::from).collect()
}

pub(crate) fn winner<'a>(names: &[&'a str]) -> Option<&'a str> {
    names.choose(&mut rand::rng()).copied()
}

pub(crate) fn dealt(mut cards: Vec<u32>) -> Vec<u32> {
    cards.shuffle(&mut rand::rng());
    cards
}

pub(crate) fn is_sampled(share: f64) -> bool {
    rand::random_bool(share)
}

pub(crate) fn jitter(millis: u64) -> u64 {
    millis + fastrand::u64(..millis)
}

pub(crate) fn one_of_the_thread() -> char {
    fastrand::Rng::new().alphabetic()
}

pub(crate) fn secret() -> Vec<u8> {
    let mut secret = vec![0; 16];
    let _filled = getrandom::fill(&mut secret);
    secret
}

pub(crate) fn seeded_by_the_system() -> u64 {
    let mut rng: rand::rngs::ChaCha8Rng = rand::make_rng();
    rng.random()
}

/// A seed as those write it who want no dependency.
pub(crate) fn poor_mans_seed() -> u64 {
    RandomState::new().build_hasher().finish()
}

pub(crate) struct Customer {
    pub(crate) id: Uuid,
}

impl Default for Customer {
    fn default() -> Self {
        Self { id: Uuid::new_v4() }
    }
}

pub(crate) trait Keyed {
    fn key(&self) -> String {
        Uuid::now_v7().to_string()
    }
}

impl Keyed for str {}

pub(crate) fn ticket() -> String {
    helper::next_ticket().to_string()
}

pub(crate) fn sortable() -> String {
    ulid::Ulid::new().to_string()
}

pub(crate) fn sortable_of_a_generator() -> Option<String> {
    let mut ids = ulid::Generator::new();
    ids.generate().ok().map(|id| id.to_string())
}

pub(crate) fn short() -> String {
    nanoid::nanoid!(10)
}
