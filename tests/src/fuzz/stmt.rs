//! Random statements.

use super::body::Gen;
use super::scope::Hold;
use super::types::Ty;

impl Gen {
    pub(super) fn stmt(&mut self) -> String {
        if !self.enter() {
            return if self.rng.chance(25) {
                self.seen()
            } else {
                String::new()
            };
        }
        let text = match self.rng.below(54) {
            0..9 => self.let_value(),
            9..12 => self.destructured(),
            12..14 => self.let_else(),
            14..18 => self.let_borrow(),
            18..23 => self.assignment(),
            23 => self.assigned_pattern(),
            24..27 => format!("{};", self.branch(None)),
            27 | 28 => format!("{};", self.matched(None)),
            29..32 => self.looped(None),
            32 => format!("{};", self.labelled(None)),
            33 => self.deferred(),
            34 => self.conditional_move(),
            35 => self.left_early(),
            36 => self.closure(),
            37 => self.grown(),
            38 => format!("see(&({}));", self.operand(self.result)),
            39 => self.seen(),
            _ => self.idiom(),
        };
        self.leave();
        text
    }

    /// Logs what a variable is.
    pub(super) fn seen(&mut self) -> String {
        let places = self.scope.readable(|_| true);
        match self.any(&places) {
            Some(place) => format!("see(&({}));", self.place(place)),
            None => "note(0);".to_owned(),
        }
    }

    pub(super) fn let_value(&mut self) -> String {
        let ty = self.rng.pick_of(&Ty::COMMON);
        let value = self.expr(ty);
        let (name, mutable) = (self.name(), self.rng.chance(60));
        self.scope.declare(name, ty, Hold::Own, mutable);
        let keyword = if mutable { "mut " } else { "" };
        let typed = if self.rng.chance(40) {
            format!(": {}", ty.rust())
        } else {
            String::new()
        };
        format!("let {keyword}{name}{typed} = {value};")
    }

    fn destructured(&mut self) -> String {
        let ty = self.rng.pick_of(&[Ty::Pair, Ty::Rec, Ty::Triple]);
        let places = self.scope.steady(false, |own| own == ty);
        if self.rng.chance(35)
            && let Some(place) = self.any(&places)
        {
            let (pattern, bound) = self.pattern(ty, Hold::Shared, false);
            let vars = self.scope.len();
            self.declare(&bound, Hold::Shared);
            for owner in vars..self.scope.len() {
                self.scope.borrowed(place, false, owner);
            }
            return format!("let {pattern} = &{};", self.place(place));
        }
        let value = self.expr(ty);
        let (pattern, bound) = self.pattern(ty, Hold::Own, false);
        self.declare(&bound, Hold::Own);
        format!("let {pattern} = {value};")
    }

    fn let_else(&mut self) -> String {
        let ty = self.rng.pick_of(&[
            Ty::MaybeInt,
            Ty::MaybeText,
            Ty::Checked,
            Ty::Choice,
            Ty::Pair,
        ]);
        let value = self.operand(ty);
        let mut jump = None;
        let otherwise = self.maybe(|own| {
            jump = own.jump();
            (jump.take().unwrap_or_default(), false)
        });
        let otherwise = if otherwise.is_empty() {
            "panic!(\"nothing\")".to_owned()
        } else {
            otherwise
        };
        let (pattern, bound) = self.pattern(ty, Hold::Own, true);
        self.declare(&bound, Hold::Own);
        format!("let {pattern} = {value} else {{ {otherwise} }};")
    }

    /// `let r = &place;`
    fn let_borrow(&mut self) -> String {
        let unique = self.rng.chance(40);
        let places = self.scope.steady(unique, |ty| ty != Ty::Index);
        let Some(place) = self.any(&places) else {
            return self.let_value();
        };
        let value = self.place(place);
        let name = self.name_for(place, unique);
        let hold = if unique { Hold::Unique } else { Hold::Shared };
        let owner = self.scope.declare(&name, place.ty, hold, false);
        self.scope.borrowed(place, unique, owner);
        if unique {
            format!("let {name} = &mut {value};")
        } else if self.rng.chance(15) {
            format!("let ref {name} = {value};")
        } else {
            format!("let {name} = &{value};")
        }
    }

    /// `x = value;` and `x += value;`
    pub(super) fn assignment(&mut self) -> String {
        let places = self.scope.assignable(|ty| ty != Ty::Index);
        let Some(place) = self.any(&places) else {
            return self.seen();
        };
        let there = self.scope.writable(|_| true).contains(&place);
        if there && place.ty == Ty::Int && self.rng.chance(50) {
            let op = self.rng.pick(&["+=", "-=", "*=", "^="]);
            let value = self.expr(Ty::Int);
            if !self.scope.writable(|_| true).contains(&place) {
                return format!("see(&({value}));");
            }
            return format!("{} {op} {value};", self.target(place));
        }
        if there && place.ty == Ty::Text && self.rng.chance(40) {
            let mark = self.scope.hold(place, false);
            let value = self
                .rng
                .chance(50)
                .then(|| format!("name({})", self.rng.below(10)));
            let value = value.unwrap_or_else(|| self.operand_without_waits(Ty::Text));
            self.scope.release(mark);
            return format!("{} += &{value};", self.target(place));
        }
        if there && place.ty == Ty::Triple && self.rng.chance(50) {
            let mark = self.scope.hold(place, false);
            let value = self.expr(Ty::Int);
            self.scope.release(mark);
            let index = self.rng.below(3);
            return format!("{}[{index}] = {value};", self.receiver(place));
        }
        let value = self.expr(place.ty);
        if !self.scope.assignable(|_| true).contains(&place) {
            return format!("see(&({value}));");
        }
        self.scope.assigned(place);
        format!("{} = {value};", self.target(place))
    }

