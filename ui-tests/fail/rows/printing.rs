//! What `flowstone::determinism` lists as refused, row by row.

mod row_0 {
    
    #[flowstone::flow]
    async fn row() {
        ::std::print!(a);
    }
}

mod row_1 {
    
    #[flowstone::flow]
    async fn row() {
        ::std::println!(a);
    }
}

mod row_2 {
    
    #[flowstone::flow]
    async fn row() {
        ::std::eprint!(a);
    }
}

mod row_3 {
    
    #[flowstone::flow]
    async fn row() {
        ::std::eprintln!(a);
    }
}

mod row_4 {
    
    #[flowstone::flow]
    async fn row() {
        ::std::dbg!(a);
    }
}

mod row_5 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::io::stdin;
    }
}

mod row_6 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::io::stdout;
    }
}

mod row_7 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::io::stderr;
    }
}

fn main() {}
