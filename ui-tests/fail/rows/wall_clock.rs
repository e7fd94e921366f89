//! What `flowstone::determinism` lists as refused, row by row.

mod row_0 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::time::SystemTime::now;
    }
}

mod row_1 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::web_time::SystemTime::now;
    }
}

mod row_2 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::instant::SystemTime::now;
    }
}

mod row_3 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::chrono::Utc::now;
    }
}

mod row_4 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::chrono::Utc::today;
    }
}

mod row_5 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::chrono::Local::now;
    }
}

mod row_6 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::chrono::Local::today;
    }
}

mod row_7 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::time::OffsetDateTime::now_utc;
    }
}

mod row_8 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::time::OffsetDateTime::now_local;
    }
}

mod row_9 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::time::UtcDateTime::now;
    }
}

mod row_10 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::jiff::Zoned::now;
    }
}

mod row_11 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::jiff::Timestamp::now;
    }
}

mod row_12 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::time::Timestamp::now;
    }
}

mod row_13 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::coarsetime::Clock::now_since_epoch;
    }
}

mod row_14 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::coarsetime::Clock::recent_since_epoch;
    }
}

mod row_15 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::hifitime::Epoch::now;
    }
}

mod row_16 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::bson::DateTime::now;
    }
}

mod row_17 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::uuid::timestamp::Timestamp::now;
    }
}

mod row_18 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::libc::time;
    }
}

mod row_19 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::libc::clock_gettime;
    }
}

mod row_20 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::libc::gettimeofday;
    }
}

mod row_21 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::rustix::time::clock_gettime;
    }
}

mod row_22 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::nix::time::clock_gettime;
    }
}

mod row_23 {
    
    #[flowstone::flow]
    async fn row() {
        let x: &std::time::SystemTime = made(); (&x).elapsed();
    }
}

fn main() {}
