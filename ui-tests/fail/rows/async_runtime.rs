//! What `flowstone::determinism` lists as refused, row by row.

mod row_0 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::tokio::time::timeout;
    }
}

mod row_1 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::tokio::time::timeout_at;
    }
}

mod row_2 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::tokio::time::sleep;
    }
}

mod row_3 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::tokio::time::sleep_until;
    }
}

mod row_4 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::tokio::time::interval;
    }
}

mod row_5 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::tokio::time::interval_at;
    }
}

mod row_6 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::futures_timer::Delay::new;
    }
}

mod row_7 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::async_io::Timer::any;
    }
}

mod row_8 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::smol::Timer::any;
    }
}

mod row_9 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::async_std::task::sleep;
    }
}

mod row_10 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::tokio::spawn;
    }
}

mod row_11 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::tokio::task::spawn;
    }
}

mod row_12 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::tokio::task::spawn_blocking;
    }
}

mod row_13 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::tokio::inner::any;
    }
}

mod row_14 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::futures::future::inner::any;
    }
}

mod row_15 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::futures::stream::inner::any;
    }
}

mod row_16 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::futures::executor::inner::any;
    }
}

mod row_17 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::futures_util::future::inner::any;
    }
}

mod row_18 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::futures_util::stream::inner::any;
    }
}

mod row_19 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::futures_lite::inner::any;
    }
}

mod row_20 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::async_std::task::inner::any;
    }
}

mod row_21 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::smol::inner::any;
    }
}

mod row_22 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::pollster::block_on;
    }
}

mod row_23 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::future::poll_fn;
    }
}

mod row_24 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::future::pending;
    }
}

mod row_25 {
    
    #[flowstone::flow]
    async fn row() {
        ::tokio::select!(a);
    }
}

mod row_26 {
    
    #[flowstone::flow]
    async fn row() {
        ::futures::select!(a);
    }
}

mod row_27 {
    
    #[flowstone::flow]
    async fn row() {
        ::futures::select_biased!(a);
    }
}

mod row_28 {
    
    #[flowstone::flow]
    async fn row() {
        ::tokio::join!(a);
    }
}

mod row_29 {
    
    #[flowstone::flow]
    async fn row() {
        ::tokio::try_join!(a);
    }
}

mod row_30 {
    
    #[flowstone::flow]
    async fn row() {
        ::futures::join!(a);
    }
}

mod row_31 {
    
    #[flowstone::flow]
    async fn row() {
        ::futures::try_join!(a);
    }
}

mod row_32 {
    
    #[flowstone::flow]
    async fn row() {
        ::tokio::pin!(a);
    }
}

mod row_33 {
    
    #[flowstone::flow]
    async fn row() {
        ::futures::pending!(a);
    }
}

mod row_34 {
    
    #[flowstone::flow]
    async fn row() {
        ::futures::poll!(a);
    }
}

fn main() {}
