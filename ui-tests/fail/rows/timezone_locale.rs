//! What `flowstone::determinism` lists as refused, row by row.

mod row_0 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::chrono::Local;
    }
}

mod row_1 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::time::UtcOffset::current_local_offset;
    }
}

mod row_2 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::time::UtcOffset::local_offset_at;
    }
}

mod row_3 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::jiff::tz::TimeZone::system;
    }
}

mod row_4 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::jiff::tz::TimeZone::try_system;
    }
}

mod row_5 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::jiff::tz::TimeZone::get;
    }
}

mod row_6 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::jiff::tz::db;
    }
}

mod row_7 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::iana_time_zone::get_timezone;
    }
}

mod row_8 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::sys_locale::get_locale;
    }
}

mod row_9 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::sys_locale::get_locales;
    }
}

mod row_10 {
    
    #[flowstone::flow]
    async fn row() {
        let a: ::chrono::Local = x;
    }
}

mod row_11 {
    
    #[flowstone::flow]
    async fn row() {
        made().in_tz();
    }
}

fn main() {}
