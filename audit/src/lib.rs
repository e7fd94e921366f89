//! Reads a compiled program for what its flows reach and must not.
//!
//! After a crash a flow goes on from its last `.await`, and must do the same
//! again. `#[flow]` refuses what it sees in the flow itself; this crate sees what
//! the flow's helpers, their crates and std do: it builds the package, takes from
//! the relocations of the objects who refers to whom, and walks from the machine
//! of each flow. `docs/audit.md` says what it finds, what it misses, and why.
//!
//! Users run it as `flowstone audit`, or in a test by
//! `flowstone::testing::assert_deterministic()`.

mod build;
mod error;
mod graph;
mod lines;
mod names;
mod objects;
mod report;
mod roots;
pub mod rules;
mod walk;

pub use error::AuditError;
pub use lines::Location;
pub use report::{Allowance, Finding, Frame, Report};
pub use roots::{Allow, AuditedFlow};

use std::collections::HashSet;
use std::env;
use std::path::PathBuf;
use std::process::Command;

use build::Program;
use graph::Graph;

/// What to audit, and how to build it.
#[derive(Debug, Clone, Default)]
pub struct Audit {
    manifest: Option<PathBuf>,
    /// For all commands of cargo.
    shared: Vec<String>,
    /// For the build alone.
    building: Vec<String>,
    /// Which targets are built; if none, the library, programs, examples and tests.
    targets: Vec<String>,
    triple: Option<String>,
    is_shown: bool,
    cuts: rules::Cuts,
}

impl Audit {
    /// Audits the package or workspace in the current folder.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Audits the package of this `Cargo.toml`.
    #[must_use]
    pub fn manifest(mut self, path: impl Into<PathBuf>) -> Self {
        self.manifest = Some(path.into());
        self
    }

    /// Audits this package of the workspace, and others that are named.
    #[must_use]
    pub fn package(mut self, name: &str) -> Self {
        self.building
            .extend(["--package".to_owned(), name.to_owned()]);
        self
    }

    /// Audits all packages of the workspace.
    #[must_use]
    pub fn workspace(mut self) -> Self {
        self.building.push("--workspace".to_owned());
        self
    }

    /// Gives cargo an option that says which features there are, or how it finds
    /// packages: `--features=a,b`, `--offline`.
    #[must_use]
    pub fn option(mut self, option: &str) -> Self {
        self.shared.push(option.to_owned());
        self
    }

    /// Gives cargo an option that selects a target: `--lib`, `--bin=name`. Without
    /// any, the library, programs, examples and tests are built.
    #[must_use]
    pub fn target(mut self, option: &str) -> Self {
        self.targets.push(option.to_owned());
        self
    }

    /// Builds for this platform instead of the one that the audit runs on.
    #[must_use]
    pub fn platform(mut self, triple: &str) -> Self {
        self.triple = Some(triple.to_owned());
        self
    }

    /// Lets cargo say on stderr what it does. Otherwise its words are part of the
    /// error, if it fails.
    #[must_use]
    pub fn shown(mut self) -> Self {
        self.is_shown = true;
        self
    }

    /// Walks on where the rules say why a flow may reach what is there, but for
    /// panics, memory and what every flow reaches of this library: for those who
    /// judge the rules. It tells of caches in regular expressions, of the features
    /// of the processor and the like.
    #[must_use]
    pub fn without_cut_points(mut self) -> Self {
        self.cuts = rules::Cuts::Basic;
        self
    }

    /// Builds, reads and walks.
    ///
    /// # Errors
    ///
    /// If the package does not build, or its objects cannot be read: they are
    /// gone, or not ELF. What flows reach is part of the report.
    pub fn run(&self) -> Result<Report, AuditError> {
        let built = build::build(self)?;
        let mut graph = Graph::default();
        for archive in &built.suspects {
            graph.read_archive(archive)?;
        }
        for program in &built.programs {
            let Program { path, krate } = program;
            for unit in objects::linked::objects(path, krate, &built.incremental)? {
                graph.suspect(unit);
            }
        }
        for archive in built.suspects.iter().chain(&built.archives) {
            graph.index(archive)?;
        }
        let roots = roots::find(&graph);
        let machines: HashSet<_> = roots
            .iter()
            .flat_map(|root| root.machines.iter().copied())
            .collect();
        let mut walker = walk::Walker::new(self.cuts);
        let mut reporter = report::Reporter::new(built.root);
        for root in roots {
            let mut ways = Vec::new();
            for machine in &root.machines {
                ways.extend(walker.walk(&mut graph, *machine, &machines)?);
            }
            reporter.flow(&graph, &mut walker, root, ways);
        }
        Ok(reporter.finish(&graph))
    }

    /// A command of cargo.
    fn cargo(&self, command: &str) -> Command {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.arg(command).args(&self.shared);
        if let Some(manifest) = &self.manifest {
            cargo.arg("--manifest-path").arg(manifest);
            // Where a toolchain and configuration are looked for.
            if let Some(folder) = manifest.parent().filter(|folder| folder.is_absolute()) {
                cargo.current_dir(folder);
            }
        }
        cargo
    }

    /// The compiler that cargo uses.
    fn rustc(&self) -> Command {
        let mut rustc = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
        let folder = self
            .manifest
            .as_ref()
            .and_then(|manifest| manifest.parent());
        if let Some(folder) = folder.filter(|folder| folder.is_absolute()) {
            rustc.current_dir(folder);
        }
        rustc
    }

    /// What the build is told beside what all commands are.
    fn selected(&self, has_library: bool) -> Vec<String> {
        let mut selected = self.building.clone();
        if self.targets.is_empty() {
            // What ships is built, not only its tests.
            selected.extend(has_library.then(|| "--lib".to_owned()));
            selected.extend(["--bins", "--examples", "--tests"].map(str::to_owned));
        }
        selected.extend(self.targets.iter().cloned());
        if let Some(triple) = &self.triple {
            selected.extend(["--target".to_owned(), triple.clone()]);
        }
        selected
    }

    fn triple(&self) -> Option<&str> {
        self.triple.as_deref()
    }
}
