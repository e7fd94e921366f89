//! The archive on disk: `OUT/manifest.json`, and `OUT/objects/ab/cdef..` for
//! the content with the SHA-256 `abcdef..`, compressed with gzip.
//!
//! Whatever is written here is written to a temporary name first and renamed,
//! so that doing it again after a crash finds all of it or nothing.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use flowstone::prelude::ActionFailure;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use walkdir::{DirEntry, WalkDir};

use crate::flow::{ArchiveError, Entry, Summary};

/// Where the lines of the manifest are until all are there.
const ENTRIES: &str = "entries";

/// How the names of files begin that are not written whole yet.
const TEMPORARY: &str = ".writing-";

/// The SHA-256 of a content, in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Digest(String);

impl Digest {
    fn of(hasher: Sha256) -> Self {
        let mut text = String::with_capacity(64);
        for byte in hasher.finalize() {
            write!(text, "{byte:02x}").expect("a String takes all text");
        }
        Self(text)
    }

    fn object(&self, out: &Path) -> PathBuf {
        let (folder, name) = self.0.split_at(2);
        out.join("objects").join(folder).join(name)
    }
}

/// A file to archive.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) size: u64,
}

/// The files below `folder`, by name; not those below `out`, nor what version
/// control and builds leave behind.
pub(crate) fn find(folder: &Path, out: &Path) -> Result<Vec<Source>, ArchiveError> {
    let wanted = |entry: &DirEntry| {
        let name = entry.file_name();
        entry.depth() == 0 || (name != ".git" && name != "target" && entry.path() != out)
    };
    let mut sources = Vec::new();
    for entry in WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(wanted)
    {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_owned();
            ArchiveError::io(&path, &error.into())
        })?;
        if entry.file_type().is_file() {
            let size = entry.metadata().map_err(io::Error::from);
            let size = size
                .map_err(|error| ArchiveError::io(entry.path(), &error))?
                .len();
            let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            let path = path.to_string_lossy().into_owned();
            sources.push(Source { path, size });
        }
    }
    Ok(sources)
}

/// The hash of a file's content.
pub(crate) fn hash(path: &Path) -> Result<Digest, ArchiveError> {
    let copy = || {
        let mut hasher = Sha256::new();
        feed(&mut File::open(path)?, |part| {
            hasher.update(part);
            Ok(())
        })?;
        Ok(Digest::of(hasher))
    };
    copy().map_err(|error| ArchiveError::io(path, &error))
}

/// Compresses a file into its object, unless that is there; its size.
pub(crate) fn pack(path: &Path, out: &Path, digest: &Digest) -> Result<u64, ArchiveError> {
    let object = digest.object(out);
    if let Ok(known) = object.metadata() {
        return Ok(known.len());
    }
    let write = || {
        write_whole(&object, |file| {
            let mut encoder = GzEncoder::new(file, Compression::default());
            feed(&mut File::open(path)?, |part| encoder.write_all(part))?;
            encoder.finish().map(drop)
        })?;
        Ok(object.metadata()?.len())
    };
    write().map_err(|error| ArchiveError::io(path, &error))
}

/// Writes the line of the manifest for file `number`.
pub(crate) fn write_entry(out: &Path, number: usize, entry: &Entry) -> Result<(), ArchiveError> {
    let path = out.join(ENTRIES).join(format!("{number:09}.json"));
    let write = |file: &mut File| Ok(serde_json::to_writer(file, entry)?);
    write_whole(&path, write).map_err(|error| ArchiveError::io(&path, &error))
}

/// Puts the lines together; done again after a crash, it finds either the
/// lines or the manifest.
pub(crate) fn write_manifest(out: &Path, total: usize) -> Result<(), ArchiveError> {
    let (path, lines) = (out.join("manifest.json"), out.join(ENTRIES));
    let collect = || {
        if total == 0 {
            fs::create_dir_all(&lines)?;
        }
        let mut names: Vec<PathBuf> = Vec::new();
        for entry in fs::read_dir(&lines)? {
            names.push(entry?.path());
        }
        names.retain(|name| {
            name.extension()
                .is_some_and(|extension| extension == "json")
        });
        names.sort();
        let mut manifest: Vec<Entry> = Vec::new();
        for name in names {
            manifest.push(serde_json::from_slice(&fs::read(name)?)?);
        }
        write_whole(&path, |file| {
            serde_json::to_writer_pretty(&mut *file, &manifest)?;
            file.write_all(b"\n")
        })?;
        // First out of sight, then away: half of the lines must not look like all.
        fs::rename(&lines, out.join(".done"))
    };
    let collected = total > 0 && !lines.exists() && path.exists();
    let written = if collected { Ok(()) } else { collect() };
    written
        .and_then(|()| sweep(out))
        .map_err(|error| ArchiveError::io(&path, &error))
}

/// Removes what a run that was killed left half written.
fn sweep(out: &Path) -> io::Result<()> {
    let done = out.join(".done");
    if done.exists() {
        fs::remove_dir_all(done)?;
    }
    for entry in WalkDir::new(out) {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy();
        if entry.file_type().is_file() && name.starts_with(TEMPORARY) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Restores all files into a temporary folder and compares their hashes. It
/// gives up between two files when `is_cancelled` says so.
pub(crate) fn verify(out: &Path, is_cancelled: &dyn Fn() -> bool) -> Result<Summary, ArchiveError> {
    let path = out.join("manifest.json");
    let failed = |error: &io::Error| ArchiveError::io(&path, error);
    let manifest = fs::read(&path).map_err(|error| failed(&error))?;
    let manifest: Vec<Entry> =
        serde_json::from_slice(&manifest).map_err(|error| failed(&error.into()))?;
    let folder = tempfile::tempdir().map_err(|error| failed(&error))?;
    for entry in &manifest {
        if is_cancelled() {
            return Err(ActionFailure::Interrupted.into());
        }
        let restored = folder.path().join(&entry.path);
        restore(&entry.digest.object(out), &restored)
            .map_err(|error| ArchiveError::io(&restored, &error))?;
        if hash(&restored)? != entry.digest {
            return Err(ArchiveError::Differs {
                path: entry.path.clone(),
            });
        }
    }
    Ok(summary(&manifest))
}

fn summary(manifest: &[Entry]) -> Summary {
    let contents: BTreeSet<(&Digest, u64)> = manifest
        .iter()
        .map(|entry| (&entry.digest, entry.packed))
        .collect();
    Summary {
        files: manifest.len(),
        contents: contents.len(),
        bytes: manifest.iter().map(|entry| entry.size).sum(),
        packed_bytes: contents.iter().map(|(_, packed)| packed).sum(),
    }
}

fn restore(object: &Path, path: &Path) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut decoder = GzDecoder::new(File::open(object)?);
    let mut file = File::create(path)?;
    feed(&mut decoder, |part| file.write_all(part))
}

/// Gives what `from` reads to `to`, part by part.
fn feed(from: &mut impl Read, mut to: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
    let mut buffer = vec![0; 64 * 1024];
    loop {
        match from.read(&mut buffer)? {
            0 => return Ok(()),
            read => to(buffer.get(..read).unwrap_or_default())?,
        }
    }
}

/// Writes a file under a temporary name, then renames it.
fn write_whole(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    let parent = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent)?;
    let mut file = tempfile::Builder::new()
        .prefix(TEMPORARY)
        .tempfile_in(parent)?;
    write(file.as_file_mut())?;
    file.persist(path)?;
    Ok(())
}
