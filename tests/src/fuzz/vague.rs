//! Random code whose types are said by another branch, and values without a name
//! that are changed in place.

use super::body::Gen;
use super::types::Ty;

/// A first value that leaves its type open, what says it, and what must know it.
const VAGUE: [(&str, Ty, &str, &str); 5] = [
    (
        "None",
        Ty::Text,
        "NAME = Some(VALUE);",
        "if let Some(q) = &NAME { note(q.len() as i64); }",
    ),
    (
        "Vec::new()",
        Ty::Ints,
        "NAME.push(VALUE);",
        "NAME.sort_by(|a, b| a.len().cmp(&b.len())); note(NAME.iter().map(|q| q.len() as i64).sum());",
    ),
    (
        "0",
        Ty::Int,
        "NAME = VALUE;",
        "NAME = NAME.wrapping_mul(3);",
    ),
    (
        "Default::default()",
        Ty::Rec,
        "NAME = VALUE;",
        "NAME.x ^= 3; see(&NAME.s.len());",
    ),
    (
        "(None, vec![])",
        Ty::Int,
        "NAME.0 = Some(VALUE); NAME.1.push(NAME.0);",
        "note(NAME.0.map_or(1, |q| q.count_ones() as i64)); NAME.1.retain(|q| q.is_some_and(|q| q.is_positive()));",
    ),
];

impl Gen {
    /// `let mut told = None; loop { if c { .. told = Some(..); .. } else { told.len() .. } }`
    pub(super) fn said_elsewhere(&mut self) -> String {
        let (new, ty, says, needs) = self.rng.pick_of(&VAGUE);
        let [name, fuel] = [self.own_name("told"), self.own_name("fuel")];
        let before = self.scope.moves();
        let label = self.open_loop(None);
        let condition = self.expr(Ty::Bool);
        let then = self.maybe(|own| {
            let meanwhile = own.meanwhile();
            let value = own.expr(ty);
            let says = says.replace("NAME", &name).replace("VALUE", &value);
            let (rest, ends) = own.block(None, true);
            (format!("{meanwhile} {says} {rest}"), ends)
        });
        let otherwise = self.maybe(|own| {
            let needs = needs.replace("NAME", &name);
            let (rest, ends) = own.block(None, true);
            (format!("{needs} {rest}"), ends)
        });
        self.scope.add_moves(&before);
        self.close_loop(true);
        let chosen = if self.rng.chance(50) {
            format!("if {condition} {{ {then} }} else {{ {otherwise} }}")
        } else {
            format!("match {condition} {{ true => {{ {then} }} _ => {{ {otherwise} }} }}")
        };
        format!(
            "let mut {name} = {new}; let mut {fuel} = 3;\n{label}while {fuel} > 0 {{ {fuel} -= 1; {chosen} }}\nsee(&{name});"
        )
    }

    /// `(if c { v } else { w }).pop()`
    pub(super) fn changed_in_place(&mut self) -> String {
        match self.rng.below(6) {
            0 => format!("std::mem::take(&mut {})", self.wait()),
            1 => format!("bump(&mut {}, 3)", self.unnamed(Ty::Int)),
            2 => format!("{}.pop().unwrap_or(2)", self.unnamed(Ty::Ints)),
            3 => format!("eat(std::mem::take(&mut {}.s))", self.unnamed(Ty::Rec)),
            4 => {
                let record = self.unnamed(Ty::Rec);
                format!("{record}.set({})", self.expr(Ty::Int))
            }
            _ => format!("{}.take().unwrap_or(4)", self.unnamed(Ty::MaybeInt)),
        }
    }

    fn unnamed(&mut self, ty: Ty) -> String {
        let value = self.construct(ty);
        if value.starts_with('(') {
            value
        } else {
            format!("({value})")
        }
    }
}
