//! What `flowstone::determinism` lists as refused, row by row.

mod row_0 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::env::var;
    }
}

mod row_1 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::env::var_os;
    }
}

mod row_2 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::env::vars;
    }
}

mod row_3 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::env::args;
    }
}

mod row_4 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::env::current_dir;
    }
}

mod row_5 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::env::any;
    }
}

mod row_6 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::dotenvy::any;
    }
}

mod row_7 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::envy::any;
    }
}

mod row_8 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::hostname::get;
    }
}

mod row_9 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::gethostname::gethostname;
    }
}

mod row_10 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::whoami::any;
    }
}

mod row_11 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::figment::Figment::new;
    }
}

mod row_12 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::config::Config::builder;
    }
}

mod row_13 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::sysinfo::System::any;
    }
}

mod row_14 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::directories::ProjectDirs::from;
    }
}

mod row_15 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::directories::BaseDirs::new;
    }
}

mod row_16 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::which::which;
    }
}

mod row_17 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::io::Error::last_os_error;
    }
}

mod row_18 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::num_cpus::get;
    }
}

mod row_19 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::num_cpus::get_physical;
    }
}

mod row_20 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::thread::available_parallelism;
    }
}

mod row_21 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::dirs::any;
    }
}

mod row_22 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::process::id;
    }
}

mod row_23 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::process::exit;
    }
}

mod row_24 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::process::abort;
    }
}

mod row_25 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::process::Command::any;
    }
}

mod row_26 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::os::unix::process::parent_id;
    }
}

fn main() {}
