//! What `flowstone::determinism` lists as refused, row by row.

mod row_0 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::hash::RandomState::any;
    }
}

mod row_1 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::ahash::RandomState::new;
    }
}

mod row_2 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::foldhash::fast::RandomState::default;
    }
}

mod row_3 {
    
    #[flowstone::flow]
    async fn row() {
        let a: ::std::collections::HashMap<u8, u8> = x;
    }
}

mod row_4 {
    
    #[flowstone::flow]
    async fn row() {
        let a: ::hashbrown::HashMap<u8, u8> = x;
    }
}

mod row_5 {
    
    #[flowstone::flow]
    async fn row() {
        let a: ::std::collections::HashSet<u8> = x;
    }
}

mod row_6 {
    
    #[flowstone::flow]
    async fn row() {
        let a: ::hashbrown::HashSet<u8> = x;
    }
}

mod row_7 {
    
    #[flowstone::flow]
    async fn row() {
        let a: ::ahash::AHashMap = x;
    }
}

mod row_8 {
    
    #[flowstone::flow]
    async fn row() {
        let a: ::ahash::AHashSet = x;
    }
}

mod row_9 {
    
    #[flowstone::flow]
    async fn row() {
        let a: ::ahash::HashMap = x;
    }
}

mod row_10 {
    
    #[flowstone::flow]
    async fn row() {
        let a: ::ahash::HashSet = x;
    }
}

mod row_11 {
    
    #[flowstone::flow]
    async fn row() {
        let a: ::dashmap::DashMap = x;
    }
}

mod row_12 {
    
    #[flowstone::flow]
    async fn row() {
        let a: ::dashmap::DashSet = x;
    }
}

mod row_13 {
    
    #[flowstone::flow]
    async fn row() {
        let a: ::scc::HashMap = x;
    }
}

mod row_14 {
    
    #[flowstone::flow]
    async fn row() {
        let a: ::papaya::HashMap = x;
    }
}

mod row_15 {
    
    #[flowstone::flow]
    async fn row() {
        let a: ::im::HashMap = x;
    }
}

mod row_16 {
    
    #[flowstone::flow]
    async fn row() {
        let a: ::imbl::HashMap = x;
    }
}

mod row_17 {
    
    #[flowstone::flow]
    async fn row() {
        let a: ::rpds::HashTrieMap = x;
    }
}

mod row_18 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::collections::HashMap::new;
    }
}

mod row_19 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::collections::HashMap::with_capacity;
    }
}

mod row_20 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::collections::HashMap::from;
    }
}

mod row_21 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::collections::HashMap::from_iter;
    }
}

mod row_22 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::hashbrown::HashMap::new;
    }
}

mod row_23 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::hashbrown::HashMap::with_capacity;
    }
}

mod row_24 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::hashbrown::HashMap::from_iter;
    }
}

mod row_25 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::ahash::AHashMap::any;
    }
}

mod row_26 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::dashmap::DashMap::any;
    }
}

mod row_27 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::collections::HashSet::new;
    }
}

mod row_28 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::collections::HashSet::with_capacity;
    }
}

mod row_29 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::collections::HashSet::from;
    }
}

mod row_30 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::collections::HashSet::from_iter;
    }
}

mod row_31 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::hashbrown::HashSet::new;
    }
}

mod row_32 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::hashbrown::HashSet::with_capacity;
    }
}

mod row_33 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::hashbrown::HashSet::from_iter;
    }
}

mod row_34 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::ahash::AHashSet::any;
    }
}

mod row_35 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::dashmap::DashSet::any;
    }
}

mod row_36 {
    
    #[flowstone::flow]
    async fn row() {
        made().into_group_map();
    }
}

mod row_37 {
    
    #[flowstone::flow]
    async fn row() {
        made().into_group_map_by();
    }
}

mod row_38 {
    
    #[flowstone::flow]
    async fn row() {
        made().into_grouping_map();
    }
}

mod row_39 {
    
    #[flowstone::flow]
    async fn row() {
        made().into_grouping_map_by();
    }
}

mod row_40 {
    
    #[flowstone::flow]
    async fn row() {
        made().counts_by();
    }
}

fn main() {}
