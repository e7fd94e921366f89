//! A crate of bodies: written, compiled and run.
//!
//! In: bodies. Out: a [`Finding`] for each that does not do as a flow what it
//! does as a plain `async fn`. Each body has a file of its own, so that
//! rustc's messages tell which body they are about, and which copy of it.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use serde::Deserialize;

use super::Body;
use super::files::{FLOW, MAIN, MANIFEST};
use super::message::{Line, Span};

/// A folder in which crates of bodies are compiled.
#[derive(Debug)]
pub struct Project {
    folder: PathBuf,
    target: PathBuf,
}

/// A body that is not what it should be.
#[derive(Debug)]
pub struct Finding {
    /// In what way.
    pub kind: Kind,
    /// Which body.
    pub body: Body,
    /// What rustc or the comparison says.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Body {
            index,
            arguments,
            values,
            result,
            text,
        } = &self.body;
        let kind = self.kind;
        writeln!(f, "=== {kind:?}: body {index}, called with ({values})")?;
        writeln!(f, "async fn body({arguments}) -> {result} {{\n{text}\n}}")?;
        write!(f, "{}", self.message)
    }
}

/// What can be wrong with a body, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The flow does something else than the plain copy.
    Differs,
    /// rustc refuses the flow, and takes the plain copy.
    Broken,
    /// The flow is refused with a message of Flowstone's.
    Refused,
    /// rustc refuses the plain copy, or makes a program of it that dies: the generator
    /// is wrong, or rustc.
    Invalid,
}

