//! What each state takes in and where it leads, as text, for snapshots.

use std::fmt::Write;

use super::{Entry, Machine, Piece};
use crate::ids::{Id, LocalId};

/// One line for each state, in source order.
pub(crate) fn pretty(machine: &Machine<'_>) -> String {
    let mut text = String::new();
    for id in &machine.order {
        let state = &machine.states[*id];
        let (encoded, slotted) = (state.encoded(), state.slotted());
        let (carried, restored): (Vec<LocalId>, Vec<LocalId>) =
            encoded.into_iter().partition(|local| state.carries(*local));
        let block = state
            .block()
            .map(|block| format!("in block {}, ", block.index()));
        let block = block.unwrap_or_default();
        let mut line = format!("{} {block}{}", id.index(), name(machine, state.entry));
        list(&mut line, "restores", &names(machine, &restored));
        list(&mut line, "takes", &names(machine, &slotted));
        list(&mut line, "carries", &names(machine, &carried));
        let passed: Vec<LocalId> = state.passed.iter().copied().collect();
        list(&mut line, "passes", &names(machine, &passed));
        let mut exits = Vec::new();
        collect(machine, &state.code, &mut exits);
        list(&mut line, "->", &exits);
        text.push_str(&line);
        text.push('\n');
    }
    text
}

fn name(machine: &Machine<'_>, entry: Entry) -> String {
    match entry {
        Entry::Start => "start".to_owned(),
        Entry::Resume(point) => format!("after {}", machine.plain.points[point].label),
        Entry::Head(construct) => format!("round of #{}", construct.index()),
        Entry::Join(construct) => format!("end of #{}", construct.index()),
        Entry::Block(block) => format!("block {}", block.index()),
    }
}

fn names(machine: &Machine<'_>, locals: &[LocalId]) -> Vec<String> {
    locals
        .iter()
        .map(|local| machine.plain.locals[*local].stored.clone())
        .collect()
}

fn list(line: &mut String, title: &str, items: &[String]) {
    if !items.is_empty() {
        write!(line, " {title} {}", items.join(", ")).expect("a String takes all text");
    }
}

fn collect(machine: &Machine<'_>, code: &[Piece<'_>], exits: &mut Vec<String>) {
    super::exits(code, &mut |entry| exits.push(name(machine, entry)));
}
