//! Builds what is audited, with cargo, and tells which files came of it.
//!
//! In: packages and options for cargo. Out: archives and programs of this very
//! build, the archives of std, and where cargo keeps the objects of programs.
//! As cargo names the files, those of older builds are never read.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

use crate::Audit;
use crate::error::AuditError;

/// What a build made.
#[derive(Debug, Default)]
pub(crate) struct Built {
    /// The folder that relative paths of source files begin at.
    pub(crate) root: PathBuf,
    /// Archives of packages that use flowstone.
    pub(crate) suspects: Vec<PathBuf>,
    /// All other archives, std's last.
    pub(crate) archives: Vec<PathBuf>,
    pub(crate) programs: Vec<Program>,
    /// Folders in which objects of programs may be.
    pub(crate) incremental: BTreeSet<PathBuf>,
}

/// A program, or a test.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) path: PathBuf,
    /// The name of its crate.
    pub(crate) krate: String,
}

#[derive(Deserialize)]
struct Metadata {
    workspace_root: PathBuf,
    build_directory: Option<PathBuf>,
    packages: Vec<Package>,
    workspace_members: Vec<String>,
    workspace_default_members: Option<Vec<String>>,
    resolve: Option<Resolve>,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Dependencies>,
}

#[derive(Deserialize)]
struct Dependencies {
    id: String,
    dependencies: Vec<String>,
}

