//! Reports as text and as JSON, made by hand: the same on all machines.

use expect_test::expect;

use super::{Allowance, Finding, Frame, Report};
use crate::lines::Location;
use crate::roots::{Allow, AuditedFlow};

fn flow(name: &str) -> AuditedFlow {
    AuditedFlow {
        name: name.to_owned(),
        file: "src/flows.rs".to_owned(),
        line: 3,
    }
}

fn frame(function: &str, line: u32) -> Frame {
    Frame {
        function: function.to_owned(),
        location: Some(Location {
            file: "src/flows.rs".to_owned(),
            line,
            column: 13,
        }),
    }
}

fn report() -> Report {
    let finding = Finding {
        flow: flow("pay"),
        group: "wall_clock",
        leaf: "std::time::SystemTime::now".to_owned(),
        path: vec![
            frame("pay", 5),
            Frame {
                function: "dep::stamp".to_owned(),
                location: None,
            },
        ],
    };
    let allow = Allow {
        group: "ids".to_owned(),
        reason: "shown only".to_owned(),
    };
    Report {
        flows: vec![flow("pay"), flow("any")],
        unchecked: vec![flow("any")],
        findings: vec![finding],
        allowances: vec![Allowance {
            flow: flow("pay"),
            allow,
            silenced: Vec::new(),
        }],
        ..Report::default()
    }
}

#[test]
fn as_text() {
    expect![[r#"
        error[flow::wall_clock]: the flow `pay` reads the wall clock: it reaches `std::time::SystemTime::now`
          --> src/flows.rs:5:13
          = note: the way to it:
                     pay  (src/flows.rs:5)
                  -> dep::stamp
                  -> std::time::SystemTime::now
          = help: use `flow::now()`
          = help: or move it into an `#[action]` and await that
          = note: after a crash a flow goes on from its last `.await`, and must do the same again
          = note: if it cannot differ: `#[flow(allow(wall_clock, reason = ".."))]`; see https://docs.rs/flowstone/latest/flowstone/determinism/wall_clock

        note: `any` was not checked: it is generic, and used for no types
          --> src/flows.rs:3
           = help: audit a program that uses it, or register it for the types in question

        note: `pay` allows itself ids: shown only
          --> src/flows.rs:3
           = note: it silences nothing in the audit

        1 flow checked, 1 use found"#]].assert_eq(&report().to_string());
}

#[test]
fn as_json() {
    expect![[r#"
        {"reason":"flow-finding","group":"wall_clock","message":"the flow `pay` reads the wall clock","flow":{"name":"pay","file":"src/flows.rs","line":3},"leaf":"std::time::SystemTime::now","location":{"file":"src/flows.rs","line":5,"column":13},"path":[{"function":"pay","location":{"file":"src/flows.rs","line":5,"column":13}},{"function":"dep::stamp","location":null}],"help":"`flow::now()`"}
        {"reason":"flow-allowed","group":"ids","because":"shown only","flow":{"name":"pay","file":"src/flows.rs","line":3},"silenced":0}
        {"reason":"flow-unchecked","flow":{"name":"any","file":"src/flows.rs","line":3}}
        {"reason":"flow-audit-finished","success":false,"flows":2,"findings":1}
    "#]].assert_eq(&report().to_json());
}

#[test]
fn a_clean_report_is_one_line() {
    let report = Report {
        flows: vec![flow("pay")],
        ..Report::default()
    };
    assert!(report.is_clean());
    assert_eq!(report.to_string(), "1 flow checked, nothing found");
}
