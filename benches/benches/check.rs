//! What `#[flow]` costs at compile time: `cargo check` of a crate with one
//! flow of 200 awaits and ten kept locals, beside the same body as a plain
//! `async fn`, in the same run and in turns.
//!
//! ```text
//! cargo bench -p flowstone-benches --bench check [-- --short]
//! ```
//!
//! Both crates depend on Flowstone, which is checked before and not measured.
//! Each figure is the median of five rounds; `--short` takes one.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

const AWAITS: usize = 200;
const LOCALS: usize = 10;
/// Whatever goes wrong here is a bug, and ends the benchmark with its message.
const WORKS: &str = "the files of a temporary crate can be written";

/// A crate to check: what stands before its two functions.
struct Form {
    name: &'static str,
    on_leaf: &'static str,
    on_body: &'static str,
}

const FLOW: Form = Form {
    name: "flow",
    on_leaf: "#[action]",
    on_body: "#[flow]",
};
const PLAIN: Form = Form {
    name: "plain",
    on_leaf: "",
    on_body: "",
};

fn main() {
    let short = std::env::args().any(|argument| argument == "--short");
    let rounds = if short { 1 } else { 5 };
    let folder = tempfile::tempdir().expect(WORKS);
    for form in [&FLOW, &PLAIN] {
        write_crate(folder.path(), form);
        // The dependencies, and whatever cargo does but once.
        checked(folder.path(), form, 0);
    }
    let (mut flow, mut plain) = (Vec::new(), Vec::new());
    for round in 1..=rounds {
        plain.push(checked(folder.path(), &PLAIN, round));
        flow.push(checked(folder.path(), &FLOW, round));
    }
    let (flow, plain) = (median(flow), median(plain));
    println!("cargo check of {AWAITS} awaits with {LOCALS} kept locals");
    println!(
        "  #[flow] {:.2} s, beside {:.2} s as a plain async fn: ratio {:.2}",
        flow.as_secs_f64(),
        plain.as_secs_f64(),
        flow.as_secs_f64() / plain.as_secs_f64()
    );
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// How long cargo checks the crate, whose source differs in each round.
fn checked(folder: &Path, form: &Form, round: u32) -> Duration {
    let folder = folder.join(form.name);
    std::fs::write(folder.join("src/lib.rs"), source(form, round)).expect(WORKS);
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

/// The program: each await takes one local and gives to the next, so that all
/// of them are needed to the end.
fn source(form: &Form, round: u32) -> String {
    let mut source = format!(
        "//! Round {round}.\n#![allow(unused_imports)]\nuse flowstone::prelude::*;\n\n\
         {}\npub async fn echo(n: u64) -> u64 {{\n    n\n}}\n\n\
         {}\npub async fn long(seed: u64) -> u64 {{\n",
        form.on_leaf, form.on_body
    );
    for local in 0..LOCALS {
        line(
            &mut source,
            format_args!("let mut v{local} = seed + {local};"),
        );
    }
    for step in 0..AWAITS {
        let (to, from) = (step % LOCALS, (step + 1) % LOCALS);
        line(
            &mut source,
            format_args!("v{to} = v{to}.wrapping_add(echo(v{from} + {step}).await);"),
        );
    }
    let all: Vec<String> = (0..LOCALS).map(|local| format!("v{local}")).collect();
    line(&mut source, format_args!("{}", all.join(" ^ ")));
    source.push_str("}\n");
    source
}

fn line(source: &mut String, line: std::fmt::Arguments<'_>) {
    writeln!(source, "    {line}").expect("a string takes all text");
}
