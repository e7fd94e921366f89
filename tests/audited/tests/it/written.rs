//! The report as text and as JSON.

use serde_json::Value;

use super::REPORT;

const MESSAGE: &str = r#"error[flow::environment_process]: the flow `env` asks the process or its environment: it reaches `std::env::var`
  --> tests/audited/src/evasions.rs:100:17
    |
100 |     let value = helper::region();
    |                 ^^^^^^^^^^^^^^^^
    = note: the way to it:
               env  (tests/audited/src/evasions.rs:100)
            -> flowstone_audited_helper::region  (tests/audited/helper/src/lib.rs:146)
            -> std::env::var
    = help: use an argument of the flow
    = help: or move it into an `#[action]` and await that
    = note: after a crash a flow goes on from its last `.await`, and must do the same again
    = note: if it cannot differ: `#[flow(allow(environment_process, reason = ".."))]`; see https://docs.rs/flowstone/latest/flowstone/determinism/environment_process
"#;

#[test]
fn a_finding_reads_like_an_error_of_rustc() {
    let text = REPORT.to_string();
    assert!(text.contains(MESSAGE), "{text}");
}

#[test]
fn the_text_ends_with_what_was_checked() {
    let text = REPORT.to_string();
    let last = text.lines().last().expect("it has lines");
    let checked = REPORT.flows.len() - REPORT.unchecked.len();
    let found = REPORT.findings.len();
    assert_eq!(last, format!("{checked} flows checked, {found} uses found"));
}

#[test]
fn json_has_an_object_for_each_line_and_one_for_the_end() {
    let json = REPORT.to_json();
    let lines = json
        .lines()
        .map(|line| serde_json::from_str(line).expect("each line is JSON"));
    let lines: Vec<Value> = lines.collect();
    let of = |reason: &str| lines.iter().filter(|line| line["reason"] == reason).count();
    assert_eq!(of("flow-finding"), REPORT.findings.len());
    assert_eq!(of("flow-allowed"), REPORT.allowances.len());
    assert_eq!(of("flow-unchecked"), 1);
    let end = lines.last().expect("it has an end");
    assert_eq!(end["reason"], "flow-audit-finished");
    assert_eq!(end["success"], false);
    let mut env = lines.iter().filter(|line| line["flow"]["name"] == "env");
    let env = env.next().expect("the flow has a finding");
    assert_eq!(env["group"], "environment_process");
    assert_eq!(env["leaf"], "std::env::var");
    assert_eq!(env["location"]["line"], 100);
    assert_eq!(
        env["path"][1]["function"],
        "flowstone_audited_helper::region"
    );
}
