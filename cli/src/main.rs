//! The command `flowstone`.
//!
//! In: arguments. Out: the report of an audit on stdout, for people or as JSON,
//! and an exit code: 0 if nothing was found, 1 if something was, 2 if there is
//! no report, or no flow in it. All else is for `flowstone-audit`.

use std::error::Error;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};
use flowstone_audit::{Audit, AuditError};

/// Tools for durable workflows.
#[derive(Debug, Parser)]
#[command(name = "flowstone", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Builds a package and tells what its flows reach that differs from run to run
    ///
    /// It reads the compiled program: helpers, dependencies and std are seen too.
    /// Exits with 1 if something was found, with 2 if there is no report.
    Audit(AuditArgs),
}

#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command"
)]
struct AuditArgs {
    /// Packages to audit, instead of the one in this folder
    #[arg(short, long, value_name = "SPEC")]
    package: Vec<String>,
    /// Audit all packages of the workspace
    #[arg(long)]
    workspace: bool,
    /// The Cargo.toml of the package
    #[arg(long, value_name = "PATH")]
    manifest_path: Option<PathBuf>,
    /// How the report is written
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    message_format: Format,
    /// The library; without this and the next four, it and all programs, examples and tests
    #[arg(long)]
    lib: bool,
    /// All programs
    #[arg(long)]
    bins: bool,
    /// One program
    #[arg(long, value_name = "NAME")]
    bin: Vec<String>,
    /// All examples
    #[arg(long)]
    examples: bool,
    /// All tests
    #[arg(long)]
    tests: bool,
    /// Features to build with
    #[arg(short = 'F', long, value_name = "FEATURES")]
    features: Vec<String>,
    /// Build with all features
    #[arg(long)]
    all_features: bool,
    /// Build without the default feature
    #[arg(long)]
    no_default_features: bool,
    /// Build for this platform
    #[arg(long, value_name = "TRIPLE")]
    target: Option<String>,
    /// Build without the network
    #[arg(long)]
    offline: bool,
    /// Build with Cargo.lock as it is
    #[arg(long)]
    locked: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Human,
    Json,
}

fn main() -> ExitCode {
    let Command::Audit(args) = Cli::parse().command;
    let format = args.message_format;
    match audit(args).run() {
        Ok(report) => {
            let text = match format {
                Format::Human => format!("{report}\n"),
                Format::Json => report.to_json(),
            };
            // A reader that has seen enough closes the pipe: the exit code still counts.
            let _ = io::stdout().lock().write_all(text.as_bytes());
            if report.flows.is_empty() {
                let _ = writeln!(
                    io::stderr(),
                    "error: there are no flows in what was audited; choose the package with `-p`"
                );
                return ExitCode::from(2);
            }
            ExitCode::from(u8::from(!report.is_clean()))
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {}", told(&error));
            ExitCode::from(2)
        }
    }
}

fn audit(args: AuditArgs) -> Audit {
    let mut audit = Audit::new().shown();
    for package in &args.package {
        audit = audit.package(package);
    }
    if args.workspace {
        audit = audit.workspace();
    }
    if let Some(path) = args.manifest_path {
        audit = audit.manifest(path);
    }
    let selected = [
        (args.lib, "--lib"),
        (args.bins, "--bins"),
        (args.examples, "--examples"),
        (args.tests, "--tests"),
    ];
    for option in given(selected) {
        audit = audit.target(option);
    }
    for name in args.bin {
        audit = audit.target(&format!("--bin={name}"));
    }
    let options = [
        (args.all_features, "--all-features"),
        (args.no_default_features, "--no-default-features"),
        (args.offline, "--offline"),
        (args.locked, "--locked"),
    ];
    for option in given(options) {
        audit = audit.option(option);
    }
    for features in args.features {
        audit = audit.option(&format!("--features={features}"));
    }
    match args.target {
        Some(triple) => audit.platform(&triple),
        None => audit,
    }
}

/// Those options that were given.
fn given<const N: usize>(options: [(bool, &str); N]) -> impl Iterator<Item = &str> {
    let given = options.into_iter().filter(|(is_given, _)| *is_given);
    given.map(|(_, option)| option)
}

/// An error with its causes.
fn told(error: &AuditError) -> String {
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(source) = cause {
        told = format!("{told}: {source}");
        cause = source.source();
    }
    told
}
