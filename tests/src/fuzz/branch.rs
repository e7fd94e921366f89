//! Random constructs with branches: blocks, `if`, `match`.

use super::body::{Gen, Target};
use super::scope::{Hold, Moves, Place};
use super::types::Ty;

/// What a `match` or `if let` may look at.
const MATCHED: [Ty; 10] = [
    Ty::MaybeInt,
    Ty::MaybeText,
    Ty::MaybeInt,
    Ty::MaybeText,
    Ty::Checked,
    Ty::Int,
    Ty::Pair,
    Ty::Rec,
    Ty::Choice,
    Ty::Triple,
];

impl Gen {
    /// A construct that gives a value.
    pub(super) fn construct(&mut self, ty: Ty) -> String {
        if !self.enter() {
            return self.literal(ty);
        }
        let text = match self.rng.below(10) {
            0 => self.block(Some(ty), false).0,
            1..4 => self.branch(Some(ty)),
            4..7 => self.matched(Some(ty)),
            7 => self.labelled(Some(ty)),
            _ => self.looped(Some(ty)),
        };
        self.leave();
        format!("({text})")
    }

    /// `{ .. }`, and whether its end is reached.
    pub(super) fn block(&mut self, tail: Option<Ty>, leaves: bool) -> (String, bool) {
        let vars = self.scope.len();
        let mut text = String::from("{\n");
        for _ in 0..self.rng.below(3) {
            text += &self.stmt();
            text.push('\n');
        }
        let mut ends = true;
        if leaves
            && self.rng.chance(12)
            && let Some(jump) = self.jump()
        {
            text += &jump;
            ends = false;
        } else if let Some(ty) = tail {
            text += &self.expr(ty);
        }
        text += "\n}";
        self.scope.close(vars);
        (text, ends)
    }

    /// `return value;`, or a jump to a loop or block around.
    pub(super) fn jump(&mut self) -> Option<String> {
        if self.targets.is_empty() || self.rng.chance(25) {
            return Some(format!("return {};", self.expr(self.result)));
        }
        let index = self.rng.below(self.targets.len());
        let innermost = self.targets.len() - 1;
        let target = self.targets.get(index)?;
        let (label, value, is_loop) = (target.label.clone(), target.value, target.is_loop);
        if label.is_none() && innermost != index {
            return None;
        }
        let label = label.map(|label| format!(" {label}")).unwrap_or_default();
        if is_loop && self.rng.chance(40) {
            return Some(format!("continue{label};"));
        }
        let value = value.map(|ty| format!(" {}", self.operand(ty)));
        let moves = self.scope.moves();
        self.targets.get_mut(index)?.moves.push(moves);
        Some(format!("break{label}{};", value.unwrap_or_default()))
    }

    /// `'l: { .. }`
    pub(super) fn labelled(&mut self, tail: Option<Ty>) -> String {
        let label = format!("'{}", self.own_name("l"));
        self.open_target(Some(label.clone()), false, tail);
        let vars = self.scope.len();
        let condition = self.expr(Ty::Bool);
        let leave = self.maybe(|own| {
            let value = tail.map(|ty| format!(" {}", own.operand(ty)));
            let moves = own.scope.moves();
            if let Some(target) = own.targets.last_mut() {
                target.moves.push(moves);
            }
            let text = format!(
                "if {condition} {{ break {label}{}; }}",
                value.unwrap_or_default()
            );
            (text, false)
        });
        let (rest, ends) = self.block(tail, tail.is_none());
        self.scope.close(vars);
        self.close_target(ends);
        format!("{label}: {{ {leave}\n {rest} }}")
    }

    pub(super) fn open_target(&mut self, label: Option<String>, is_loop: bool, value: Option<Ty>) {
        let vars = self.scope.len();
        self.targets.push(Target {
            label,
            is_loop,
            value,
            moves: Vec::new(),
            vars,
        });
    }

    /// Joins the ways that lead to the end of a target.
    pub(super) fn close_target(&mut self, ends: bool) {
        let Some(target) = self.targets.pop() else {
            return;
        };
        let mut ways: Vec<Moves> = target.moves;
        if ends || ways.is_empty() {
            ways.push(self.scope.moves());
        }
        self.join(&ways);
        self.scope.close(target.vars);
    }

    fn join(&mut self, ways: &[Moves]) {
        if let Some((first, rest)) = ways.split_first() {
            self.scope.set_moves(first);
            for moves in rest {
                self.scope.add_moves(moves);
            }
        }
    }

