//! Random numbers of the system. Refused in flows.
//!
//! # Why
//!
//! Each run draws others: what was decided by the first is lost with it.
//!
//! # Instead
//!
//! `flow::random` and `flow::rng` draw from the instance's own seed, a new stream for
//! each step: the same numbers whenever it runs. Generators with a seed that is given
//! (`seed_from_u64`, `fastrand::Rng::with_seed`) may be used.
//!
//! ```
//! use flowstone::prelude::*;
//!
//! #[flow]
//! async fn randomness_instead(names: Vec<String>) -> Option<String> {
//!     let at = flow::random::<u64>() % (names.len() as u64).max(1);
//!     flow::sleep(Duration::from_millis(1)).await;
//!     names.into_iter().nth(at as usize)
//! }
//! ```
//!
//! # If it is meant
//!
//! The flow says so, with a reason; `flowstone audit` lists each such flow.
//!
//! ```
//! # use flowstone::prelude::*;
//! #[flow(allow(randomness, reason = "the jitter of a wait, which nobody depends on"))]
//! async fn randomness_meant() {
//!     // ..
//! }
//! ```
//!
//! # What is told
//!
//! - takes random numbers from the system: `rand::random`, `rand::random_range`,
//!   `rand::random_bool`, `rand::random_ratio`, `rand::random_iter`, `rand::fill`,
//!   `getrandom::*`, `fastrand::*`, `rand_core::OsRng::*`,
//!   `ring::rand::SystemRandom::new`, `openssl::rand::*`,
//!   `aws_lc_rs::rand::SystemRandom::new`, `aws_lc_rs::rand::fill`,
//!   `sodiumoxide::randombytes::randombytes`, `orion::util::secure_rand_bytes`,
//!   `bcrypt::hash`, `std::arch::x86_64::_rdrand16_step`,
//!   `std::arch::x86_64::_rdrand32_step`, `std::arch::x86_64::_rdrand64_step`,
//!   `std::arch::x86_64::_rdseed64_step`.
//! - takes random numbers from the system: `rand::rng`, `rand::thread_rng`,
//!   `rand::make_rng`, `rand::rngs::ThreadRng::default`, `*::from_entropy`,
//!   `*::from_os_rng`, `*::try_from_os_rng`, `fastrand::Rng::new`,
//!   `fastrand::Rng::default`, `nanorand::tls_rng`, `nanorand::WyRand::new`,
//!   `turborand::rng::Rng::new`, `tinyrand_std::*`.
//! - is fed with random numbers of the system: `rand::rngs::OsRng`,
//!   `rand::rngs::SysRng`, `rand::rngs::ThreadRng`, `rand_core::OsRng`.
