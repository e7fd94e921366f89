//! A report as JSON: an object a line, as of `cargo --message-format=json`.
//!
//! Each has `reason`: `flow-finding`, `flow-allowed`, `flow-unchecked`, and at
//! the end `flow-audit-finished`.

use serde::Serialize;

use super::{Finding, Frame, Report};
use crate::lines::Location;
use crate::roots::AuditedFlow;

#[derive(Serialize)]
#[serde(tag = "reason")]
enum Line<'a> {
    #[serde(rename = "flow-finding")]
    Finding {
        group: &'a str,
        message: String,
        flow: &'a AuditedFlow,
        leaf: &'a str,
        location: Option<&'a Location>,
        path: &'a [Frame],
        help: Option<&'a str>,
    },
    #[serde(rename = "flow-allowed")]
    Allowed {
        group: &'a str,
        because: &'a str,
        flow: &'a AuditedFlow,
        silenced: usize,
    },
    #[serde(rename = "flow-unchecked")]
    Unchecked { flow: &'a AuditedFlow },
    #[serde(rename = "flow-audit-finished")]
    Finished {
        success: bool,
        flows: usize,
        findings: usize,
    },
}

impl Report {
    /// The report as JSON, an object a line.
    #[must_use]
    pub fn to_json(&self) -> String {
        let findings = self.findings.iter().map(finding);
        let allowed = self.allowances.iter().map(|allowance| Line::Allowed {
            group: &allowance.allow.group,
            because: &allowance.allow.reason,
            flow: &allowance.flow,
            silenced: allowance.silenced.len(),
        });
        let unchecked = self.unchecked.iter().map(|flow| Line::Unchecked { flow });
        let end = Line::Finished {
            success: self.is_clean(),
            flows: self.flows.len(),
            findings: self.findings.len(),
        };
        let lines = findings.chain(allowed).chain(unchecked).chain([end]);
        let lines = lines.map(|line| serde_json::to_string(&line).unwrap_or_default() + "\n");
        lines.collect()
    }
}

fn finding(finding: &Finding) -> Line<'_> {
    let group = finding.group();
    Line::Finding {
        group: finding.group,
        message: format!(
            "the flow `{}` {}",
            finding.flow.name,
            group.map_or("", |group| group.what)
        ),
        flow: &finding.flow,
        leaf: &finding.leaf,
        location: finding.location(),
        path: &finding.path,
        help: group.and_then(|group| group.instead),
    }
}