    /// `if .. { .. } else { .. }`
    pub(super) fn branch(&mut self, tail: Option<Ty>) -> String {
        let vars = self.scope.len();
        let mark = self.scope.mark();
        let condition = self.condition();
        let before = self.scope.moves();
        let (then, then_ends) = self.block(tail, true);
        let mut ways = Vec::new();
        if then_ends {
            ways.push(self.scope.moves());
        }
        self.scope.close(vars);
        self.scope.release(mark);
        self.scope.set_moves(&before);
        let (otherwise, ends) = match (tail, self.rng.below(3)) {
            (None, 0) => (String::new(), true),
            (_, 1) if self.enter() => {
                let text = self.branch(tail);
                self.leave();
                (format!(" else {text}"), true)
            }
            _ => {
                let (text, ends) = self.block(tail, tail.is_none());
                (format!(" else {text}"), ends)
            }
        };
        if ends || ways.is_empty() {
            ways.push(self.scope.moves());
        }
        self.join(&ways);
        format!("if {condition} {then}{otherwise}")
    }

    /// The condition of an `if`; what it binds is in scope afterwards.
    pub(super) fn condition(&mut self) -> String {
        let count = 1 + self.rng.below(10) / 7;
        let mut parts = Vec::new();
        for _ in 0..count {
            let before = self.scope.moves();
            parts.push(if self.rng.chance(50) {
                self.let_condition()
            } else {
                self.operand(Ty::Bool)
            });
            self.scope.add_moves(&before);
        }
        parts.join(" && ")
    }

    fn let_condition(&mut self) -> String {
        let (text, ty, hold) = self.scrutinee();
        let (pattern, bound) = self.pattern(ty, hold, true);
        self.declare(&bound, hold);
        format!("let {pattern} = {text}")
    }

    /// What is matched: a value, or a borrow that is held until a mark is
    /// released.
    fn scrutinee(&mut self) -> (String, Ty, Hold) {
        let unique = self.rng.chance(35);
        let places = self.scope.steady(unique, |ty| MATCHED.contains(&ty));
        if self.rng.chance(40)
            && let Some(place) = self.any(&places)
        {
            return self.matched_place(place, unique);
        }
        let ty = self.rng.pick_of(&MATCHED);
        (self.operand(ty), ty, Hold::Own)
    }

    fn matched_place(&mut self, place: Place, unique: bool) -> (String, Ty, Hold) {
        self.scope.hold(place, unique);
        self.scope.pin(place);
        let value = self.place(place);
        if unique {
            (format!("&mut {value}"), place.ty, Hold::Unique)
        } else {
            (format!("&{value}"), place.ty, Hold::Shared)
        }
    }

    /// `match .. { .. }`
    pub(super) fn matched(&mut self, tail: Option<Ty>) -> String {
        let mark = self.scope.mark();
        let (text, ty, hold) = self.scrutinee();
        let mut patterns = Vec::new();
        for _ in 0..=self.rng.below(3) {
            patterns.push(self.pattern(ty, hold, true));
        }
        patterns.push(match ty {
            Ty::Pair | Ty::Rec | Ty::Triple => self.pattern(ty, hold, false),
            _ if self.rng.chance(40) => self.pattern(Ty::Index, hold, false),
            _ => ("_".to_owned(), super::pattern::Bound::default()),
        });
        let last = patterns.len() - 1;
        let numbered: Vec<_> = patterns.into_iter().enumerate().collect();
        let arms = self.ways(&numbered, |own, (index, (pattern, bound))| {
            let vars = own.scope.len();
            for (name, bound_ty, mutable) in &bound.vars {
                // The last arm binds the whole.
                let bound_ty = if *bound_ty == Ty::Index {
                    ty
                } else {
                    *bound_ty
                };
                own.scope.declare(name, bound_ty, hold, *mutable);
            }
            let guard = if *index < last && own.rng.chance(25) {
                own.guard()
            } else {
                String::new()
            };
            let (body, ends) = if own.rng.chance(40) && tail.is_some() {
                (tail.map(|ty| own.expr(ty)).unwrap_or_default() + ",", true)
            } else {
                own.block(tail, tail.is_none() || *index < last)
            };
            own.scope.close(vars);
            (format!("{pattern}{guard} => {body}\n"), ends)
        });
        self.scope.release(mark);
        format!("match {text} {{\n{}}}", arms.concat())
    }

    /// ` if ..` that moves and assigns nothing.
    fn guard_that_awaits(&mut self) -> String {
        let mark = self.scope.mark();
        for place in self.scope.readable(|_| true) {
            self.scope.hold(place, false);
        }
        self.scope.depth += 1;
        let targets = std::mem::take(&mut self.targets);
        let text = self.maybe(|own| (own.operand(Ty::Bool), true));
        self.targets = targets;
        self.scope.depth -= 1;
        self.scope.release(mark);
        format!(" if {text}")
    }

    /// ` if ..`: reads, and may log.
    fn guard(&mut self) -> String {
        let places = self.scope.readable(|ty| ty == Ty::Int);
        let bound = self.rng.below(9);
        if self.rng.chance(35) {
            return self.guard_that_awaits();
        }
        match self.any(&places) {
            Some(place) if self.rng.chance(60) => format!(" if {} < {bound}", self.place(place)),
            Some(place) => format!(" if note({}) != {bound}", self.place(place)),
            None => format!(" if note({bound}) > 4"),
        }
    }
}
