//! What `flowstone::determinism` lists as refused, row by row.

mod row_0 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::time::Instant::now;
    }
}

mod row_1 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::tokio::time::Instant::now;
    }
}

mod row_2 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::web_time::Instant::now;
    }
}

mod row_3 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::instant::Instant::now;
    }
}

mod row_4 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::quanta::Instant::now;
    }
}

mod row_5 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::quanta::Instant::recent;
    }
}

mod row_6 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::quanta::Clock::any;
    }
}

mod row_7 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::minstant::Instant::now;
    }
}

mod row_8 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::fastant::Instant::now;
    }
}

mod row_9 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::coarsetime::Instant::now;
    }
}

mod row_10 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::coarsetime::Instant::recent;
    }
}

mod row_11 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::coarsetime::Instant::now_without_cache_update;
    }
}

mod row_12 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::arch::x86_64::_rdtsc;
    }
}

mod row_13 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::arch::x86_64::__rdtscp;
    }
}

mod row_14 {
    
    #[flowstone::flow]
    async fn row() {
        let x: &std::time::Instant = made(); (&x).elapsed();
    }
}

mod row_15 {
    
    #[flowstone::flow]
    async fn row() {
        let x: &tokio::time::Instant = made(); (&x).elapsed();
    }
}

fn main() {}
