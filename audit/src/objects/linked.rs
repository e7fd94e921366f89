//! The objects that a program was linked from.
//!
//! In: the path of a program, and folders in which cargo keeps what it needs to
//! build incrementally. Out: the program's own objects. rustc names each object in
//! the program's table of symbols, which tells the objects of other programs of the
//! same name apart. A build with other flags leaves objects of the same names, but
//! the functions in them have other symbols.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use object::{Object as _, ObjectSymbol as _, SymbolKind};

use super::Unit;
use crate::error::AuditError;

/// Objects fit if one of this many functions in them is in the program: all are,
/// but those that the linker drops.
const FITTING: usize = 10;

/// The objects of `program`, whose crate has this name.
pub(crate) fn objects(
    program: &Path,
    krate: &str,
    incremental: &BTreeSet<PathBuf>,
) -> Result<Vec<Unit>, AuditError> {
    let symbols = Symbols::of(program)?;
    let folders = incremental.iter().flat_map(|folder| entries(folder));
    let folders = folders.filter(|folder| is_of(&name(folder), krate));
    let mut found = Vec::new();
    for folder in folders {
        // The names of sessions begin with the time, in digits of one length.
        let mut sessions: Vec<PathBuf> = entries(&folder).filter(|path| path.is_dir()).collect();
        sessions.sort_by_key(|session| name(session));
        for session in sessions.iter().rev() {
            let units = read(session, &symbols)?;
            if symbols.fit(&units) {
                found.extend(units);
                break;
            }
        }
    }
    if found.is_empty() {
        return Err(AuditError::Objects {
            program: program.to_owned(),
        });
    }
    Ok(found)
}

/// Whether a folder is of this crate: its name, and an id without a dash.
fn is_of(folder: &str, krate: &str) -> bool {
    let id = folder.rsplit_once('-');
    id.is_some_and(|(name, _)| name == krate)
}

/// Those objects of a session that have names of the program's objects.
fn read(session: &Path, symbols: &Symbols) -> Result<Vec<Unit>, AuditError> {
    let mut paths: Vec<PathBuf> = entries(session).collect();
    paths.retain(|path| {
        let stem = path.file_stem().map(|stem| stem.to_string_lossy());
        let is_object = path.extension().is_some_and(|kind| kind == "o");
        is_object && stem.is_some_and(|stem| symbols.objects.contains(&*stem))
    });
    paths.sort();
    let units = paths.into_iter().map(|path| {
        let bytes = fs::read(&path).map_err(|source| AuditError::Read {
            path: path.clone(),
            source,
        })?;
        Unit::parse(bytes, &path.display().to_string())
    });
    units.collect()
}

/// The symbols of a program.
struct Symbols {
    /// The names of the objects that it was linked from.
    objects: HashSet<String>,
    functions: HashSet<String>,
}

impl Symbols {
    fn of(program: &Path) -> Result<Self, AuditError> {
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
        let named = |kind| {
            let symbols = file.symbols().filter(move |symbol| symbol.kind() == kind);
            let names = symbols.filter_map(|symbol| symbol.name().ok().map(str::to_owned));
            names.collect()
        };
        Ok(Self {
            objects: named(SymbolKind::File),
            functions: named(SymbolKind::Text),
        })
    }

    /// Whether these objects are what the program was linked from.
    fn fit(&self, units: &[Unit]) -> bool {
        let exported = units.iter().flat_map(|unit| &unit.exported);
        let mut counts = (0, 0);
        for (name, _) in exported {
            counts.0 += usize::from(self.functions.contains(name));
            counts.1 += 1;
        }
        let (known, all) = counts;
        known > 0 && known * FITTING >= all
    }
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|entry| entry.path())
}

fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{Symbols, is_of};
    use crate::objects::Unit;

    #[test]
    fn a_crate_is_not_one_whose_name_begins_the_same() {
        assert!(is_of("app-1zwdvdqnvkwwm", "app"));
        assert!(!is_of("app_helper-1zwdvdqnvkwwm", "app"));
        assert!(!is_of("app", "app"));
    }

    #[test]
    fn objects_of_another_build_do_not_fit() {
        let symbols = Symbols {
            objects: HashSet::new(),
            functions: ["main", "app::a", "app::b"].map(str::to_owned).into(),
        };
        let unit = |names: &[&str]| Unit {
            bytes: Vec::new(),
            sections: Vec::new(),
            exported: names.iter().map(|name| ((*name).to_owned(), 0)).collect(),
        };
        assert!(symbols.fit(&[unit(&["main", "app::a"]), unit(&["app::b", "dropped"])]));
        let other: Vec<String> = (0..20).map(|number| format!("other::{number}")).collect();
        let other: Vec<&str> = other.iter().map(String::as_str).chain(["main"]).collect();
        assert!(!symbols.fit(&[unit(&other)]));
        assert!(!symbols.fit(&[]));
    }
}
