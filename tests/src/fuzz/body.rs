//! A random body: its arguments, its result, its text.
//!
//! In: a seed and a number. Out: a [`Body`], the same for the same seed. The
//! grammar is in the files below; `scope` sees to it that what they say is
//! valid Rust.

use super::rng::Rng;
use super::scope::{Hold, Moves, Place, Scope};
use super::types::Ty;

/// A body, to be compiled as a plain `async fn` and as a flow.
#[derive(Debug, Clone)]
pub struct Body {
    /// Its number in the run.
    pub index: u64,
    /// `n: i64, text: String`
    pub arguments: String,
    /// What it is called with.
    pub values: String,
    /// The type of its result.
    pub result: String,
    /// The statements.
    pub text: String,
}

/// The body with number `index` in the run of `seed`.
#[must_use]
pub fn generate(seed: u64, index: u64) -> Body {
    let mut generator = Gen {
        rng: Rng::new(seed, index),
        scope: Scope::default(),
        targets: Vec::new(),
        result: Ty::Int,
        room: 0,
        nesting: 0,
        waits: 0,
        names: 0,
        few_names: false,
    };
    generator.body(index)
}

/// A loop or block that can be left.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) label: Option<String>,
    pub(super) is_loop: bool,
    /// What a `break` gives: nothing, or a value.
    pub(super) value: Option<Ty>,
    /// What is moved where it is left.
    pub(super) moves: Vec<Moves>,
    /// The variables before it.
    pub(super) vars: usize,
}

/// The generator: what is known at the point that it writes.
#[derive(Debug)]
pub(super) struct Gen {
    pub(super) rng: Rng,
    pub(super) scope: Scope,
    pub(super) targets: Vec<Target>,
    pub(super) result: Ty,
    /// How many more nodes the body may have.
    pub(super) room: usize,
    /// How deep the expression or statement is.
    pub(super) nesting: usize,
    /// How many more awaits the body may have.
    pub(super) waits: usize,
    /// How many names of its own the generator has used.
    names: usize,
    /// Variables have few names for now, so that most hide others.
    pub(super) few_names: bool,
}

const NAMES: [&str; 12] = [
    "a", "b", "c", "d", "x", "y", "n", "s", "v", "state", "input", "next",
];

impl Gen {
    fn body(&mut self, index: u64) -> Body {
        self.room = 50 + self.rng.below(110);
        self.waits = 4 + self.rng.below(16);
        self.result = self.rng.pick_of(&Ty::COMMON);
        let (mut arguments, mut values) = (Vec::new(), Vec::new());
        for _ in 0..=self.rng.below(3) {
            let ty = self.rng.pick_of(&Ty::COMMON);
            let name = self.rng.pick(&NAMES);
            if arguments
                .iter()
                .any(|other: &String| other.contains(&format!("{name}:")))
            {
                continue;
            }
            values.push(self.literal(ty));
            let mutable = self.rng.chance(30);
            let keyword = if mutable { "mut " } else { "" };
            arguments.push(format!("{keyword}{name}: {}", ty.rust()));
            self.scope.declare(name, ty, Hold::Own, mutable);
        }
        let mut text = String::new();
        let count = 3 + self.rng.below(6);
        for _ in 0..count {
            text += &self.stmt();
            text.push('\n');
        }
        for place in self.scope.readable(|_| true) {
            if self.rng.chance(35) {
                text.push_str(&["see(&", &self.place(place), ");\n"].concat());
            }
        }
        text += &self.expr(self.result);
        Body {
            index,
            arguments: arguments.join(", "),
            values: values.join(", "),
            result: self.result.rust().to_owned(),
            text,
        }
    }

    /// A name from a small set, so that variables are often shadowed.
    pub(super) fn name(&mut self) -> &'static str {
        let known = if self.few_names { 3 } else { NAMES.len() };
        self.rng.pick(NAMES.get(..known).unwrap_or(&NAMES))
    }

    /// The name of a borrow, which sometimes hides what it borrows.
    pub(super) fn name_for(&mut self, place: Place, unique: bool) -> String {
        let hides = self.rng.chance(if unique { 35 } else { 10 });
        let own = self.name();
        if hides {
            self.scope.var(place.var).name.clone()
        } else {
            own.to_owned()
        }
    }

    /// Different names for one pattern.
    pub(super) fn names(&mut self, count: usize) -> Vec<&'static str> {
        let mut names = Vec::new();
        let few = self.few_names;
        while names.len() < count {
            let name = self.name();
            if !names.contains(&name) {
                names.push(name);
            }
            self.few_names = few && names.len() < 3;
        }
        self.few_names = few;
        names
    }

    /// A name that no other variable has.
    pub(super) fn own_name(&mut self, stem: &str) -> String {
        self.names += 1;
        format!("{stem}{}", self.names)
    }

    /// Whether there is room for a node that has others in it.
    pub(super) fn enter(&mut self) -> bool {
        let room = self.room > 0 && self.nesting < 6;
        if room {
            self.room -= 1;
            self.nesting += 1;
        }
        room
    }

    pub(super) fn leave(&mut self) {
        self.nesting -= 1;
    }

    /// The value of a place, as an expression.
    pub(super) fn place(&self, place: Place) -> String {
        let var = self.scope.var(place.var);
        match (var.hold, place.field) {
            (Hold::Own, field) => format!("{}{field}", var.name),
            (_, "") => format!("(*{})", var.name),
            (_, field) => format!("{}{field}", var.name),
        }
    }

    /// A place as a receiver.
    pub(super) fn receiver(&self, place: Place) -> String {
        format!("{}{}", self.scope.var(place.var).name, place.field)
    }

    /// Some place of those.
    pub(super) fn any(&mut self, places: &[Place]) -> Option<Place> {
        (!places.is_empty()).then(|| self.rng.pick_of(places))
    }

    /// Runs `ways`, one of which is taken, and joins what they move. A way
    /// tells whether it comes to its end.
    pub(super) fn ways<T>(
        &mut self,
        ways: &[T],
        mut run: impl FnMut(&mut Self, &T) -> (String, bool),
    ) -> Vec<String> {
        let before = self.scope.moves();
        let mut after = Vec::new();
        let mut texts = Vec::new();
        for way in ways {
            self.scope.set_moves(&before);
            let (text, ends) = run(self, way);
            if ends {
                after.push(self.scope.moves());
            }
            texts.push(text);
        }
        if let Some((first, rest)) = after.split_first() {
            self.scope.set_moves(first);
            for moves in rest {
                self.scope.add_moves(moves);
            }
        } else {
            self.scope.set_moves(&before);
        }
        texts
    }

    /// Runs what may be skipped.
    pub(super) fn maybe(&mut self, run: impl FnOnce(&mut Self) -> (String, bool)) -> String {
        let before = self.scope.moves();
        let (text, ends) = run(self);
        if ends {
            self.scope.add_moves(&before);
        } else {
            self.scope.set_moves(&before);
        }
        text
    }
}
