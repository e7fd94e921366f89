//! The command as a user runs it: what it writes, and its exit code.

use std::path::PathBuf;
use std::process::{Command, Output};

fn audit(arguments: &[&str]) -> Output {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut command = Command::new(env!("CARGO_BIN_EXE_flowstone"));
    command.current_dir(root).arg("audit").args(arguments);
    command.output().expect("the command starts")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn findings_are_told_and_make_it_fail() {
    let output = audit(&["-p", "flowstone-audited", "--lib"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(
        stdout(&output).contains("error[flow::ids]: the flow `uuid`"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn json_is_all_that_is_on_stdout() {
    let output = audit(&["-p", "flowstone-audited", "--lib", "--message-format=json"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let text = stdout(&output);
    assert!(
        text.lines()
            .all(|line| line.starts_with("{\"reason\":\"flow-")),
        "{text}"
    );
}

#[test]
fn the_examples_are_clean() {
    let output = audit(&["-p", "flowstone-examples", "--bins"]);
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}{}",
        stdout(&output),
        stderr(&output)
    );
    assert_eq!(stdout(&output), "5 flows checked, nothing found\n");
}

#[test]
fn without_a_package_there_is_no_report() {
    let output = audit(&["--manifest-path", "nowhere/Cargo.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("cargo metadata` failed"),
        "{}",
        stderr(&output)
    );
    assert_eq!(stdout(&output), "");
}
