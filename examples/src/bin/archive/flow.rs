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
pub async fn archive(folder: String, out: String) -> Result<Summary, ArchiveError> {
    let sources = find(&folder, &out).await?;
    let total = sources.len();
    let mut manifest = Vec::new();
    for (number, source) in sources.into_iter().enumerate() {
        let digest = hash(&folder, &source.path).await?;
        let packed = store(&folder, &out, &source.path, &digest, number + 1, total).await?;
        manifest.push(Entry {
            path: source.path,
            size: source.size,
            packed,
            digest,
        });
    }
    write_manifest(&out, &manifest).await?;
    verify(&out).await
}

/// A file of the manifest.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Entry {
    pub path: String,
    pub size: u64,
    pub packed: u64,
    pub digest: Digest,
}

/// What was archived.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Summary {
    pub files: usize,
    pub contents: usize,
    pub bytes: u64,
    pub packed_bytes: u64,
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
pub enum ArchiveError {
    #[error("{path}: {message}")]
    Io { path: String, message: String },
    #[error("{path} was restored with other content than it was stored with")]
    Differs { path: String },
    #[error("{0}")]
    Failed(#[from] ActionFailure),
}

impl ArchiveError {
    pub fn io(path: &Path, error: &std::io::Error) -> Self {
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

#[action(retry_if = ArchiveError::may_pass)]
fn store(
    progress: Dep<Progress>,
    folder: &str,
    out: &str,
    path: &str,
    digest: &Digest,
    number: usize,
    total: usize,
) -> Result<u64, ArchiveError> {
    let packed = files::pack(&Path::new(folder).join(path), Path::new(out), digest)?;
    progress.step(number, total, path);
    Ok(packed)
}

#[action(retry_if = ArchiveError::may_pass)]
fn write_manifest(out: &str, manifest: &[Entry]) -> Result<(), ArchiveError> {
    files::write_manifest(Path::new(out), manifest)
}

#[action(retry_if = ArchiveError::may_pass)]
fn verify(progress: Dep<Progress>, out: &str) -> Result<Summary, ArchiveError> {
    progress.say("restoring into a temporary folder");
    files::verify(Path::new(out))
}