/// A line of cargo; most kinds say nothing here.
#[derive(Deserialize)]
struct Message {
    reason: String,
    package_id: Option<String>,
    target: Option<Target>,
    #[serde(default)]
    filenames: Vec<PathBuf>,
    executable: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

/// Builds, and reads what cargo says.
pub(crate) fn build(audit: &Audit) -> Result<Built, AuditError> {
    let mut cargo = audit.cargo("build");
    cargo.args(["--message-format=json-render-diagnostics"]);
    let metadata = metadata(audit)?;
    cargo.args(audit.selected(has_library(&metadata, &audit.building)));
    // Only an incremental build keeps the objects of programs.
    cargo.env("CARGO_INCREMENTAL", "1");
    let messages = output(cargo, audit.is_shown)?;
    let users = users(&metadata);
    let mut built = Built {
        root: metadata.workspace_root,
        ..Built::default()
    };
    for line in messages.split(|byte| *byte == b'\n') {
        // What a build script prints is no message.
        let Ok(message) = serde_json::from_slice::<Message>(line) else {
            continue;
        };
        if message.reason == "compiler-artifact" {
            built.take(message, &users, metadata.build_directory.as_deref());
        }
    }
    built.archives.extend(standard(audit)?);
    Ok(built)
}

impl Built {
    fn take(&mut self, message: Message, users: &BTreeSet<String>, kept: Option<&Path>) {
        let (Some(package), Some(target)) = (message.package_id, message.target) else {
            return;
        };
        let in_users = users.contains(&package);
        if let Some(path) = message.executable {
            // A build script runs nobody's flows.
            if in_users && target.kind.iter().all(|kind| kind != "custom-build") {
                let incremental = folders(&path, kept);
                self.incremental.extend(incremental);
                self.programs.push(Program {
                    path,
                    krate: target.name.replace('-', "_"),
                });
            }
            return;
        }
        let archives = message.filenames.into_iter();
        let archives = archives.filter(|path| path.extension().is_some_and(|kind| kind == "rlib"));
        if in_users {
            self.suspects.extend(archives);
        } else {
            self.archives.extend(archives);
        }
    }
}

/// Where the objects of a program may be: beside the program, which may be in a
/// folder for its kind, and where cargo keeps what is not to be handed out.
fn folders(program: &Path, kept: Option<&Path>) -> BTreeSet<PathBuf> {
    let above = program.ancestors().skip(1).take(2);
    let mut found: BTreeSet<PathBuf> = above.map(|folder| folder.join("incremental")).collect();
    for profile in program.ancestors().skip(1).take(2) {
        if let (Some(kept), Some(name)) = (kept, profile.file_name()) {
            found.insert(kept.join(name).join("incremental"));
        }
    }
    found.retain(|folder| folder.is_dir());
    found
}

/// Whether what is selected by options for packages has a library, which cargo builds as
/// a test only unless it is asked for, and fails if it is asked for what is not there.
fn has_library(metadata: &Metadata, options: &[String]) -> bool {
    let named: Vec<&str> = options
        .iter()
        .filter(|option| !option.starts_with("--"))
        .filter_map(|spec| spec.split('@').next())
        .collect();
    let default = metadata.workspace_default_members.as_ref();
    let default = default.filter(|_| options.is_empty());
    let members = default.unwrap_or(&metadata.workspace_members);
    let is_selected = |package: &&Package| {
        if named.is_empty() {
            members.contains(&package.id)
        } else {
            named.contains(&package.name.as_str())
        }
    };
    let mut selected = metadata.packages.iter().filter(is_selected);
    selected.any(|package| {
        let mut kinds = package.targets.iter().flat_map(|target| &target.kind);
        kinds.any(|kind| kind.ends_with("lib"))
    })
}

/// The packages that can have flows: those that need flowstone, if only by way
/// of others.
fn users(metadata: &Metadata) -> BTreeSet<String> {
    let ours = metadata
        .packages
        .iter()
        .filter(|package| package.name == "flowstone");
    let mut users: BTreeSet<String> = ours.map(|package| package.id.clone()).collect();
    let ours = users.clone();
    let nodes = metadata.resolve.iter().flat_map(|resolve| &resolve.nodes);
    let mut above: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for node in nodes {
        for needed in &node.dependencies {
            above.entry(needed).or_default().push(&node.id);
        }
    }
    let mut queue: Vec<String> = users.iter().cloned().collect();
    while let Some(package) = queue.pop() {
        for user in above.get(package.as_str()).into_iter().flatten() {
            if users.insert((*user).to_owned()) {
                queue.push((*user).to_owned());
            }
        }
    }
    &users - &ours
}

fn metadata(audit: &Audit) -> Result<Metadata, AuditError> {
    let triple = match audit.triple() {
        Some(triple) => triple.to_owned(),
        None => host(audit)?,
    };
    let mut cargo = audit.cargo("metadata");
    cargo.args(["--format-version=1", "--filter-platform", &triple]);
    let written = output(cargo, false)?;
    serde_json::from_slice(&written).map_err(|source| AuditError::Output {
        program: "cargo metadata".to_owned(),
        source,
    })
}

fn host(audit: &Audit) -> Result<String, AuditError> {
    let mut rustc = audit.rustc();
    rustc.arg("-vV");
    let written = output(rustc, false)?;
    let written = String::from_utf8_lossy(&written).into_owned();
    let mut lines = written.lines();
    let host = lines.find_map(|line| line.strip_prefix("host: "));
    Ok(host.unwrap_or_default().to_owned())
}

/// The archives of std.
fn standard(audit: &Audit) -> Result<Vec<PathBuf>, AuditError> {
    let mut rustc = audit.rustc();
    rustc.args(["--print", "target-libdir"]);
    if let Some(triple) = audit.triple() {
        rustc.args(["--target", triple]);
    }
    let written = output(rustc, false)?;
    let folder = PathBuf::from(String::from_utf8_lossy(&written).trim());
    let entries = fs::read_dir(&folder).map_err(|source| AuditError::Read {
        path: folder,
        source,
    })?;
    let paths = entries.flatten().map(|entry| entry.path());
    let mut archives: Vec<PathBuf> = paths
        .filter(|path| path.extension().is_some_and(|kind| kind == "rlib"))
        .collect();
    archives.sort();
    Ok(archives)
}

/// What a program writes; `is_shown` lets the user see what it says meanwhile.
fn output(mut command: Command, is_shown: bool) -> Result<Vec<u8>, AuditError> {
    let program = command.get_program().to_string_lossy().into_owned();
    let first = command.get_args().next().unwrap_or_default();
    let called = format!("{program} {}", first.to_string_lossy());
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    command.stderr(if is_shown {
        Stdio::inherit()
    } else {
        Stdio::piped()
    });
    let output = command
        .spawn()
        .and_then(std::process::Child::wait_with_output);
    let output = output.map_err(|source| AuditError::Start { program, source })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(AuditError::Failed {
        program: called,
        output: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::{Metadata, has_library};

    #[test]
    fn a_library_is_built_where_there_is_one() {
        let package = |name: &str, kind: &str| {
            format!(
                r#"{{"id":"{name}","name":"{name}","targets":[{{"name":"t","kind":["{kind}"]}}]}}"#
            )
        };
        let packages = [package("shop", "lib"), package("tool", "bin")].join(",");
        let json = format!(
            r#"{{"workspace_root":"/","build_directory":null,"packages":[{packages}],
            "workspace_members":["shop","tool"],"workspace_default_members":["tool"],
            "resolve":null}}"#
        );
        let metadata: Metadata = serde_json::from_str(&json).expect("it is metadata");
        let has = |options: &[&str]| {
            let options: Vec<String> = options.iter().map(|option| (*option).to_owned()).collect();
            has_library(&metadata, &options)
        };
        assert!(has(&["--workspace"]));
        assert!(has(&["--package", "shop@1.0.0"]));
        assert!(!has(&["--package", "tool"]));
        assert!(!has(&[]));
    }
}
