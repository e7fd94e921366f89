//! The environment of the process. Refused in flows.
//!
//! # Why
//!
//! A deploy, another machine or a restart has other variables, arguments and folders.
//!
//! # Instead
//!
//! Read it where the flow is started, and give it as an argument; or read it in an
//! action. What is fixed when the program is built (`env!`) may be used.
//!
//! ```
//! use flowstone::prelude::*;
//!
//! #[flow]
//! async fn environment_process_instead(region: String) -> String {
//!     flow::sleep(Duration::from_millis(1)).await;
//!     format!("{region}/{}", env!("CARGO_PKG_NAME"))
//! }
//! ```
//!
//! # If it is meant
//!
//! The flow says so, with a reason; `flowstone audit` lists each such flow.
//!
//! ```
//! # use flowstone::prelude::*;
//! #[flow(allow(environment_process, reason = "set by our images, the same for ever"))]
//! async fn environment_process_meant() {
//!     // ..
//! }
//! ```
//!
//! # What is told
//!
//! - reads or changes the process's environment: `std::env::var`, `std::env::var_os`,
//!   `std::env::vars`, `std::env::args`, `std::env::current_dir`, `std::env::*`,
//!   `dotenvy::*`, `envy::*`, `hostname::get`, `gethostname::gethostname`, `whoami::*`,
//!   `figment::Figment::new`, `config::Config::builder`, `sysinfo::System::*`,
//!   `directories::ProjectDirs::from`, `directories::BaseDirs::new`, `which::which`,
//!   `std::io::Error::last_os_error`, `num_cpus::get`, `num_cpus::get_physical`,
//!   `std::thread::available_parallelism`, `dirs::*`.
//! - starts, ends or names a process: `std::process::id`, `std::process::exit`,
//!   `std::process::abort`, `std::process::Command::*`,
//!   `std::os::unix::process::parent_id`.
//! - is of the machine that the program was built for (a warning, if `strict`):
//!   `std::env::consts::OS`, `std::env::consts::ARCH`, `std::env::consts::FAMILY`,
//!   `std::env::consts::EXE_SUFFIX`.
