//! The process, its environment, and files.

use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

pub(crate) fn feature_is_on(name: &str) -> bool {
    std::env::var_os(name).is_some()
}

pub(crate) fn settings() -> Vec<String> {
    std::env::vars()
        .map(|(name, _)| name)
        .filter(|name| name.starts_with("APP_"))
        .collect()
}

pub(crate) fn is_verbose() -> bool {
    std::env::args().any(|arg| arg == "--verbose")
}

pub(crate) fn folder() -> PathBuf {
    std::env::current_dir().unwrap_or_default()
}

pub(crate) fn scratch(name: &str) -> PathBuf {
    std::env::temp_dir().join(name)
}

pub(crate) fn beside_the_program() -> bool {
    std::env::current_exe().is_ok()
}

pub(crate) fn worker_name() -> String {
    format!("worker-{}", std::process::id())
}

pub(crate) fn revision() -> bool {
    std::process::Command::new("git")
        .arg("rev-parse")
        .output()
        .is_ok()
}

pub(crate) fn host() -> String {
    hostname::get()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

pub(crate) fn user() -> String {
    whoami::username()
}

pub(crate) fn parent() -> i32 {
    nix::unistd::getppid().as_raw()
}

/// A function of C that no list of the audit knows.
pub(crate) fn session() -> Option<i32> {
    nix::unistd::getsid(None).ok().map(nix::unistd::Pid::as_raw)
}

pub(crate) fn processors() -> usize {
    num_cpus::get()
}

pub(crate) fn batch_size() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from) * 2
}

pub(crate) fn home() -> Option<PathBuf> {
    dirs::config_dir()
}

pub(crate) fn of_dotenv(name: &str) -> Option<String> {
    dotenvy::var(name).ok()
}

pub(crate) fn backtrace() -> usize {
    std::backtrace::Backtrace::force_capture().to_string().len()
}

pub(crate) fn price_list() -> String {
    std::fs::read_to_string("prices.csv").unwrap_or_default()
}

pub(crate) fn is_locked(name: &str) -> bool {
    Path::new(name).with_extension("lock").exists()
}

pub(crate) fn size_of(name: &str) -> u64 {
    Path::new(name).metadata().map_or(0, |file| file.len())
}

pub(crate) fn spooled(text: &str) -> usize {
    let Ok(mut file) = tempfile::tempfile() else {
        return 0;
    };
    file.write(text.as_bytes()).unwrap_or_default()
}

pub(crate) fn files_below(folder: &str) -> usize {
    walkdir::WalkDir::new(folder).into_iter().flatten().count()
}

pub(crate) fn matching(pattern: &str) -> usize {
    glob::glob(pattern).map_or(0, |paths| paths.flatten().count())
}

pub(crate) fn rows_of(name: &str) -> usize {
    csv::Reader::from_path(name).map_or(0, |mut rows| rows.records().count())
}

pub(crate) fn canonical(name: &str) -> Option<PathBuf> {
    std::fs::canonicalize(name).ok()
}

pub(crate) fn renamed() -> bool {
    std::fs::rename("no-such-order", "order").is_ok()
}

/// Writes a receipt to whatever is handed in.
pub(crate) fn receipt(to: &mut dyn Write) -> io::Result<()> {
    writeln!(to, "thank you")
}

pub(crate) fn on_paper() -> Box<dyn Write> {
    Box::new(io::stdout())
}

pub(crate) fn shown(total: u32) {
    println!("the total is {total}");
}

pub(crate) fn answer() -> usize {
    let mut byte = [0; 1];
    io::stdin().read(&mut byte).unwrap_or_default()
}
