//! Random code that takes something apart in two steps, by patterns.

use super::body::Gen;
use super::types::Ty;

/// What can be taken out of a `D`, by its way: a variable for each.
const LEAVES: [&str; 5] = ["p.s", "p.v", "t.0", "t.1", "s"];

impl Gen {
    /// `if let D { p: P { s: s0, .. }, .. } = d { .. let D { t: (_, s3), .. } = d; .. }`
    pub(super) fn taken_again(&mut self) -> String {
        let name = self.own_name("whole");
        let value = self.expr(Ty::Deep);
        let (value, place) = match self.rng.below(4) {
            0 => (format!("Box::new({value})"), format!("*{name}")),
            1 => (format!("({value}, note(3))"), format!("{name}.0")),
            2 => return self.array_taken_again(&name),
            _ => (value, name.clone()),
        };
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for leaf in LEAVES {
            match self.rng.below(5) {
                0 | 1 => first.push(leaf),
                2 | 3 => second.push(leaf),
                _ => {}
            }
        }
        let then = self.step(&place, &second, "");
        let then = format!("{} {then}", self.meanwhile());
        let text = self.step(&place, &first, &then);
        format!("{{ let {name} = {value}; {} {text} }}", self.meanwhile())
    }

    /// Takes `leaves` out of `place`, looks at them, and goes on.
    fn step(&mut self, place: &str, leaves: &[&str], then: &str) -> String {
        let (pat, seen) = (pattern(leaves), names(leaves));
        let inner = format!(
            "see(&({seen})); {} {then} see(&({seen}));",
            self.meanwhile()
        );
        // rustc looks at all of a box again, if a guard may say no.
        let ways = if place.starts_with('*') { 4 } else { 5 };
        match self.rng.below(ways) {
            0 => format!("if let {pat} = {place} {{ {inner} }}"),
            1 => format!("match {place} {{ {pat} => {{ {inner} }} }}"),
            2 => format!("let {pat} = {place} else {{ unreachable!() }}; {inner}"),
            3 => format!("let {pat} = {place}; {inner}"),
            _ => format!("match {place} {{ {pat} if note(2) > 1 => {{ {inner} }} _ => {{}} }}"),
        }
    }

    fn array_taken_again(&mut self, name: &str) -> String {
        let value = [Ty::Text; 3].map(|ty| self.expr(ty)).join(", ");
        let [one, two] = ["one", "two"].map(|name| self.own_name(name));
        let (first, second) = match self.rng.below(3) {
            0 => (format!("[{one}, ..]"), format!("[_, {two}, ..]")),
            1 => (format!("[.., {one}]"), format!("[{two}, _, _]")),
            _ => (format!("[_, {one}, _]"), format!("[{two}, .., ref last]")),
        };
        let [before, between, behind] = [self.meanwhile(), self.meanwhile(), self.meanwhile()];
        let seen = format!("see(&(&{one}, &{two}));");
        [
            format!("{{ let {name} = [{value}]; {before} let {first} = {name}; see(&{one}); "),
            format!("{between} let {second} = {name}; {seen} {behind} {seen} }}"),
        ]
        .concat()
    }
}

/// The pattern that binds `leaves`.
fn pattern(leaves: &[&str]) -> String {
    let bound = |leaf: &str, alone: &str| {
        let at = LEAVES.iter().position(|known| *known == leaf);
        let is_bound = at.filter(|_| leaves.contains(&leaf));
        is_bound.map_or(alone.to_owned(), |at| format!("b{at}"))
    };
    let (s, v) = (bound("p.s", "_"), bound("p.v", "_"));
    let (zero, one) = (bound("t.0", "_"), bound("t.1", "_"));
    format!(
        "D {{ p: P {{ s: {s}, v: {v}, .. }}, t: ({zero}, {one}), s: {} }}",
        bound("s", "_")
    )
}

/// Borrows of what is bound.
fn names(leaves: &[&str]) -> String {
    let bound = LEAVES.iter().enumerate();
    let bound = bound.filter(|(_, leaf)| leaves.contains(leaf));
    let bound: Vec<String> = bound.map(|(at, _)| format!("&b{at},")).collect();
    bound.join(" ")
}
