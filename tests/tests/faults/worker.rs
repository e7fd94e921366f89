//! A process of its own: this binary, told by the environment what to do.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus};

const FOLDER: &str = "FLOWSTONE_FAULT_FOLDER";

/// Runs the test `name` of this binary in a process of its own.
pub(crate) fn run(name: &str, folder: &Path) -> ExitStatus {
    let mut command = Command::new(binary());
    told(&mut command, name, folder);
    command.output().expect("the binary runs").status
}

/// This binary.
pub(crate) fn binary() -> PathBuf {
    std::env::current_exe().expect("the test has a binary")
}

/// Tells a command that runs this binary to run the test `name`.
pub(crate) fn told(command: &mut Command, name: &str, folder: &Path) {
    command
        .args([name, "--exact", "--nocapture"])
        .env(FOLDER, folder);
}

/// The folder to work in, if this is such a process.
pub(crate) fn folder() -> Option<PathBuf> {
    std::env::var_os(FOLDER).map(PathBuf::from)
}
