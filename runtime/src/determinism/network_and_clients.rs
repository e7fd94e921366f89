//! The network, and clients of services. Refused in flows.
//!
//! # Why
//!
//! It answers otherwise the next time; and what it was asked to do would be done twice.
//!
//! # Instead
//!
//! Do it in an action, and await that: it is tried again while it fails, and its result
//! is stored. Types that only describe (`StatusCode`, `Uri`) may be used.
//!
//! ```
//! use flowstone::prelude::*;
//!
//! #[action(timeout = "5s")]
//! async fn network_ask(host: &str) -> Result<String, ActionFailure> {
//!     Ok(format!("the answer of {host}"))
//! }
//!
//! #[flow]
//! async fn network_instead(host: String) -> Result<String, ActionFailure> {
//!     network_ask(&host).await
//! }
//! ```
//!
//! # If it is meant
//!
//! The flow says so, with a reason; `flowstone audit` lists each such flow.
//!
//! ```
//! # use flowstone::prelude::*;
//! #[flow(allow(network_and_clients, reason = "a server inside of the process, for a test"))]
//! async fn network_and_clients_meant() {
//!     // ..
//! }
//! ```
//!
//! # What is told
//!
//! - talks to the network: `std::net::TcpStream::*`, `std::net::TcpListener::*`,
//!   `std::net::UdpSocket::*`, `std::os::unix::net::UnixStream::*`,
//!   `std::os::unix::net::UnixListener::*`, `std::os::unix::net::UnixDatagram::*`,
//!   `tokio::net::**`, `reqwest::get`, `reqwest::Client::*`, `reqwest::blocking::get`,
//!   `reqwest::blocking::Client::*`, `ureq::get`, `ureq::post`, `ureq::put`,
//!   `ureq::delete`, `ureq::patch`, `ureq::head`, `ureq::request`, `ureq::agent`,
//!   `sqlx::query`, `sqlx::query_as`, `sqlx::query_scalar`, `sqlx::PgPool::connect`,
//!   `sqlx::SqlitePool::connect`, `sqlx::MySqlPool::connect`, `rusqlite::Connection::*`,
//!   `tokio_postgres::connect`, `postgres::Client::connect`, `redis::cmd`,
//!   `redis::pipe`, `redis::Client::open`, `isahc::get`, `isahc::post`,
//!   `attohttpc::get`, `attohttpc::post`, `minreq::get`, `minreq::post`,
//!   `mongodb::Client::with_uri_str`, `sea_orm::Database::connect`,
//!   `object_store::aws::AmazonS3Builder::*`, `aws_config::load_from_env`,
//!   `aws_config::load_defaults`, `lapin::Connection::connect`, `async_nats::connect`,
//!   `lettre::SmtpTransport::relay`, `octocrab::instance`.
//! - talks to a database: `sqlx::query!`, `sqlx::query_as!`, `sqlx::query_scalar!`,
//!   `sqlx::query_file!`.
//! - asks the resolver of names: `.to_socket_addrs()`.
