//! What `flowstone::determinism` lists as refused, row by row.

mod row_0 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::rand::random;
    }
}

mod row_1 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::rand::random_range;
    }
}

mod row_2 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::rand::random_bool;
    }
}

mod row_3 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::rand::random_ratio;
    }
}

mod row_4 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::rand::random_iter;
    }
}

mod row_5 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::rand::fill;
    }
}

mod row_6 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::getrandom::any;
    }
}

mod row_7 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::fastrand::any;
    }
}

mod row_8 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::rand_core::OsRng::any;
    }
}

mod row_9 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::ring::rand::SystemRandom::new;
    }
}

mod row_10 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::openssl::rand::any;
    }
}

mod row_11 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::aws_lc_rs::rand::SystemRandom::new;
    }
}

mod row_12 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::aws_lc_rs::rand::fill;
    }
}

mod row_13 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::sodiumoxide::randombytes::randombytes;
    }
}

mod row_14 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::orion::util::secure_rand_bytes;
    }
}

mod row_15 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::bcrypt::hash;
    }
}

mod row_16 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::arch::x86_64::_rdrand16_step;
    }
}

mod row_17 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::arch::x86_64::_rdrand32_step;
    }
}

mod row_18 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::arch::x86_64::_rdrand64_step;
    }
}

mod row_19 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::arch::x86_64::_rdseed64_step;
    }
}

mod row_20 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::rand::rng;
    }
}

mod row_21 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::rand::thread_rng;
    }
}

mod row_22 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::rand::make_rng;
    }
}

mod row_23 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::rand::rngs::ThreadRng::default;
    }
}

mod row_24 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::made::Made::from_entropy;
    }
}

mod row_25 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::made::Made::from_os_rng;
    }
}

mod row_26 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::made::Made::try_from_os_rng;
    }
}

mod row_27 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::fastrand::Rng::new;
    }
}

mod row_28 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::fastrand::Rng::default;
    }
}

mod row_29 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::nanorand::tls_rng;
    }
}

mod row_30 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::nanorand::WyRand::new;
    }
}

mod row_31 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::turborand::rng::Rng::new;
    }
}

mod row_32 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::tinyrand_std::any;
    }
}

mod row_33 {
    
    #[flowstone::flow]
    async fn row() {
        let a: ::rand::rngs::OsRng = x;
    }
}

mod row_34 {
    
    #[flowstone::flow]
    async fn row() {
        let a: ::rand::rngs::SysRng = x;
    }
}

mod row_35 {
    
    #[flowstone::flow]
    async fn row() {
        let a: ::rand::rngs::ThreadRng = x;
    }
}

mod row_36 {
    
    #[flowstone::flow]
    async fn row() {
        let a: ::rand_core::OsRng = x;
    }
}

fn main() {}
