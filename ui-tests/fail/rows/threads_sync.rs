//! What `flowstone::determinism` lists as refused, row by row.

mod row_0 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::thread::spawn;
    }
}

mod row_1 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::thread::scope;
    }
}

mod row_2 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::thread::sleep;
    }
}

mod row_3 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::thread::sleep_ms;
    }
}

mod row_4 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::thread::sleep_until;
    }
}

mod row_5 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::thread::park;
    }
}

mod row_6 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::thread::park_timeout;
    }
}

mod row_7 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::thread::yield_now;
    }
}

mod row_8 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::thread::current;
    }
}

mod row_9 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::thread::panicking;
    }
}

mod row_10 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::thread::Builder::any;
    }
}

mod row_11 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::sync::mpsc::any;
    }
}

mod row_12 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::sync::Condvar::any;
    }
}

mod row_13 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::sync::Barrier::any;
    }
}

mod row_14 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::rayon::inner::any;
    }
}

mod row_15 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::crossbeam::inner::any;
    }
}

mod row_16 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::crossbeam_channel::inner::any;
    }
}

mod row_17 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::flume::any;
    }
}

mod row_18 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::kanal::any;
    }
}

mod row_19 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::async_channel::any;
    }
}

mod row_20 {
    
    #[flowstone::flow]
    async fn row() {
        ::crossbeam::select!(a);
    }
}

mod row_21 {
    
    #[flowstone::flow]
    async fn row() {
        ::crossbeam_channel::select!(a);
    }
}

mod row_22 {
    
    #[flowstone::flow]
    async fn row() {
        made().par_iter();
    }
}

mod row_23 {
    
    #[flowstone::flow]
    async fn row() {
        made().par_iter_mut();
    }
}

mod row_24 {
    
    #[flowstone::flow]
    async fn row() {
        made().into_par_iter();
    }
}

mod row_25 {
    
    #[flowstone::flow]
    async fn row() {
        made().par_bridge();
    }
}

mod row_26 {
    
    #[flowstone::flow]
    async fn row() {
        made().par_chunks();
    }
}

mod row_27 {
    
    #[flowstone::flow]
    async fn row() {
        made().par_sort();
    }
}

fn main() {}
