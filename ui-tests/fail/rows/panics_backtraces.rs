//! What `flowstone::determinism` lists as refused, row by row.

mod row_0 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::panic::catch_unwind;
    }
}

mod row_1 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::panic::resume_unwind;
    }
}

mod row_2 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::panic::set_hook;
    }
}

mod row_3 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::panic::take_hook;
    }
}

mod row_4 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::backtrace::Backtrace::capture;
    }
}

mod row_5 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::backtrace::Backtrace::force_capture;
    }
}

fn main() {}
