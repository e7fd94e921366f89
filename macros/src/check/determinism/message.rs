//! The text of a refusal: what it does, what to write instead, and why.

use std::fmt::Write;

use super::helpers::Reached;
use super::sink::{Hit, What};
use super::table::{ASYNC_RUNTIME, At, Level, NETWORK_AND_CLIENTS, Rule};

/// Where the pages of the groups are.
const PAGES: &str = "https://docs.rs/flowstone/latest/flowstone/determinism";

/// Of what stands in the flow itself.
pub(super) fn text(hit: &Hit) -> String {
    told(hit, "so it cannot be used in a `#[flow]`", "")
}

/// Of what a function does that the flow calls.
pub(super) fn text_of_call(reached: &Reached) -> String {
    let way = reached.way.iter().map(|name| format!("`{name}`"));
    let way = way.collect::<Vec<_>>().join(" -> ");
    let way = format!(
        "note: called through {way}, in line {} of this file\n",
        reached.line
    );
    match reached.hit.found.rule.level {
        Level::Error => told(&reached.hit, "so it cannot be used in a `#[flow]`", &way),
        _ => told(&reached.hit, "so a `#[flow]` should not use it", &way),
    }
}

/// Of what is warned of.
pub(super) fn warning(hit: &Hit) -> String {
    told(hit, "so a `#[flow]` should not use it", "")
}

/// Of a collection without an order that an action gives to a flow.
pub(super) fn of_result(hit: &Hit) -> String {
    let (name, why, id) = (name(hit), hit.found.rule.why, hit.found.group.id);
    let instead = hit
        .found
        .rule
        .instead
        .unwrap_or("a collection with an order");
    format!(
        "{name} {why}, so an `#[action]` should not give it to a flow\n\n\
         help: use {instead}\n\
         note: if flows only look things up in it: `#[allow(deprecated)]` on the module of the \
         action; see {PAGES}/{id}"
    )
}

fn told(hit: &Hit, so: &str, way: &str) -> String {
    let Rule { why, instead, .. } = hit.found.rule;
    let (id, mut text) = (hit.found.group.id, format!("{} {why}, {so}\n\n", name(hit)));
    let action = "move it into an `#[action]` and await that";
    let help = match instead {
        Some(instead) => format!("help: use {instead}\nhelp: or {action}"),
        None => format!("help: {action}"),
    };
    let awaited = if [ASYNC_RUNTIME.id, NETWORK_AND_CLIENTS.id].contains(&id) {
        "note: allowed or not, a flow can await actions, flows, timers and messages only\n"
    } else {
        ""
    };
    let meant = if hit.may_be_allowed() {
        let besides = hit.found.besides();
        let besides = besides.map_or_else(String::new, |found| format!(", {}", found.group.id));
        format!(
            "{awaited}note: if it is meant: `#[flow(allow({id}{besides}, reason = \"..\"))]`; see"
        )
    } else {
        "note: see".to_owned()
    };
    // Writing to a string cannot fail.
    let _ = write!(
        text,
        "{help}\n{way}\
         note: after a crash a flow goes on from its last `.await`, and must do the same again\n\
         {meant} {PAGES}/{id}"
    );
    text
}

fn name(hit: &Hit) -> String {
    let bang = if hit.found.rule.at == At::Macro {
        "!"
    } else {
        ""
    };
    match &hit.what {
        What::Path(full) => format!("`{full}{bang}`"),
        What::Likely(written, full) => {
            format!("`{written}{bang}` looks like `{full}{bang}`, which")
        }
        What::Static(name) => format!("the static `{name}`"),
        What::Construct("pointer as integer") => "a pointer as an integer".to_owned(),
        What::Construct("{:p}") => "a pointer in a text, `{:p}`,".to_owned(),
        What::Construct("{:?} of a pointer") => "a pointer in a text, `{:?}`,".to_owned(),
        What::Held(part, full) => format!("`{part}` is a `{full}`, which"),
        What::Construct(word) => format!("an `{word}` block"),
    }
}
