//! Refusals of the macros against the programs that they refuse.
//!
//! In: the constants of the catalogues, and the groups of the table of what
//! differs from run to run. Out: those without exactly one program of the same
//! name, in lower case, in a folder of `ui-tests/fail` that is theirs.

use super::tree;

/// Files whose constants of a type are refusals, and the one folder of
/// programs that is for them; `None` stands for all other folders.
const CATALOGUES: [(&str, &str, Option<&str>); 3] = [
    ("macros/src/check/catalog.rs", "&str", None),
    ("macros/src/action/catalog.rs", "&str", Some("action")),
    (
        "macros/src/check/determinism/table",
        "Group",
        Some("determinism"),
    ),
];

/// The refusals that do not have one program each.
pub(super) fn untested() -> Vec<String> {
    let programs = tree::rust_files("ui-tests/fail");
    let programs: Vec<(&str, &str)> = programs
        .iter()
        .filter_map(|program| {
            let mut parts = program.path.rsplit('/');
            Some((parts.next()?, parts.next()?))
        })
        .collect();
    let owned = |folder: &str| {
        let mut owners = CATALOGUES.iter().filter_map(|(_, _, own)| *own);
        owners.any(|own| own == folder)
    };
    let mut missing = Vec::new();
    for (catalogue, ty, own) in CATALOGUES {
        let refusals = refusals(catalogue, ty);
        assert!(!refusals.is_empty(), "{catalogue} has no refusals");
        for refusal in refusals {
            let file = format!("{}.rs", refusal.to_lowercase());
            let fits = |folder: &str| own.map_or_else(|| !owned(folder), |own| own == folder);
            let found = programs.iter();
            let found = found.filter(|(name, folder)| *name == file && fits(folder));
            let (count, family) = (found.count(), own.unwrap_or("<family>"));
            if count != 1 {
                missing.push(format!("{count} programs `ui-tests/fail/{family}/{file}`"));
            }
        }
    }
    missing
}

/// The names of the constants of type `ty` in a file, or in the files of a
/// folder.
fn refusals(catalogue: &str, ty: &str) -> Vec<String> {
    let path = tree::root().join(catalogue);
    let files = if path.is_dir() {
        tree::rust_files(catalogue)
    } else {
        vec![tree::read(&path)]
    };
    let declared = format!(": {ty} =");
    let lines = files.iter().flat_map(|file| file.text.lines());
    let constants = lines.filter(|line| line.contains(&declared));
    let names = constants.filter_map(|line| line.split("const ").nth(1)?.split(':').next());
    names.map(str::to_owned).collect()
}
