//! Random numbers and ids.

use super::{At, Group, Rule};

const WHY: &str = "takes random numbers from the system";

pub(super) const RANDOMNESS: Group = Group {
    id: "randomness",
    rules: &[
        Rule {
            at: At::Value,
            why: WHY,
            instead: Some("`flow::random::<T>()`"),
            paths: &[
                "rand::random",
                "rand::random_range",
                "rand::random_bool",
                "rand::random_ratio",
                "rand::random_iter",
                "rand::fill",
                "=getrandom::*",
                "fastrand::*",
                "=rand_core::OsRng::*",
                "=ring::rand::SystemRandom::new",
                "=openssl::rand::*",
            ],
        },
        Rule {
            at: At::Value,
            why: WHY,
            instead: Some("`flow::rng()`, a generator with the seed of the instance"),
            paths: &[
                "rand::rng",
                "rand::thread_rng",
                "rand::make_rng",
                "rand::rngs::ThreadRng::default",
                "rand::rngs::StdRng::from_entropy",
                "rand::rngs::StdRng::from_os_rng",
                "rand::rngs::StdRng::try_from_os_rng",
                "rand::rngs::SmallRng::from_entropy",
                "rand::rngs::SmallRng::from_os_rng",
                "rand_chacha::ChaCha8Rng::from_entropy",
                "rand_chacha::ChaCha8Rng::from_os_rng",
                "rand_chacha::ChaCha12Rng::from_os_rng",
                "rand_chacha::ChaCha20Rng::from_entropy",
                "rand_chacha::ChaCha20Rng::from_os_rng",
                "=fastrand::Rng::new",
                "=fastrand::Rng::default",
                "nanorand::tls_rng",
            ],
        },
        Rule {
            at: At::Type,
            why: "is fed with random numbers of the system",
            instead: Some("`flow::rng()`, a generator with the seed of the instance"),
            paths: &[
                "rand::rngs::OsRng",
                "rand::rngs::SysRng",
                "rand::rngs::ThreadRng",
                "rand_core::OsRng",
            ],
        },
        Rule {
            at: At::Value,
            why: "has random keys",
            instead: Some("a hasher with fixed keys"),
            paths: &["std::hash::RandomState::*", "ahash::RandomState::new"],
        },
    ],
};

pub(super) const IDS: Group = Group {
    id: "ids",
    rules: &[
        Rule {
            at: At::Value,
            why: "makes an id from the clock or from random numbers",
            instead: Some("`flow::uuid()`"),
            paths: &[
                "uuid::Uuid::new_v4",
                "uuid::Uuid::now_v1",
                "uuid::Uuid::now_v6",
                "uuid::Uuid::now_v7",
                "uuid::Uuid::new_v7",
                "=uuid::Timestamp::now",
                "=ulid::Ulid::new",
                "=ulid::Ulid::from_datetime",
                "=ulid::Generator::generate",
                "=nanoid::nanoid",
                "=cuid2::create_id",
                "=cuid2::cuid",
                "=cuid2::slug",
                "=ksuid::Ksuid::generate",
                "=svix_ksuid::Ksuid::new",
                "=xid::new",
                "=scru128::new",
                "=scru128::new_string",
                "=bson::oid::ObjectId::new",
                "=mongodb::bson::oid::ObjectId::new",
            ],
        },
        Rule {
            at: At::Macro,
            why: "makes a random id",
            instead: Some("`flow::uuid()`"),
            paths: &["nanoid::nanoid"],
        },
    ],
};
