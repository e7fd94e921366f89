//! What `flowstone::determinism` lists as refused, row by row.

mod row_0 {
    
    #[flowstone::flow]
    async fn row() {
        ::std::thread_local!(a);
    }
}

mod row_1 {
    
    #[flowstone::flow]
    async fn row() {
        ::lazy_static::lazy_static!(a);
    }
}

mod row_2 {
    
    #[flowstone::flow]
    async fn row() {
        ::tokio::task_local!(a);
    }
}

fn main() {}
