//! What `#[flow]` costs at compile time, beside the same bodies as plain
//! `async fn`, in the same run and in turns:
//!
//! - `cargo check` of a crate with one flow of 200 awaits and ten kept locals
//! - the same of a crate with 50 flows of 20 awaits
//! - the same of 50 flows with a `join!` in a block of another, six levels deep, and of
//!   twice as deep ones: beside plain blocks that are awaited one after another
//!
//! ```text
//! cargo bench -p flowstone-benches --bench check [-- --short]
//! ```
//!
//! The crates depend on Flowstone, which is checked before and not measured.
//! Each figure is the median of five rounds; `--short` takes one.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::fmt::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// The kept locals of each body.
const LOCALS: usize = 10;
/// Whatever goes wrong here is a bug, and ends the benchmark with its message.
const WORKS: &str = "the files of a temporary crate can be written";

/// How a crate's functions are written: what stands before them.
struct Form {
    name: &'static str,
    on_leaf: &'static str,
    on_body: &'static str,
    /// What stands around the first of two operands, and behind a block that is the second.
    join: [&'static str; 3],
}

const FLOW: Form = Form {
    name: "flow",
    on_leaf: "#[action]",
    on_body: "#[flow]",
    join: ["flow::join!(", ",", ")"],
};
const PLAIN: Form = Form {
    name: "plain",
    on_leaf: "",
    on_body: "",
    join: ["(", ".await,", ".await)"],
};

/// What is in a crate.
#[derive(Clone, Copy)]
struct Size {
    bodies: usize,
    body: Body,
}

/// What is in a body.
#[derive(Clone, Copy)]
enum Body {
    Awaits(usize),
    Levels(usize),
}

impl fmt::Display for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Awaits(awaits) => write!(f, "{awaits} awaits with {LOCALS} kept locals"),
            Self::Levels(levels) => write!(f, "{levels} nested joins"),
        }
    }
}

fn main() {
    let short = std::env::args().any(|argument| argument == "--short");
    let mut bench = Bench {
        folder: tempfile::tempdir().expect(WORKS),
        rounds: if short { 1 } else { 5 },
        written: 0,
    };
    for (bodies, body) in [
        (1, Body::Awaits(200)),
        (50, Body::Awaits(20)),
        (50, Body::Levels(6)),
        (50, Body::Levels(12)),
    ] {
        let (flow, plain) = bench.compare(Size { bodies, body });
        println!("cargo check of {bodies} bodies of {body}");
        println!(
            "  #[flow] {flow:.2} s, beside {plain:.2} s as a plain async fn: ratio {:.2}",
            flow / plain
        );
    }
}

/// Where the crates lie, and how often each is measured.
struct Bench {
    folder: tempfile::TempDir,
    rounds: u32,
    written: u32,
}

impl Bench {
    /// The median times of a crate of flows and one of plain functions, in
    /// seconds.
    fn compare(&mut self, size: Size) -> (f64, f64) {
        for form in [&FLOW, &PLAIN] {
            write_crate(self.folder.path(), form);
            // The dependencies, and whatever cargo does but once.
            self.checked(form, size);
        }
        let (mut flow, mut plain) = (Vec::new(), Vec::new());
        for _ in 0..self.rounds {
            plain.push(self.checked(&PLAIN, size));
            flow.push(self.checked(&FLOW, size));
        }
        (median(flow).as_secs_f64(), median(plain).as_secs_f64())
    }

    /// How long cargo checks the crate, whose source differs each time.
    fn checked(&mut self, form: &Form, size: Size) -> Duration {
        self.written += 1;
        let folder = self.folder.path().join(form.name);
        std::fs::write(folder.join("src/lib.rs"), source(form, size, self.written)).expect(WORKS);
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command
            .current_dir(&folder)
            // Else what the last round found out about the same body is used.
            .env("CARGO_INCREMENTAL", "0")
            .args(["check", "--quiet", "--offline", "--target-dir"])
            .arg(target());
        let start = Instant::now();
        let output = command.output().expect("cargo runs");
        let time = start.elapsed();
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{} is refused: {text}", form.name);
        time
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// A crate of its own, with the versions of this repository.
fn write_crate(folder: &Path, form: &Form) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = folder.join(form.name);
    std::fs::create_dir_all(folder.join("src")).expect(WORKS);
    std::fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).expect(WORKS);
    let manifest = format!(
        "[package]\nname = \"check-{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\nflowstone = {{ path = '{}', default-features = false }}\n\n[workspace]\n",
        form.name,
        root.join("runtime").display()
    );
    std::fs::write(folder.join("Cargo.toml"), manifest).expect(WORKS);
}

/// Beside what this benchmark was built into: the dependencies stay there.
fn target() -> PathBuf {
    let program = std::env::current_exe().expect("the benchmark is a file");
    // `<target>/release/deps/check-<hash>`
    let target = program.ancestors().nth(3).expect("cargo built it");
    target.join("check-bench")
}

/// The program, which differs in each round.
fn source(form: &Form, size: Size, round: u32) -> String {
    let mut source = format!(
        "//! Round {round}.\n#![allow(unused_imports)]\nuse flowstone::prelude::*;\n\n\
         {}\npub async fn echo(n: u64) -> u64 {{\n    n\n}}\n",
        form.on_leaf
    );
    for number in 0..size.bodies {
        match size.body {
            Body::Awaits(awaits) => straight(&mut source, form, number, awaits),
            Body::Levels(levels) => nested(&mut source, form, number, levels),
        }
    }
    source
}

/// A function: each await takes one local and gives to the next, so that all
/// of them are needed to the end.
fn straight(source: &mut String, form: &Form, number: usize, awaits: usize) {
    let attribute = form.on_body;
    line(
        source,
        format_args!("\n{attribute}\npub async fn long{number}(seed: u64) -> u64 {{"),
    );
    for local in 0..LOCALS {
        line(
            source,
            format_args!("    let mut v{local} = seed + {local};"),
        );
    }
    for step in 0..awaits {
        let (to, from) = (step % LOCALS, (step + 1) % LOCALS);
        line(
            source,
            format_args!("    v{to} = v{to}.wrapping_add(echo(v{from} + {step}).await);"),
        );
    }
    let all: Vec<String> = (0..LOCALS).map(|local| format!("v{local}")).collect();
    line(source, format_args!("    {}\n}}", all.join(" ^ ")));
}

/// A function in which each level awaits one operation beside the next level.
fn nested(source: &mut String, form: &Form, number: usize, levels: usize) {
    let attribute = form.on_body;
    line(
        source,
        format_args!("\n{attribute}\npub async fn nested{number}(seed: u64) -> u64 {{"),
    );
    let [open, between, close] = form.join;
    for level in 0..levels {
        line(
            source,
            format_args!(
                "    let (a, b) = {open}echo(seed + {level}){between} async {{ let x = {{"
            ),
        );
    }
    line(source, format_args!("    echo(seed).await"));
    for _ in 0..levels {
        line(
            source,
            format_args!("    }}; echo(x).await }}{close}; a + b"),
        );
    }
    line(source, format_args!("}}"));
}

fn line(source: &mut String, line: fmt::Arguments<'_>) {
    writeln!(source, "{line}").expect("a string takes all text");
}
