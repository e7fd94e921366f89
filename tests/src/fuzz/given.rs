//! Random statements that move a field away and give it back, with an await
//! in between, and with borrows of other fields beside it.

use super::body::Gen;
use super::scope::{Hold, Place};
use super::types::Ty;

impl Gen {
    /// `let t = o.s; .. o.s = t;` and its kin.
    pub(super) fn moved_and_given_back(&mut self) -> String {
        let places = self.scope.returnable();
        let Some(place) = self.any(&places) else {
            let (name, value) = (self.name(), self.expr(Ty::Deep));
            self.scope.declare(name, Ty::Deep, Hold::Own, true);
            return format!("let mut {name} = {value};");
        };
        // A jump would leave the field without a value for the next round.
        let targets = std::mem::take(&mut self.targets);
        let before = self.read_until_now(place);
        let text = if self.scope.returnable().contains(&place) {
            self.beside_a_borrow(place)
        } else {
            String::new()
        };
        self.targets = targets;
        before + &text
    }

    /// A borrow of all of it, or of some other part, that ends before.
    fn read_until_now(&mut self, place: Place) -> String {
        let mut places = self.scope.steady(false, |_| true);
        places.retain(|other| other.var == place.var);
        match self.any(&places) {
            Some(other) if self.rng.chance(35) => {
                let name = self.own_name("r");
                let value = self.place(other);
                let mark = self.scope.hold(other, false);
                self.scope.pin(other);
                let meanwhile = self.meanwhile();
                self.scope.release(mark);
                format!("let {name} = &{value}; {meanwhile} see({name});\n")
            }
            _ => String::new(),
        }
    }

    /// A borrow of another part that goes on behind.
    fn beside_a_borrow(&mut self, place: Place) -> String {
        let mut others = self.scope.steady(false, |_| true);
        let hold = self.scope.hold(place, true);
        let free = self.scope.readable(|_| true);
        self.scope.release(hold);
        others.retain(|other| other.var == place.var && free.contains(other));
        match self.any(&others) {
            Some(other) if self.rng.chance(40) => {
                let name = self.own_name("r");
                let value = self.place(other);
                let mark = self.scope.hold(other, false);
                self.scope.pin(other);
                let text = self.given(place);
                let more = self.meanwhile();
                self.scope.release(mark);
                format!("let {name} = &{value}; {text} {more} see({name});")
            }
            _ => self.given(place),
        }
    }

    fn given(&mut self, place: Place) -> String {
        let field = self.place(place);
        match self.rng.below(7) {
            0 | 1 => self.kept_aside(place),
            2 => {
                self.scope.moved(place);
                let number = self.expr(Ty::Int);
                let text = format!("{field} = pass({field}, {number});");
                self.or_seen(place, text, &format!("see(&({number}));"))
            }
            3 => {
                self.scope.moved(place);
                let number = self.expr(Ty::Int);
                let text = format!("({field}, _) = (id({field}), {number});");
                self.or_seen(place, text, &format!("see(&({number}));"))
            }
            4 => {
                self.scope.moved(place);
                let meanwhile = self.meanwhile();
                let name = self.own_name("t");
                let text = format!("{field} = {{ let {name} = {field}; {meanwhile} {name} }};");
                self.or_seen(place, text, &meanwhile)
            }
            5 => self.changed_places(place),
            _ => self.given_in_a_branch(place),
        }
    }

    /// `text` if the field has a value after it, `other` if that cannot be.
    fn or_seen(&mut self, place: Place, text: String, other: &str) -> String {
        if self.scope.can_give_back(place) {
            self.scope.given_back(place);
            text
        } else {
            other.to_owned()
        }
    }

    /// `let t = o.s; .. o.s = t;`
    fn kept_aside(&mut self, place: Place) -> String {
        let field = self.place(place);
        let name = self.own_name("t");
        let vars = self.scope.len();
        self.scope.moved(place);
        self.scope.declare(&name, place.ty, Hold::Own, true);
        let meanwhile = self.meanwhile();
        let mut values = self.scope.readable(|_| true);
        values.retain(|value| value.var == vars && value.field.is_empty());
        let value = match self.any(&values) {
            Some(_) if self.rng.chance(80) => name.clone(),
            _ => self.expr(place.ty),
        };
        self.scope.close(vars);
        let begin = format!("let mut {name} = {field}; {meanwhile}");
        let text = format!("{begin} {field} = {value};");
        self.or_seen(place, text, &begin)
    }

    /// `let t = o.s; o.s = o.p.s; .. o.p.s = t;`
    fn changed_places(&mut self, place: Place) -> String {
        let mut others = self.scope.returnable();
        let hold = self.scope.hold(place, true);
        let free = self.scope.readable(|_| true);
        self.scope.release(hold);
        others.retain(|other| other.ty == place.ty && free.contains(other));
        let Some(other) = self.any(&others) else {
            return self.kept_aside(place);
        };
        let (field, second) = (self.place(place), self.place(other));
        let name = self.own_name("t");
        self.scope.moved(other);
        let meanwhile = self.meanwhile();
        let begin = format!("let {name} = {field}; {field} = {second}; {meanwhile}");
        let text = format!("{begin} {second} = {name};");
        self.or_seen(other, text, &begin)
    }

    /// `if .. { eat(o.s); .. o.s = ..; }`
    fn given_in_a_branch(&mut self, place: Place) -> String {
        let field = self.place(place);
        let condition = self.expr(Ty::Bool);
        if !self.scope.returnable().contains(&place) {
            return format!("see(&({condition}));");
        }
        let inner = self.maybe(|own| {
            own.scope.moved(place);
            let meanwhile = own.meanwhile();
            let value = own.expr(place.ty);
            let begin = format!("eat({field}); {meanwhile}");
            let text = format!("{begin} {field} = {value};");
            (own.or_seen(place, text, &begin), true)
        });
        format!("if {condition} {{ {inner} }}")
    }
}
