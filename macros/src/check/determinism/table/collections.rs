//! Collections without an order.

use super::{At, Group, Level, Rule};

const WHY: &str = "has another order in each process";

pub(in crate::check::determinism) const UNORDERED_COLLECTIONS: Group = Group {
    id: "unordered_collections",
    rules: &[
        Rule {
            at: At::Value,
            level: Level::Error,
            why: "has random keys",
            instead: Some("a hasher with fixed keys"),
            paths: &[
                "std::hash::RandomState::*",
                "ahash::RandomState::new",
                "=foldhash::fast::RandomState::default",
            ],
        },
        Rule {
            at: At::Unhashed(2),
            level: Level::Error,
            why: WHY,
            instead: Some("a `BTreeMap`, or an `IndexMap` of the crate `indexmap`"),
            paths: &["std::collections::HashMap", "hashbrown::HashMap"],
        },
        Rule {
            at: At::Unhashed(1),
            level: Level::Error,
            why: WHY,
            instead: Some("a `BTreeSet`, or an `IndexSet` of the crate `indexmap`"),
            paths: &["std::collections::HashSet", "hashbrown::HashSet"],
        },
        Rule {
            at: At::Type,
            level: Level::Error,
            why: WHY,
            instead: Some("a `BTreeMap` or a `BTreeSet`"),
            paths: &[
                "ahash::AHashMap",
                "ahash::AHashSet",
                "ahash::HashMap",
                "ahash::HashSet",
                "dashmap::DashMap",
                "dashmap::DashSet",
                "=scc::HashMap",
                "=papaya::HashMap",
                "=im::HashMap",
                "=imbl::HashMap",
                "=rpds::HashTrieMap",
            ],
        },
        Rule {
            at: At::Value,
            level: Level::Error,
            why: WHY,
            instead: Some("a `BTreeMap`, or an `IndexMap` of the crate `indexmap`"),
            paths: &[
                "std::collections::HashMap::new",
                "std::collections::HashMap::with_capacity",
                "std::collections::HashMap::from",
                "std::collections::HashMap::from_iter",
                "hashbrown::HashMap::new",
                "hashbrown::HashMap::with_capacity",
                "hashbrown::HashMap::from_iter",
                "ahash::AHashMap::*",
                "dashmap::DashMap::*",
            ],
        },
        Rule {
            at: At::Value,
            level: Level::Error,
            why: WHY,
            instead: Some("a `BTreeSet`, or an `IndexSet` of the crate `indexmap`"),
            paths: &[
                "std::collections::HashSet::new",
                "std::collections::HashSet::with_capacity",
                "std::collections::HashSet::from",
                "std::collections::HashSet::from_iter",
                "hashbrown::HashSet::new",
                "hashbrown::HashSet::with_capacity",
                "hashbrown::HashSet::from_iter",
                "ahash::AHashSet::*",
                "dashmap::DashSet::*",
            ],
        },
        Rule {
            at: At::Method,
            level: Level::Error,
            why: "gives a `HashMap`, which has another order in each process",
            instead: Some("a `BTreeMap`"),
            paths: &[
                "*.into_group_map",
                "*.into_group_map_by",
                "*.into_grouping_map",
                "*.into_grouping_map_by",
                "*.counts_by",
            ],
        },
    ],
};
