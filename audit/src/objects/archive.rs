//! Archives (`.rlib`), of which only what is reached is read.
//!
//! In: the path of an archive. Out: the table of its symbols, which stands at
//! its beginning, and single members.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use object::ReadCache;
use object::read::archive::{ArchiveFile, ArchiveMember, ArchiveOffset};

use super::Unit;
use crate::error::AuditError;

/// Where a member begins.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Offset(ArchiveOffset);

/// The symbols that an archive defines, each with the member that does.
pub(crate) fn symbols(path: &Path) -> Result<Vec<(String, Offset)>, AuditError> {
    let cache = open(path)?;
    let archive = ArchiveFile::parse(&cache).map_err(|source| unreadable(path, source))?;
    let symbols = archive
        .symbols()
        .map_err(|source| unreadable(path, source))?;
    let mut found = Vec::new();
    for symbol in symbols.into_iter().flatten() {
        let symbol = symbol.map_err(|source| unreadable(path, source))?;
        let name = String::from_utf8_lossy(symbol.name()).into_owned();
        found.push((name, Offset(symbol.offset())));
    }
    Ok(found)
}

/// One member.
pub(crate) fn member(path: &Path, at: Offset) -> Result<Unit, AuditError> {
    let cache = open(path)?;
    let archive = ArchiveFile::parse(&cache).map_err(|source| unreadable(path, source))?;
    let member = archive
        .member(at.0)
        .map_err(|source| unreadable(path, source))?;
    parse(path, &member)
}

/// All members that are objects.
pub(crate) fn members(path: &Path) -> Result<Vec<Unit>, AuditError> {
    let cache = open(path)?;
    let archive = ArchiveFile::parse(&cache).map_err(|source| unreadable(path, source))?;
    let mut found = Vec::new();
    for member in archive.members() {
        let member = member.map_err(|source| unreadable(path, source))?;
        if member.name().ends_with(b".o") {
            found.push(parse(path, &member)?);
        }
    }
    Ok(found)
}

fn parse(path: &Path, member: &ArchiveMember<'_>) -> Result<Unit, AuditError> {
    let (start, size) = member.file_range();
    // The cache would fill its memory byte by byte in programs that are not optimised.
    let bytes = range(path, start, size).map_err(|source| AuditError::Read {
        path: path.to_owned(),
        source,
    })?;
    Unit::parse(bytes, &place(path, member.name()))
}

fn range(path: &Path, start: u64, size: u64) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::new();
    file.take(size).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn open(path: &Path) -> Result<ReadCache<File>, AuditError> {
    let file = File::open(path).map_err(|source: io::Error| AuditError::Read {
        path: PathBuf::from(path),
        source,
    })?;
    Ok(ReadCache::new(file))
}

fn place(path: &Path, member: &[u8]) -> String {
    format!("{}({})", path.display(), String::from_utf8_lossy(member))
}

fn unreadable(path: &Path, source: object::Error) -> AuditError {
    AuditError::Unreadable {
        place: path.display().to_string(),
        source,
    }
}