    /// The order of `text += &value` depends on types if `value` awaits.
    fn operand_without_waits(&mut self, ty: Ty) -> String {
        let waits = std::mem::take(&mut self.waits);
        let text = self.operand(ty);
        self.waits = waits;
        text
    }

    fn target(&self, place: super::scope::Place) -> String {
        let text = self.place(place);
        match text
            .strip_prefix('(')
            .and_then(|text| text.strip_suffix(')'))
        {
            Some(inner) => inner.to_owned(),
            None => text,
        }
    }

    /// `(a, b) = (.., ..);`
    fn assigned_pattern(&mut self) -> String {
        let mut lefts = Vec::new();
        let mut values = Vec::new();
        let mut places = Vec::new();
        for _ in 0..2 {
            let mut candidates = self.scope.assignable(|ty| ty != Ty::Index);
            candidates.retain(|place| {
                places
                    .iter()
                    .all(|other: &super::scope::Place| other.var != place.var)
            });
            match self.any(&candidates) {
                Some(place) => {
                    places.push(place);
                    lefts.push(self.target(place));
                }
                None => lefts.push("_".to_owned()),
            }
        }
        for index in 0..2 {
            let ty = places.get(index).map_or(Ty::Int, |place| place.ty);
            values.push(self.expr(ty));
        }
        for place in &places {
            if !self.scope.assignable(|_| true).contains(place) {
                return "note(1);".to_owned();
            }
            self.scope.assigned(*place);
        }
        format!("({}) = ({});", lefts.join(", "), values.join(", "))
    }

    /// `let x; if .. { x = .. } else { x = .. }`
    fn deferred(&mut self) -> String {
        let ty = self.rng.pick_of(&Ty::COMMON);
        let name = self.own_name("late");
        let condition = self.expr(Ty::Bool);
        let mut values = Vec::new();
        for _ in 0..2 {
            let way = self.maybe(|own| (own.expr(ty), true));
            values.push(way);
        }
        let text = format!(
            "let {name}: {}; if {condition} {{ {name} = {}; }} else {{ {name} = {}; }}",
            ty.rust(),
            values.first().map_or("", String::as_str),
            values.last().map_or("", String::as_str),
        );
        self.scope.declare(&name, ty, Hold::Own, false);
        text
    }

    /// `if .. { eat(x); }`, and sometimes a new value afterwards.
    fn conditional_move(&mut self) -> String {
        let mut places = self.scope.readable(|ty| !ty.is_copy());
        places.retain(|place| self.scope.can_move(*place));
        let Some(place) = self.any(&places) else {
            return self.seen();
        };
        let condition = self.expr(Ty::Bool);
        if !self.scope.can_move(place) {
            return format!("see(&({condition}));");
        }
        let value = self.place(place);
        self.scope.moved(place);
        let mut text = format!("if {condition} {{ eat({value}); }}");
        if self.scope.assignable(|_| true).contains(&place) && self.rng.chance(70) {
            let next = self.expr(place.ty);
            text.push_str(&[" ", &value, " = ", &next, ";"].concat());
            self.scope.assigned(place);
        }
        text
    }

    /// `if .. { break; }`
    fn left_early(&mut self) -> String {
        let condition = self.expr(Ty::Bool);
        let jump = self.maybe(|own| (own.jump().unwrap_or_default(), false));
        format!("if {condition} {{ {jump} }}")
    }

    /// A closure that is used before the next await, and gone.
    fn closure(&mut self) -> String {
        let ints = self.scope.writable(|ty| ty == Ty::Int);
        let name = self.own_name("call");
        let Some(place) = self.any(&ints) else {
            return format!("let {name} = |y: i64| y ^ 5; see(&{name}(2));");
        };
        let value = self.place(place);
        let argument = if value.contains('y') { "z" } else { "y" };
        let mark = self.scope.hold(place, true);
        let given = self.operand_without_waits(Ty::Int);
        self.scope.release(mark);
        let body = self.target(place);
        format!(
            "{{ let mut {name} = |{argument}: i64| {{ {body} += {argument}; {value} }}; see(&{name}({given})); {name}(1); }}"
        )
    }

    /// `let mut all = Vec::new(); for .. { all.push(..) }`
    fn grown(&mut self) -> String {
        let name = self.own_name("all");
        let mark = self.scope.mark();
        self.scope.depth += 1;
        let value = self.maybe(|own| (own.expr(Ty::Int), true));
        self.scope.depth -= 1;
        self.scope.release(mark);
        self.scope.declare(&name, Ty::Ints, Hold::Own, true);
        format!("let mut {name} = Vec::new(); for _ in 0..2 {{ {name}.push({value}); }}")
    }
}
