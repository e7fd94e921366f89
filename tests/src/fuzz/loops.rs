//! Random loops, all of which end.

use super::body::Gen;
use super::scope::{Hold, Place};
use super::types::Ty;

impl Gen {
    /// A loop that gives a value, or none.
    pub(super) fn looped(&mut self, tail: Option<Ty>) -> String {
        if tail.is_none() && self.rng.chance(65) {
            return self.for_loop();
        }
        let fuel = self.own_name("fuel");
        let start = 1 + self.rng.below(4);
        let text = match tail {
            None if self.rng.chance(60) => self.while_loop(&fuel),
            _ => self.bare_loop(tail, &fuel),
        };
        format!("{{ let mut {fuel} = {start};\n{text} }}")
    }

    fn label(&mut self) -> Option<String> {
        let labelled = self.rng.chance(40);
        labelled.then(|| format!("'{}", self.own_name("l")))
    }

    pub(super) fn open_loop(&mut self, value: Option<Ty>) -> String {
        let label = self.label();
        let text = label.as_ref().map(|label| format!("{label}: "));
        self.open_target(label, true, value);
        self.scope.depth += 1;
        text.unwrap_or_default()
    }

    pub(super) fn close_loop(&mut self, ends: bool) {
        self.scope.depth -= 1;
        self.close_target(ends);
    }

    fn bare_loop(&mut self, tail: Option<Ty>, fuel: &str) -> String {
        let label = self.open_loop(tail);
        let value = self.maybe(|own| {
            // A jump in the value could go on with the loop for ever.
            let targets = std::mem::take(&mut own.targets);
            let value = tail.map(|ty| format!(" {}", own.operand(ty)));
            own.targets = targets;
            let moves = own.scope.moves();
            if let Some(target) = own.targets.last_mut() {
                target.moves.push(moves);
            }
            (value.unwrap_or_default(), false)
        });
        let (body, _) = self.block(None, true);
        self.close_loop(false);
        format!("{label}loop {{ if {fuel} == 0 {{ break{value}; }} {fuel} -= 1;\n{body} }}")
    }

    fn while_loop(&mut self, fuel: &str) -> String {
        let before = self.scope.moves();
        let label = self.open_loop(None);
        let vars = self.scope.len();
        let mark = self.scope.mark();
        // No jump may leave a condition.
        let targets = std::mem::take(&mut self.targets);
        let condition = self.condition();
        self.targets = targets;
        let (body, _) = self.block(None, true);
        self.scope.close(vars);
        self.scope.release(mark);
        self.scope.add_moves(&before);
        self.close_loop(true);
        format!("{label}while {fuel} > 0 && {condition} {{ {fuel} -= 1;\n{body} }}")
    }

    fn for_loop(&mut self) -> String {
        let mark = self.scope.mark();
        let before = self.scope.moves();
        let (source, items, _) = self.source();
        let after_source = self.scope.moves();
        let label = self.open_loop(None);
        let vars = self.scope.len();
        let pattern = self.item(&items);
        let (body, _) = self.block(None, true);
        self.scope.close(vars);
        self.scope.add_moves(&before);
        self.scope.add_moves(&after_source);
        self.close_loop(true);
        self.scope.release(mark);
        format!("{label}for {pattern} in {source} {body}")
    }

    /// The pattern of a loop over `items`.
    fn item(&mut self, items: &[(Ty, Hold)]) -> String {
        if let [(ty, own)] = items {
            let (pattern, bound) = self.pattern(*ty, *own, false);
            self.declare(&bound, *own);
            return pattern;
        }
        let names = self.names(items.len());
        for (name, (ty, own)) in names.iter().zip(items) {
            let hold = if *ty == Ty::Index { Hold::Own } else { *own };
            self.scope.declare(name, *ty, hold, false);
        }
        format!("({})", names.join(", "))
    }

    /// What a loop goes over: its text, what it gives, and how.
    fn source(&mut self) -> (String, Vec<(Ty, Hold)>, Hold) {
        let unique = self.rng.chance(35);
        let wanted = |ty| matches!(ty, Ty::Ints | Ty::Texts | Ty::Map | Ty::Triple);
        let places = self.scope.steady(unique, wanted);
        if self.rng.chance(50)
            && let Some(place) = self.any(&places)
        {
            return self.borrowed_source(place, unique);
        }
        let own = Hold::Own;
        match self.rng.below(9) {
            0 => ("0..3i64".to_owned(), vec![(Ty::Int, own)], own),
            1 => ("1i64..=3".to_owned(), vec![(Ty::Int, own)], own),
            2 => ("(0..3i64).rev()".to_owned(), vec![(Ty::Int, own)], own),
            3 => ("(0..7i64).step_by(3)".to_owned(), vec![(Ty::Int, own)], own),
            4 => (
                format!("0..({} & 3)", self.operand(Ty::Int)),
                vec![(Ty::Int, own)],
                own,
            ),
            5 => {
                let text = format!("{}.into_iter().enumerate()", self.operand(Ty::Texts));
                (text, vec![(Ty::Index, own), (Ty::Text, own)], own)
            }
            6 => (
                self.operand(Ty::Map),
                vec![(Ty::Int, own), (Ty::Text, own)],
                own,
            ),
            7 => (self.operand(Ty::Texts), vec![(Ty::Text, own)], own),
            _ => (self.operand(Ty::Ints), vec![(Ty::Int, own)], own),
        }
    }

    fn borrowed_source(&mut self, place: Place, unique: bool) -> (String, Vec<(Ty, Hold)>, Hold) {
        self.scope.hold(place, unique);
        self.scope.pin(place);
        let hold = if unique { Hold::Unique } else { Hold::Shared };
        let (value, base) = (self.place(place), self.receiver(place));
        let reference = if unique { "&mut " } else { "&" };
        let iter = if unique { "iter_mut" } else { "iter" };
        if place.ty == Ty::Map {
            let text = format!("{reference}{value}");
            return (text, vec![(Ty::Int, Hold::Shared), (Ty::Text, hold)], hold);
        }
        let item = if place.ty == Ty::Texts {
            Ty::Text
        } else {
            Ty::Int
        };
        match self.rng.below(3) {
            0 => {
                let items = vec![(Ty::Index, Hold::Own), (item, hold)];
                (format!("{base}.{iter}().enumerate()"), items, hold)
            }
            1 => (format!("{base}.{iter}()"), vec![(item, hold)], hold),
            _ => (format!("{reference}{value}"), vec![(item, hold)], hold),
        }
    }
}
