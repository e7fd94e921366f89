//! Files and folders. Refused in flows.
//!
//! # Why
//!
//! Files change while an instance sleeps, and are not there on another machine.
//!
//! # Instead
//!
//! Read and write in an action, and await it: its result is stored. Paths themselves
//! are only text: `Path::join` and the like may be used, and so may `include_str!`.
//!
//! ```
//! use flowstone::prelude::*;
//!
//! #[action]
//! fn filesystem_read(path: &std::path::Path) -> Result<String, String> {
//!     std::fs::read_to_string(path).map_err(|error| error.to_string())
//! }
//!
//! #[flow]
//! async fn filesystem_instead(folder: String) -> Result<usize, String> {
//!     let path = std::path::Path::new(&folder).join("orders.csv");
//!     Ok(filesystem_read(&path).await?.lines().count())
//! }
//! ```
//!
//! # If it is meant
//!
//! The flow says so, with a reason; `flowstone audit` lists each such flow.
//!
//! ```
//! # use flowstone::prelude::*;
//! #[flow(allow(filesystem, reason = "a file of the image, which never changes"))]
//! async fn filesystem_meant() {
//!     // ..
//! }
//! ```
//!
//! # What is told
//!
//! - touches the file system: `std::fs::read`, `std::fs::read_to_string`,
//!   `std::fs::write`, `std::fs::*`, `std::fs::File::*`, `std::fs::OpenOptions::*`,
//!   `std::fs::DirBuilder::*`, `std::path::absolute`, `tokio::fs::**`, `fs_err::**`,
//!   `async_fs::**`, `async_std::fs::**`, `tempfile::**`, `glob::glob`,
//!   `walkdir::WalkDir::new`, `ignore::WalkBuilder::new`, `ignore::Walk::new`,
//!   `memmap2::Mmap::map`.
//! - asks the file system: `.canonicalize()`, `.try_exists()`, `.symlink_metadata()`,
//!   `.read_dir()`, `.read_link()`, `std::path::Path::exists()`,
//!   `std::path::Path::is_file()`, `std::path::Path::is_dir()`,
//!   `std::path::Path::is_symlink()`, `std::path::Path::metadata()`.
