//! Ids from the clock or from random numbers. Refused in flows.
//!
//! # Why
//!
//! Run again, a step makes another id; what was sent under the first is known to
//! nobody.
//!
//! # Instead
//!
//! `flow::uuid()` is made from the instance's seed. Ids that are made from what is
//! given (`Uuid::new_v5`, `Ulid::from_parts`) may be used.
//!
//! ```
//! use flowstone::prelude::*;
//!
//! #[flow]
//! async fn ids_instead() -> String {
//!     let order = flow::uuid();
//!     flow::sleep(Duration::from_millis(1)).await;
//!     order.to_string()
//! }
//! ```
//!
//! # If it is meant
//!
//! The flow says so, with a reason; `flowstone audit` lists each such flow.
//!
//! ```
//! # use flowstone::prelude::*;
//! #[flow(allow(ids, reason = "the id is only written to a log"))]
//! async fn ids_meant() {
//!     // ..
//! }
//! ```
//!
//! # What is told
//!
//! - makes an id from the clock or from random numbers: `uuid::Uuid::new_v4`,
//!   `uuid::Uuid::now_v1`, `uuid::Uuid::now_v6`, `uuid::Uuid::now_v7`,
//!   `uuid::Uuid::new_v7`, `uuid::Timestamp::now`, `ulid::Ulid::new`,
//!   `ulid::Ulid::from_datetime`, `ulid::Ulid::with_source`,
//!   `ulid::Generator::generate`, `ulid::Generator::generate_from_datetime`,
//!   `ulid::Generator::generate_with_source`, `uuid::ContextV7::new`,
//!   `uuid::Context::new_random`, `uuid::ContextV1::new_random`, `nanoid::nanoid`,
//!   `cuid2::create_id`, `cuid2::cuid`, `cuid2::slug`, `cuid::cuid2`, `cuid::cuid1`,
//!   `nanoid::format`, `petname::petname`, `ksuid::Ksuid::generate`,
//!   `svix_ksuid::Ksuid::new`, `xid::new`, `scru128::new`, `scru128::new_string`,
//!   `bson::oid::ObjectId::new`, `mongodb::bson::oid::ObjectId::new`.
//! - makes a random id: `nanoid::nanoid!`.
