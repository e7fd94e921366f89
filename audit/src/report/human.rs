//! A report as rustc would write it.

use std::fmt;
use std::fs;

use super::{Finding, Report};
use crate::lines::Location;
use crate::roots::AuditedFlow;

/// Why it matters, as the refusals of `#[flow]` say it.
const WHY: &str = "after a crash a flow goes on from its last `.await`, and must do the same again";

/// Where the pages of the groups are.
const PAGES: &str = "https://docs.rs/flowstone/latest/flowstone/determinism";

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            self.finding(f, finding)?;
        }
        for flow in &self.unchecked {
            writeln!(
                f,
                "note: `{}` was not checked: it is generic, and used for no types\n  --> {}:{}\n   \
                 = help: audit a program that uses it, or register it for the types in question\n",
                flow.name, flow.file, flow.line
            )?;
        }
        for allowance in &self.allowances {
            let (flow, allow) = (&allowance.flow, &allowance.allow);
            let silenced = match allowance.silenced.len() {
                0 => "it silences nothing in the audit".to_owned(),
                1 => "it silences 1 finding".to_owned(),
                count => format!("it silences {count} findings"),
            };
            writeln!(
                f,
                "note: `{}` allows itself {}: {}\n  --> {}:{}\n   = note: {silenced}\n",
                flow.name, allow.group, allow.reason, flow.file, flow.line
            )?;
        }
        let (flows, findings) = (self.flows.len() - self.unchecked.len(), self.findings.len());
        let flows = plural(flows, "flow");
        match findings {
            0 => write!(f, "{flows} checked, nothing found"),
            count => write!(f, "{flows} checked, {} found", plural(count, "use")),
        }
    }
}

fn plural(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

impl Report {
    fn finding(&self, f: &mut fmt::Formatter<'_>, finding: &Finding) -> fmt::Result {
        let (id, flow, leaf) = (finding.group, &finding.flow.name, &finding.leaf);
        let what = finding.group().map_or("", |group| group.what);
        let leaf = if leaf.is_empty() {
            "a static without a name"
        } else {
            leaf
        };
        writeln!(
            f,
            "error[flow::{id}]: the flow `{flow}` {what}: it reaches `{leaf}`"
        )?;
        let margin = if let Some(place) = finding.location() {
            self.snippet(f, place)?
        } else {
            writeln!(f, "  --> {}:{}", finding.flow.file, finding.flow.line)?;
            "   ".to_owned()
        };
        if finding
            .location()
            .is_some_and(|place| place.file != finding.flow.file)
        {
            let AuditedFlow { file, line, .. } = &finding.flow;
            writeln!(
                f,
                "{margin}::: {file}:{line}: the flow, into which it was inlined"
            )?;
        }
        writeln!(f, "{margin} = note: the way to it:")?;
        for (index, frame) in finding.path.iter().enumerate() {
            let arrow = if index == 0 { "  " } else { "->" };
            write!(f, "{margin}         {arrow} {}", frame.function)?;
            match &frame.location {
                Some(Location { file, line, .. }) => writeln!(f, "  ({file}:{line})")?,
                None => writeln!(f)?,
            }
        }
        writeln!(f, "{margin}         -> {leaf}")?;
        let action = "move it into an `#[action]` and await that";
        match finding.group().and_then(|group| group.instead) {
            Some(instead) => {
                writeln!(f, "{margin} = help: use {instead}")?;
                writeln!(f, "{margin} = help: or {action}")?;
            }
            None => writeln!(f, "{margin} = help: {action}")?,
        }
        writeln!(f, "{margin} = note: {WHY}")?;
        writeln!(
            f,
            "{margin} = note: if it cannot differ: `#[flow(allow({id}, reason = \"..\"))]`; see {PAGES}/{id}\n"
        )
    }

    /// The line of source with what is meant underlined; the margin that it has.
    fn snippet(&self, f: &mut fmt::Formatter<'_>, place: &Location) -> Result<String, fmt::Error> {
        let Location { file, line, column } = place;
        writeln!(f, "  --> {file}:{line}:{column}")?;
        let number = line.to_string();
        let margin = " ".repeat(number.len());
        let source = fs::read_to_string(self.root.join(file)).unwrap_or_default();
        let Some(text) = source
            .lines()
            .zip(1..)
            .find_map(|(text, at)| (at == *line).then_some(text))
        else {
            return Ok(margin);
        };
        let before = usize::try_from(*column).unwrap_or(0).saturating_sub(1);
        let word = text.chars().skip(before);
        let word = word.take_while(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '.' | '!'));
        // What is called, with empty brackets if it has such.
        let called = word.count();
        let rest: String = text.chars().skip(before + called).take(2).collect();
        let length = if rest == "()" { called + 2 } else { called };
        writeln!(f, "{margin} |\n{number} | {text}")?;
        writeln!(
            f,
            "{margin} | {}{}",
            " ".repeat(before),
            "^".repeat(length.max(1))
        )?;
        Ok(margin)
    }
}
