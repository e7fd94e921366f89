//! What `flowstone::determinism` lists as refused, row by row.

mod row_0 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::net::TcpStream::any;
    }
}

mod row_1 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::net::TcpListener::any;
    }
}

mod row_2 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::net::UdpSocket::any;
    }
}

mod row_3 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::os::unix::net::UnixStream::any;
    }
}

mod row_4 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::os::unix::net::UnixListener::any;
    }
}

mod row_5 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::std::os::unix::net::UnixDatagram::any;
    }
}

mod row_6 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::tokio::net::inner::any;
    }
}

mod row_7 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::reqwest::get;
    }
}

mod row_8 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::reqwest::Client::any;
    }
}

mod row_9 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::reqwest::blocking::get;
    }
}

mod row_10 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::reqwest::blocking::Client::any;
    }
}

mod row_11 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::ureq::get;
    }
}

mod row_12 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::ureq::post;
    }
}

mod row_13 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::ureq::put;
    }
}

mod row_14 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::ureq::delete;
    }
}

mod row_15 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::ureq::patch;
    }
}

mod row_16 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::ureq::head;
    }
}

mod row_17 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::ureq::request;
    }
}

mod row_18 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::ureq::agent;
    }
}

mod row_19 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::sqlx::query;
    }
}

mod row_20 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::sqlx::query_as;
    }
}

mod row_21 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::sqlx::query_scalar;
    }
}

mod row_22 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::sqlx::PgPool::connect;
    }
}

mod row_23 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::sqlx::SqlitePool::connect;
    }
}

mod row_24 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::sqlx::MySqlPool::connect;
    }
}

mod row_25 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::rusqlite::Connection::any;
    }
}

mod row_26 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::tokio_postgres::connect;
    }
}

mod row_27 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::postgres::Client::connect;
    }
}

mod row_28 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::redis::cmd;
    }
}

mod row_29 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::redis::pipe;
    }
}

mod row_30 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::redis::Client::open;
    }
}

mod row_31 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::isahc::get;
    }
}

mod row_32 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::isahc::post;
    }
}

mod row_33 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::attohttpc::get;
    }
}

mod row_34 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::attohttpc::post;
    }
}

mod row_35 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::minreq::get;
    }
}

mod row_36 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::minreq::post;
    }
}

mod row_37 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::mongodb::Client::with_uri_str;
    }
}

mod row_38 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::sea_orm::Database::connect;
    }
}

mod row_39 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::object_store::aws::AmazonS3Builder::any;
    }
}

mod row_40 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::aws_config::load_from_env;
    }
}

mod row_41 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::aws_config::load_defaults;
    }
}

mod row_42 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::lapin::Connection::connect;
    }
}

mod row_43 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::async_nats::connect;
    }
}

mod row_44 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::lettre::SmtpTransport::relay;
    }
}

mod row_45 {
    
    #[flowstone::flow]
    async fn row() {
        let f = ::octocrab::instance;
    }
}

mod row_46 {
    
    #[flowstone::flow]
    async fn row() {
        ::sqlx::query!(a);
    }
}

mod row_47 {
    
    #[flowstone::flow]
    async fn row() {
        ::sqlx::query_as!(a);
    }
}

mod row_48 {
    
    #[flowstone::flow]
    async fn row() {
        ::sqlx::query_scalar!(a);
    }
}

mod row_49 {
    
    #[flowstone::flow]
    async fn row() {
        ::sqlx::query_file!(a);
    }
}

mod row_50 {
    
    #[flowstone::flow]
    async fn row() {
        made().to_socket_addrs();
    }
}

fn main() {}
