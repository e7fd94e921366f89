//! What `flowstone::determinism` lists as refused, row by row.

mod row_0 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::ptr::eq;
    }
}

mod row_1 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::ptr::addr_eq;
    }
}

mod row_2 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::ptr::fn_addr_eq;
    }
}

mod row_3 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::ptr::hash;
    }
}

mod row_4 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::rc::Rc::ptr_eq;
    }
}

mod row_5 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::rc::Rc::as_ptr;
    }
}

mod row_6 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::sync::Arc::ptr_eq;
    }
}

mod row_7 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::sync::Arc::as_ptr;
    }
}

mod row_8 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::mem::transmute;
    }
}

mod row_9 {
    
    #[flowstone::flow]
    async fn row() {
        ::std::ptr::addr_of!(a);
    }
}

mod row_10 {
    
    #[flowstone::flow]
    async fn row() {
        ::std::ptr::addr_of_mut!(a);
    }
}

mod row_11 {
    
    #[flowstone::flow]
    async fn row() {
        made().expose_provenance();
    }
}

mod row_12 {
    
    #[flowstone::flow]
    async fn row() {
        let x: &pointer = made(); (&x).addr();
    }
}

mod row_13 {
    
    #[flowstone::flow]
    async fn row() {
        let x: &std::ptr::NonNull = made(); (&x).addr();
    }
}

mod row_14 {
    
    #[flowstone::flow]
    async fn row() {
        let a = b.as_ptr() as usize;
    }
}

mod row_15 {
    
    #[flowstone::flow]
    async fn row() {
        let a = format!("{:p}", b);
    }
}

mod row_16 {
    
    #[flowstone::flow]
    async fn row() {
        let a = format!("{:?}", b.as_ptr());
    }
}

fn main() {}