impl Project {
    /// A project in `folder`; what is compiled goes to `target`.
    #[must_use]
    pub fn new(folder: &Path, target: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            target: target.to_owned(),
        }
    }

    /// Compiles and runs `bodies`.
    ///
    /// # Errors
    ///
    /// If a file cannot be written, cargo cannot be started, or it fails for
    /// another reason than one of the bodies.
    pub fn examine(&self, bodies: Vec<Body>) -> io::Result<Vec<Finding>> {
        let (mut bodies, mut findings) = self.settle(bodies, "build")?;
        for (index, (kind, message)) in self.run()? {
            let body = bodies.remove(&index);
            findings.extend(body.map(|body| Finding {
                kind,
                body,
                message,
            }));
        }
        findings.sort_by_key(|finding| (finding.kind, finding.body.index));
        Ok(findings)
    }

    /// Compiles `bodies`, and does not run them.
    ///
    /// # Errors
    ///
    /// As [`Project::examine`].
    pub fn check(&self, bodies: Vec<Body>) -> io::Result<Vec<Finding>> {
        Ok(self.settle(bodies, "check")?.1)
    }

    /// Compiles until no body is left that rustc refuses.
    fn settle(
        &self,
        bodies: Vec<Body>,
        command: &str,
    ) -> io::Result<(BTreeMap<u64, Body>, Vec<Finding>)> {
        let mut bodies: BTreeMap<u64, Body> =
            bodies.into_iter().map(|body| (body.index, body)).collect();
        let mut findings = Vec::new();
        loop {
            self.write(bodies.values())?;
            let refused = self.build(command)?;
            if refused.is_empty() {
                return Ok((bodies, findings));
            }
            for (index, (kind, message)) in refused {
                let body = bodies.remove(&index);
                findings.extend(body.map(|body| Finding {
                    kind,
                    body,
                    message,
                }));
            }
        }
    }

    fn write<'a>(&self, bodies: impl Iterator<Item = &'a Body>) -> io::Result<()> {
        let repository = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("..")
            .canonicalize()?;
        let source = self.folder.join("src");
        if source.exists() {
            fs::remove_dir_all(&source)?;
        }
        fs::create_dir_all(&source)?;
        let root = repository.display().to_string();
        fs::write(
            self.folder.join("Cargo.toml"),
            MANIFEST.replace("ROOT", &root),
        )?;
        fs::copy(
            repository.join("Cargo.lock"),
            self.folder.join("Cargo.lock"),
        )?;
        let (mut modules, mut list) = (String::new(), String::new());
        for body in bodies {
            let index = body.index;
            fs::write(source.join(format!("b{index}.rs")), body.file())?;
            let _ = writeln!(modules, "mod b{index};");
            let _ = writeln!(list, "    ({index}, b{index}::run),");
        }
        let main = MAIN
            .replace("ROOT", &root)
            .replace("MODULES", &modules)
            .replace("LIST", &list);
        fs::write(source.join("main.rs"), main)
    }

    fn cargo(&self, command: &str) -> Command {
        let mut cargo = Command::new(env!("CARGO"));
        cargo
            .args([command, "--offline", "--quiet"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            .env_remove("RUSTFLAGS");
        cargo
    }

    /// The bodies that rustc refuses, each with the first of its messages.
    fn build(&self, command: &str) -> io::Result<BTreeMap<u64, (Kind, String)>> {
        let output = self.cargo(command).arg("--message-format=json").output()?;
        let mut refused = BTreeMap::new();
        let text = String::from_utf8_lossy(&output.stdout);
        let messages = text
            .lines()
            .filter_map(|line| serde_json::from_str::<Line>(line).ok());
        for message in messages.filter_map(|line| line.message) {
            if message.level != "error" {
                continue;
            }
            let Some((index, line)) = message.spans.iter().find_map(Span::body) else {
                continue;
            };
            let kind = if line < self.first_line_of_flow(index)? {
                Kind::Invalid
            } else if message.is_ours() {
                Kind::Refused
            } else {
                Kind::Broken
            };
            let worse = |(known, _): &(Kind, String)| kind == Kind::Invalid && *known != kind;
            if refused.get(&index).is_none_or(worse) {
                refused.insert(index, (kind, message.rendered));
            }
        }
        if refused.is_empty() && !output.status.success() {
            let errors = String::from_utf8_lossy(&output.stderr);
            return Err(io::Error::other(format!("cargo failed:\n{errors}\n{text}")));
        }
        Ok(refused)
    }

    fn first_line_of_flow(&self, index: u64) -> io::Result<usize> {
        let text = fs::read_to_string(self.folder.join(format!("src/b{index}.rs")))?;
        let line = text.lines().position(|line| line == FLOW);
        Ok(line.map_or(usize::MAX, |line| line + 1))
    }

    /// The bodies whose copies did different things, and what these were.
    fn run(&self) -> io::Result<BTreeMap<u64, (Kind, String)>> {
        let mut different = BTreeMap::new();
        let mut first = Some(0);
        while let Some(from) = first {
            first = self.run_from(from, &mut different)?;
        }
        Ok(different)
    }

    /// The same of the bodies from a number on; if the process dies in one, gives the
    /// number to go on from.
    fn run_from(
        &self,
        from: u64,
        different: &mut BTreeMap<u64, (Kind, String)>,
    ) -> io::Result<Option<u64>> {
        let mut command = Command::new(self.target.join("debug/flowstone-fuzzed"));
        let output = command.arg(from.to_string()).output()?;
        let text = String::from_utf8_lossy(&output.stdout);
        let (mut begun, mut was_plain) = (None, false);
        for verdict in text
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok())
        {
            match verdict {
                Verdict::Begin(index) => (begun, was_plain) = (Some(index), false),
                Verdict::Plain => was_plain = true,
                Verdict::Same => begun = None,
                Verdict::Differ(index, message) => {
                    begun = None;
                    different.insert(index, (Kind::Differs, message));
                }
            }
        }
        if let Some(index) = begun {
            // rustc 1.95 has made a plain `async fn` of safe code that ends in SIGSEGV.
            let (kind, copy) = if was_plain {
                (Kind::Differs, "the flow")
            } else {
                (Kind::Invalid, "the plain copy")
            };
            different.insert(index, (kind, format!("the process died in {copy}")));
            return Ok(Some(index + 1));
        }
        if output.status.success() {
            return Ok(None);
        }
        let errors = String::from_utf8_lossy(&output.stderr);
        Err(io::Error::other(format!(
            "the bodies did not run:\n{errors}"
        )))
    }
}

#[derive(Debug, Deserialize)]
enum Verdict {
    Begin(u64),
    Plain,
    Same,
    Differ(u64, String),
}
