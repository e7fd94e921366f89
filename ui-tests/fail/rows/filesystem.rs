//! What `flowstone::determinism` lists as refused, row by row.

mod row_0 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::fs::read;
    }
}

mod row_1 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::fs::read_to_string;
    }
}

mod row_2 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::fs::write;
    }
}

mod row_3 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::fs::any;
    }
}

mod row_4 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::fs::File::any;
    }
}

mod row_5 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::fs::OpenOptions::any;
    }
}

mod row_6 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::fs::DirBuilder::any;
    }
}

mod row_7 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::path::absolute;
    }
}

mod row_8 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::tokio::fs::inner::any;
    }
}

mod row_9 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::fs_err::inner::any;
    }
}

mod row_10 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::async_fs::inner::any;
    }
}

mod row_11 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::async_std::fs::inner::any;
    }
}

mod row_12 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::tempfile::inner::any;
    }
}

mod row_13 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::glob::glob;
    }
}

mod row_14 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::walkdir::WalkDir::new;
    }
}

mod row_15 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::ignore::WalkBuilder::new;
    }
}

mod row_16 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::ignore::Walk::new;
    }
}

mod row_17 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::memmap2::Mmap::map;
    }
}

mod row_18 {
    
    #[flowstone::flow]
    async fn row() {
        made().canonicalize();
    }
}

mod row_19 {
    
    #[flowstone::flow]
    async fn row() {
        made().try_exists();
    }
}

mod row_20 {
    
    #[flowstone::flow]
    async fn row() {
        made().symlink_metadata();
    }
}

mod row_21 {
    
    #[flowstone::flow]
    async fn row() {
        made().read_dir();
    }
}

mod row_22 {
    
    #[flowstone::flow]
    async fn row() {
        made().read_link();
    }
}

mod row_23 {
    
    #[flowstone::flow]
    async fn row() {
        let x: &std::path::Path = made(); (&x).exists();
    }
}

mod row_24 {
    
    #[flowstone::flow]
    async fn row() {
        let x: &std::path::Path = made(); (&x).is_file();
    }
}

mod row_25 {
    
    #[flowstone::flow]
    async fn row() {
        let x: &std::path::Path = made(); (&x).is_dir();
    }
}

mod row_26 {
    
    #[flowstone::flow]
    async fn row() {
        let x: &std::path::Path = made(); (&x).is_symlink();
    }
}

mod row_27 {
    
    #[flowstone::flow]
    async fn row() {
        let x: &std::path::Path = made(); (&x).metadata();
    }
}

fn main() {}
