//! Collections without an order. Refused in flows.
//!
//! # Why
//!
//! `HashMap` and `HashSet` give their items in another order in each process: what is
//! done for each of them comes in another order when it is done again. In a signature,
//! and kept over an await, they are only warned of, also inside of own types of the same
//! file: nothing is in disorder until they are iterated.
//!
//! # Instead
//!
//! `BTreeMap` and `BTreeSet`, or `IndexMap` and `IndexSet` of the crate `indexmap`.
//! With a hasher that is fixed (`HashMap<K, V, FixedState>`, `FxHashMap`) the order is
//! the same each time.
//!
//! ```
//! use std::collections::BTreeMap;
//!
//! use flowstone::prelude::*;
//!
//! #[flow]
//! async fn unordered_collections_instead(words: Vec<String>) -> BTreeMap<String, u32> {
//!     let mut counts = BTreeMap::new();
//!     for word in words {
//!         *counts.entry(word).or_default() += 1;
//!     }
//!     flow::sleep(Duration::from_millis(1)).await;
//!     counts
//! }
//! ```
//!
//! # If it is meant
//!
//! The flow says so, with a reason; `flowstone audit` lists each such flow.
//!
//! ```
//! # use flowstone::prelude::*;
//! #[flow(allow(unordered_collections, reason = "it is only looked up in, never iterated"))]
//! async fn unordered_collections_meant() {
//!     // ..
//! }
//! ```
//!
//! # What is told
//!
//! - has random keys: `std::hash::RandomState::*`, `ahash::RandomState::new`,
//!   `foldhash::fast::RandomState::default`.
//! - has another order in each process: `std::collections::HashMap<_, _>`,
//!   `hashbrown::HashMap<_, _>`.
//! - has another order in each process: `std::collections::HashSet<_>`,
//!   `hashbrown::HashSet<_>`.
//! - has another order in each process: `ahash::AHashMap`, `ahash::AHashSet`,
//!   `ahash::HashMap`, `ahash::HashSet`, `dashmap::DashMap`, `dashmap::DashSet`,
//!   `scc::HashMap`, `papaya::HashMap`, `im::HashMap`, `imbl::HashMap`,
//!   `rpds::HashTrieMap`.
//! - has another order in each process: `std::collections::HashMap::new`,
//!   `std::collections::HashMap::with_capacity`, `std::collections::HashMap::from`,
//!   `std::collections::HashMap::from_iter`, `hashbrown::HashMap::new`,
//!   `hashbrown::HashMap::with_capacity`, `hashbrown::HashMap::from_iter`,
//!   `ahash::AHashMap::*`, `dashmap::DashMap::*`.
//! - has another order in each process: `std::collections::HashSet::new`,
//!   `std::collections::HashSet::with_capacity`, `std::collections::HashSet::from`,
//!   `std::collections::HashSet::from_iter`, `hashbrown::HashSet::new`,
//!   `hashbrown::HashSet::with_capacity`, `hashbrown::HashSet::from_iter`,
//!   `ahash::AHashSet::*`, `dashmap::DashSet::*`.
//! - gives a `HashMap`, which has another order in each process: `.into_group_map()`,
//!   `.into_group_map_by()`, `.into_grouping_map()`, `.into_grouping_map_by()`,
//!   `.counts_by()`.
