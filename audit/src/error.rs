//! What can keep an audit from being made: the build, the toolchain, a platform
//! whose objects it cannot read. What it finds in flows is no error.

use std::io;
use std::path::PathBuf;

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AuditError {
    /// A program of the toolchain could not be started.
    #[error("`{program}` cannot be started; it must be installed and in PATH")]
    Start {
        /// The program.
        program: String,
        /// Why.
        source: io::Error,
    },
    /// A program of the toolchain failed.
    #[error("`{program}` failed; there is nothing to audit until it succeeds\n{output}")]
    Failed {
        /// The program and its arguments.
        program: String,
        /// What it wrote.
        output: String,
    },
    /// A program of the toolchain wrote what is not understood.
    #[error("what `{program}` wrote cannot be read; is this version of it newer than the audit?")]
    Output {
        /// The program and its arguments.
        program: String,
        /// Why.
        source: serde_json::Error,
    },
    /// A file could not be read.
    #[error("{path} cannot be read; was the build cleaned while it was audited?")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// An object is not as expected.
    #[error("{place} is no object that can be read; build again after `cargo clean`")]
    Unreadable {
        /// The file, and the member of it.
        place: String,
        /// Why.
        source: object::Error,
    },
    /// The objects are of a format that is not read.
    #[error(
        "cannot read objects of this platform: {place} is not ELF\n\
         The audit reads programs built for Linux and other ELF platforms. Run it there, in CI \
         for example; the checks of `#[flow]` itself hold on all platforms."
    )]
    Platform {
        /// The file, and the member of it.
        place: String,
    },
    /// The objects that a program was linked from are gone.
    #[error(
        "the objects of {program} are not there, or of a build with other flags\n\
         Build it anew, after `cargo clean -p` and its package. Programs must not be stripped, and \
         rustc not be wrapped (sccache) while they are audited: cargo keeps objects for incremental \
         builds only."
    )]
    Objects {
        /// The program.
        program: PathBuf,
    },
}
