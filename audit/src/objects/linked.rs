//! The objects that a program was linked from.
//!
//! In: the path of a program, and folders in which cargo keeps what it needs to
//! build incrementally. Out: the paths of the program's own objects. rustc names
//! each object in the program's table of symbols, so that objects of an older
//! build, or of another program of the same name, are told apart.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use object::{Object as _, ObjectSymbol as _, SymbolKind};

use super::super::error::AuditError;

/// The objects of `program`, whose crate has this name.
pub(crate) fn objects(
    program: &Path,
    krate: &str,
    incremental: &BTreeSet<PathBuf>,
) -> Result<Vec<PathBuf>, AuditError> {
    let parts = parts(program)?;
    let crates = incremental.iter().flat_map(|folder| entries(folder));
    let crates = crates.filter(|folder| {
        let name = name(folder);
        name.strip_prefix(krate)
            .is_some_and(|rest| rest.starts_with('-') && !rest[1..].contains('-'))
    });
    let mut found = Vec::new();
    for folder in crates {
        // The names of sessions begin with the time, in digits of one length.
        let sessions = entries(&folder);
        let sessions = sessions.filter(|path| path.is_dir() && !name(path).ends_with("-working"));
        let Some(newest) = sessions.max_by_key(|path| name(path)) else {
            continue;
        };
        found.extend(entries(&newest).filter(|path| is_part(path, &parts)));
    }
    if found.is_empty() {
        return Err(AuditError::Objects {
            program: program.to_owned(),
        });
    }
    found.sort();
    Ok(found)
}

fn is_part(path: &Path, parts: &BTreeSet<String>) -> bool {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy());
    path.extension().is_some_and(|kind| kind == "o")
        && stem.is_some_and(|stem| parts.contains(&*stem))
}

/// The names of the objects that a program was linked from.
fn parts(program: &Path) -> Result<BTreeSet<String>, AuditError> {
    let bytes = fs::read(program).map_err(|source| AuditError::Read {
        path: program.to_owned(),
        source,
    })?;
    let place = program.display().to_string();
    if !bytes.starts_with(&object::elf::ELFMAG) {
        return Err(AuditError::Platform { place });
    }
    let file = object::File::parse(&*bytes);
    let file = file.map_err(|source| AuditError::Unreadable { place, source })?;
    let files = file
        .symbols()
        .filter(|symbol| symbol.kind() == SymbolKind::File);
    let names = files.filter_map(|symbol| symbol.name().ok().map(str::to_owned));
    Ok(names.collect())
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path())
}

fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}
