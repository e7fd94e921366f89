//! Random statements with iterators in locals, and with slices that patterns
//! take apart.

use super::body::Gen;
use super::scope::Hold;
use super::types::Ty;

impl Gen {
    /// `let mut it = v.into_iter(); while let Some(x) = it.next() { .. }`
    pub(super) fn walked(&mut self) -> String {
        let mark = self.scope.mark();
        let name = self.own_name("it");
        let (source, ty, hold) = self.iterator();
        let before = self.meanwhile();
        let text = match self.rng.below(4) {
            0 => self.asked_often(&name),
            1 => self.asked_in_a_loop(&name, ty, hold, true),
            _ => self.asked_in_a_loop(&name, ty, hold, false),
        };
        self.scope.release(mark);
        format!("let mut {name} = {source}; {before} {text}")
    }

    /// An iterator that is kept, and what it gives.
    fn iterator(&mut self) -> (String, Ty, Hold) {
        let places = self
            .scope
            .steady(false, |ty| matches!(ty, Ty::Ints | Ty::Texts));
        if self.rng.chance(35)
            && let Some(place) = self.any(&places)
        {
            self.scope.hold(place, false);
            self.scope.pin(place);
            let item = if place.ty == Ty::Ints {
                Ty::Int
            } else {
                Ty::Text
            };
            return (
                format!("{}.iter()", self.receiver(place)),
                item,
                Hold::Shared,
            );
        }
        let own = Hold::Own;
        match self.rng.below(4) {
            0 => (format!("1..=({} & 3)", self.operand(Ty::Int)), Ty::Int, own),
            1 => (format!("0..({} & 3)", self.operand(Ty::Int)), Ty::Int, own),
            2 => (
                format!("{}.into_iter()", self.operand(Ty::Texts)),
                Ty::Text,
                own,
            ),
            _ => (
                format!("{}.into_iter()", self.operand(Ty::Ints)),
                Ty::Int,
                own,
            ),
        }
    }

    fn asked_often(&mut self, name: &str) -> String {
        let mut text = String::new();
        for _ in 0..2 + self.rng.below(3) {
            let way = self.rng.pick(&["next()", "next_back()", "next()"]);
            text.push_str(&["see(&", name, ".", way, ");"].concat());
            text += &self.meanwhile();
        }
        if self.rng.chance(50) {
            text.push_str(&["see(&", name, ".collect::<Vec<_>>());"].concat());
        }
        text
    }

    fn asked_in_a_loop(&mut self, name: &str, ty: Ty, hold: Hold, by_for: bool) -> String {
        let before = self.scope.moves();
        let label = self.open_loop(None);
        let vars = self.scope.len();
        let (pattern, bound) = self.pattern(ty, hold, false);
        self.declare(&bound, hold);
        let meanwhile = self.meanwhile();
        let (body, _) = self.block(None, true);
        let more = if self.rng.chance(30) {
            format!("see(&{name}.next());")
        } else {
            String::new()
        };
        self.scope.close(vars);
        self.scope.add_moves(&before);
        self.close_loop(true);
        if by_for {
            return format!("{label}for {pattern} in {name} {{ {meanwhile} {body} }}");
        }
        let head = format!("{label}while let Some({pattern}) = {name}.next()");
        format!("{head} {{ {meanwhile} {more} {body} }} see(&{name}.next());")
    }

    /// `if let [a, rest @ ..] = v.as_slice() { .. }`
    pub(super) fn sliced(&mut self) -> String {
        let unique = self.rng.chance(45);
        let places = self
            .scope
            .steady(unique, |ty| matches!(ty, Ty::Ints | Ty::Texts | Ty::Triple));
        let Some(place) = self.any(&places) else {
            return self.walked();
        };
        let base = self.receiver(place);
        let whole = self.place(place);
        let slice = match (unique, self.rng.below(2)) {
            (true, 0) => format!("{base}.as_mut_slice()"),
            (true, _) => format!("&mut {whole}[..]"),
            (false, 0) => format!("{base}.as_slice()"),
            (false, _) => format!("&{whole}[..]"),
        };
        let mark = self.scope.hold(place, unique);
        self.scope.pin(place);
        let hold = if unique { Hold::Unique } else { Hold::Shared };
        let vars = self.scope.len();
        let item = if place.ty == Ty::Texts {
            Ty::Text
        } else {
            Ty::Int
        };
        let names = self.names(2);
        let first = names.first().copied().unwrap_or("a");
        let second = names.last().copied().unwrap_or("b");
        let rest = self.own_name("rest");
        self.scope.declare(first, item, hold, false);
        let with_rest = self.rng.chance(60);
        let pattern = if with_rest {
            self.rng.pick_of(&[
                format!("[{first}, {rest} @ ..]"),
                format!("[{rest} @ .., {first}]"),
                format!("[_, {rest} @ .., {first}]"),
            ])
        } else {
            self.scope.declare(second, item, hold, false);
            self.rng.pick_of(&[
                format!("[{first}, .., {second}]"),
                format!("[{first}, {second}, ..]"),
            ])
        };
        let mut inner = self.meanwhile();
        if with_rest {
            inner.push_str(&["see(&", &rest, ");"].concat());
            if unique && item == Ty::Int {
                inner.push_str(&["if let Some(q) = ", &rest, ".first_mut() { *q ^= 3; }"].concat());
            }
        }
        inner += &self.meanwhile();
        inner += &self.seen();
        self.scope.close(vars);
        self.scope.release(mark);
        if self.rng.chance(40) {
            return format!("match {slice} {{ {pattern} => {{ {inner} }} _ => {{ note(6); }} }}");
        }
        format!("if let {pattern} = {slice} {{ {inner} }}")
    }
}
