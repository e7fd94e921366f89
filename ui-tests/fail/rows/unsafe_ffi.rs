//! What `flowstone::determinism` lists as refused, row by row.

mod row_0 {
    
    #[flowstone::flow]
    async fn row() {
        let a = unsafe { b };
    }
}

mod row_1 {
    
    #[flowstone::flow]
    async fn row() {
        extern "C" { fn a(); }
    }
}

mod row_2 {
    
    #[flowstone::flow]
    async fn row() {
        ::std::arch::asm!(a);
    }
}

mod row_3 {
    
    #[flowstone::flow]
    async fn row() {
        ::std::arch::naked_asm!(a);
    }
}

mod row_4 {
    
    #[flowstone::flow]
    async fn row() {
        ::std::arch::global_asm!(a);
    }
}

mod row_5 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::libc::inner::any;
    }
}

mod row_6 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::nix::inner::any;
    }
}

mod row_7 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::rustix::inner::any;
    }
}

mod row_8 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::windows::inner::any;
    }
}

mod row_9 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::windows_sys::inner::any;
    }
}

fn main() {}
