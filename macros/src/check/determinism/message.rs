//! The text of a refusal: what it does, what to write instead, and why.

use super::table::{At, Found, Group, Rule};

/// `path` is what stands in the flow, `full` what it means; `guess` says that
/// no file confirmed it.
pub(super) fn text(path: &str, full: &str, found: Found, guess: bool) -> String {
    let Rule { why, at, .. } = found.rule;
    let bang = if *at == At::Macro { "!" } else { "" };
    let what = if guess && path != full {
        format!("`{path}{bang}` looks like `{full}{bang}`, which {why}")
    } else {
        format!("`{full}{bang}` {why}")
    };
    format!("{what}, {}", advice(found.group, found.rule))
}

/// Of a static of the user's.
pub(super) fn of_static(name: &str, group: &Group, rule: &Rule) -> String {
    format!("the static `{name}` {}, {}", rule.why, advice(group, rule))
}

fn advice(group: &Group, rule: &Rule) -> String {
    let action = "move it into an `#[action]` and await that";
    let help = match rule.instead {
        Some(instead) => format!("help: use {instead}\nhelp: or {action}"),
        None => format!("help: {action}"),
    };
    let id = group.id;
    format!(
        "so it cannot be used in a `#[flow]`\n\n{help}\n\
         note: after a crash a flow goes on from its last `.await`, and must do the same again ({id})"
    )
}
