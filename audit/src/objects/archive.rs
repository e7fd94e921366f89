//! Archives (`.rlib`), of which only what is reached is read.
//!
//! In: the path of an archive. Out: the table of its symbols, which stands at
//! its beginning, and single members.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use object::read::archive::{ArchiveFile, ArchiveMember, ArchiveOffset};
use object::{ReadCache, ReadRef};

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
    parse(path, &cache, &member)
}

/// All members that are objects.
pub(crate) fn members(path: &Path) -> Result<Vec<Unit>, AuditError> {
    let cache = open(path)?;
    let archive = ArchiveFile::parse(&cache).map_err(|source| unreadable(path, source))?;
    let mut found = Vec::new();
    for member in archive.members() {
        let member = member.map_err(|source| unreadable(path, source))?;
        if member.name().ends_with(b".o") {
            found.push(parse(path, &cache, &member)?);
        }
    }
    Ok(found)
}

fn parse<'data>(
    path: &Path,
    cache: impl ReadRef<'data>,
    member: &ArchiveMember<'data>,
) -> Result<Unit, AuditError> {
    let bytes = member
        .data(cache)
        .map_err(|source| unreadable(path, source))?;
    Unit::parse(bytes.to_vec(), &place(path, member.name()))
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
