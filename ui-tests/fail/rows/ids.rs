//! What `flowstone::determinism` lists as refused, row by row.

mod row_0 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::uuid::Uuid::new_v4;
    }
}

mod row_1 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::uuid::Uuid::now_v1;
    }
}

mod row_2 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::uuid::Uuid::now_v6;
    }
}

mod row_3 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::uuid::Uuid::now_v7;
    }
}

mod row_4 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::uuid::Uuid::new_v7;
    }
}

mod row_5 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::uuid::Timestamp::now;
    }
}

mod row_6 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::ulid::Ulid::new;
    }
}

mod row_7 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::ulid::Ulid::from_datetime;
    }
}

mod row_8 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::ulid::Ulid::with_source;
    }
}

mod row_9 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::ulid::Generator::generate;
    }
}

mod row_10 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::ulid::Generator::generate_from_datetime;
    }
}

mod row_11 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::ulid::Generator::generate_with_source;
    }
}

mod row_12 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::uuid::ContextV7::new;
    }
}

mod row_13 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::uuid::Context::new_random;
    }
}

mod row_14 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::uuid::ContextV1::new_random;
    }
}

mod row_15 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::nanoid::nanoid;
    }
}

mod row_16 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::cuid2::create_id;
    }
}

mod row_17 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::cuid2::cuid;
    }
}

mod row_18 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::cuid2::slug;
    }
}

mod row_19 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::cuid::cuid2;
    }
}

mod row_20 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::cuid::cuid1;
    }
}

mod row_21 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::nanoid::format;
    }
}

mod row_22 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::petname::petname;
    }
}

mod row_23 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::ksuid::Ksuid::generate;
    }
}

mod row_24 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::svix_ksuid::Ksuid::new;
    }
}

mod row_25 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::xid::new;
    }
}

mod row_26 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::scru128::new;
    }
}

mod row_27 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::scru128::new_string;
    }
}

mod row_28 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::bson::oid::ObjectId::new;
    }
}

mod row_29 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::mongodb::bson::oid::ObjectId::new;
    }
}

mod row_30 {
    
    #[flowstone::flow]
    async fn row() {
        ::nanoid::nanoid!(a);
    }
}

fn main() {}
