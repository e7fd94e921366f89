//! Differential fuzzing of the compiler of flows, from the command line:
//! `cargo run -p flowstone-tests --bin fuzz -- --seed 1 --bodies 300 --keep DIR`.
//!
//! Compiles random bodies as plain `async fn`s and as flows, runs both, and
//! prints each body whose copies differ or do not compile.

#![expect(clippy::print_stdout, reason = "the output of a command")]

use std::path::PathBuf;
use std::process::ExitCode;
use std::{env, fs, io};

use flowstone_tests::fuzz::{Body, Project, generate, shrink};

/// How often the findings so far are written to `smallest.txt`.
const ROUNDS: usize = 5;

fn main() -> io::Result<ExitCode> {
    let number = |name: &str, default: u64| option(name).map_or(Ok(default), |text| text.parse());
    let seed = number("--seed", 1).map_err(io::Error::other)?;
    let first = number("--first", 0).map_err(io::Error::other)?;
    let count = number("--bodies", 300).map_err(io::Error::other)?;
    let keep =
        option("--keep").map_or_else(|| env::temp_dir().join("flowstone-fuzz"), PathBuf::from);
    if env::args().any(|argument| argument == "--print") {
        for index in first..first + count {
            let body = generate(seed, index);
            println!(
                "// {index}\nasync fn body({}) -> {} {{\n{}\n}}",
                body.arguments, body.result, body.text
            );
        }
        return Ok(ExitCode::SUCCESS);
    }
    fs::create_dir_all(&keep)?;
    let project = Project::new(&keep.join("project"), &keep.join("target"));
    let bodies = match option("--file") {
        Some(path) => read(&fs::read_to_string(path)?),
        None => (first..first + count)
            .map(|index| generate(seed, index))
            .collect(),
    };
    let mut findings = project.examine(bodies)?;
    if env::args().any(|argument| argument == "--shrink") {
        let mut known = Vec::new();
        findings.retain(|finding| {
            let signature = (finding.kind, finding.signature());
            known.push(signature.clone());
            known.iter().filter(|other| **other == signature).count() <= 1
        });
        println!("{} findings to shrink", findings.len());
        for _ in 0..ROUNDS {
            findings = shrink(&project, findings, 6)?;
            let texts: Vec<_> = findings.iter().map(ToString::to_string).collect();
            fs::write(keep.join("smallest.txt"), texts.join("\n\n"))?;
        }
    }
    for finding in &findings {
        println!("{finding}\n");
    }
    println!("{count} bodies of seed {seed}: {} findings", findings.len());
    Ok(if findings.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Bodies of a file, with `---` between them; the first line of each is
/// `arguments | values | result`.
fn read(text: &str) -> Vec<Body> {
    let bodies = text.split("---\n").zip(0..);
    let bodies = bodies.filter_map(|(text, index)| {
        let (head, text) = text.trim_start().split_once('\n')?;
        let mut head = head.split('|').map(|part| part.trim().to_owned());
        Some(Body {
            index,
            arguments: head.next()?,
            values: head.next()?,
            result: head.next()?,
            text: text.to_owned(),
        })
    });
    bodies.collect()
}

/// The argument after `name`.
fn option(name: &str) -> Option<String> {
    let mut arguments = env::args().skip_while(|argument| argument != name);
    arguments.nth(1)
}
