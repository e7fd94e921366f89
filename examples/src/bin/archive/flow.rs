//! What happens when: the flow, which decides, and the actions, which touch
//! the disk.

use std::fmt;
use std::path::Path;

use flowstone::prelude::*;
use serde::{Deserialize, Serialize};

use crate::files::{self, Digest, Source};
use crate::progress::Progress;

/// Archives `folder` into `out`.
#[flow]
pub(crate) async fn archive(folder: String, out: String) -> Result<Summary, ArchiveError> {
    let sources = find(&folder, &out).await?;
    let total = sources.len();
    for (index, source) in sources.into_iter().enumerate() {
        let digest = hash(&folder, &source.path).await?;
        store(&folder, &out, &source, &digest, index + 1, total).await?;
    }
    write_manifest(&out, total).await?;
    verify(&out).await
}

/// A file of the manifest.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Entry {
    pub(crate) path: String,
    pub(crate) size: u64,
    pub(crate) packed: u64,
    pub(crate) digest: Digest,
}

/// What was archived.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Summary {
    pub(crate) files: usize,
    pub(crate) contents: usize,
    pub(crate) bytes: u64,
    pub(crate) packed_bytes: u64,
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "archived and verified {} files ({} bytes) as {} contents ({} bytes)",
            self.files, self.bytes, self.contents, self.packed_bytes
        )
    }
}

/// Why a folder could not be archived.
#[derive(Debug, Clone, Serialize, Deserialize, thiserror::Error)]
pub(crate) enum ArchiveError {
    #[error("{path}: {message}")]
    Io { path: String, message: String },
    #[error("{path} was restored with other content than it was stored with")]
    Differs { path: String },
    #[error("{0}")]
    Failed(#[from] ActionFailure),
}

impl ArchiveError {
    pub(crate) fn io(path: &Path, error: &std::io::Error) -> Self {
        Self::Io {
            path: path.display().to_string(),
            message: error.to_string(),
        }
    }

    /// A missing file stays missing; a full disk may be cleared.
    fn may_pass(&self) -> bool {
        matches!(self, Self::Failed(_))
    }
}

#[action(retry_if = ArchiveError::may_pass)]
fn find(progress: Dep<Progress>, folder: &str, out: &str) -> Result<Vec<Source>, ArchiveError> {
    let sources = files::find(Path::new(folder), Path::new(out))?;
    progress.say(&format!("found {} files", sources.len()));
    Ok(sources)
}

#[action(retry_if = ArchiveError::may_pass)]
fn hash(folder: &str, path: &str) -> Result<Digest, ArchiveError> {
    files::hash(&Path::new(folder).join(path))
}

/// Stores a file's content and its line of the manifest.
///
/// The manifest is not collected in the flow: what a flow keeps is stored at
/// each step, and a list of all files would grow with each.
#[action(retry_if = ArchiveError::may_pass)]
fn store(
    progress: Dep<Progress>,
    folder: &str,
    out: &str,
    source: &Source,
    digest: &Digest,
    number: usize,
    total: usize,
) -> Result<(), ArchiveError> {
    let packed = files::pack(
        &Path::new(folder).join(&source.path),
        Path::new(out),
        digest,
    )?;
    let entry = Entry {
        path: source.path.clone(),
        size: source.size,
        packed,
        digest: digest.clone(),
    };
    files::write_entry(Path::new(out), number, &entry)?;
    progress.step(number, total, &source.path);
    Ok(())
}

#[action(retry_if = ArchiveError::may_pass)]
fn write_manifest(out: &str, total: usize) -> Result<(), ArchiveError> {
    files::write_manifest(Path::new(out), total)
}

#[action(retry_if = ArchiveError::may_pass)]
fn verify(progress: Dep<Progress>, cx: ActionCx, out: &str) -> Result<Summary, ArchiveError> {
    progress.say("restoring into a temporary folder");
    files::verify(Path::new(out), &|| cx.is_cancelled())
}

#[cfg(test)]
mod tests;
