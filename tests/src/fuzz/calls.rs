//! Random numbers that calls give: of closures, of methods, of functions that
//! change what they borrow.

use super::body::Gen;
use super::scope::{Hold, Place};
use super::types::Ty;

impl Gen {
    /// `apply(|y| y + x, n)`
    pub(super) fn called(&mut self) -> String {
        let ints = self.scope.readable(|ty| ty == Ty::Int);
        let Some(place) = self.any(&ints) else {
            return format!("apply(|y| y + 1, {})", self.expr(Ty::Int));
        };
        let value = self.place(place);
        let name = if value.contains('y') { "z" } else { "y" };
        if self.rng.chance(30) && self.scope.writable(|_| true).contains(&place) {
            self.scope.hold(place, true);
            let argument = self.expr(Ty::Int);
            return format!("apply_mut(|{name}| {value} += {name}, {argument})");
        }
        let moved = self.is_own(place) && self.rng.chance(30);
        if !moved {
            self.scope.hold(place, false);
        }
        // A flow refuses a closure that owns something over an await.
        let waits = self.waits;
        if moved {
            self.waits = 0;
        }
        let argument = self.expr(Ty::Int);
        if moved {
            self.waits = waits;
        }
        let keyword = if moved { "move " } else { "" };
        format!("apply({keyword}|{name}| {name} + {value}, {argument})")
    }

    fn is_own(&self, place: Place) -> bool {
        self.scope.var(place.var).hold == Hold::Own
    }

    pub(super) fn indexed(&mut self) -> String {
        let places = self
            .scope
            .readable(|ty| matches!(ty, Ty::Triple | Ty::Ints));
        let Some(place) = self.any(&places) else {
            return format!("[4i64, 5, 6][third({})]", self.expr(Ty::Int));
        };
        let base = self.receiver(place);
        self.scope.hold(place, false);
        let index = self.expr(Ty::Int);
        if place.ty == Ty::Triple {
            format!("{base}[third({index})]")
        } else {
            format!("{base}.get(third({index})).copied().unwrap_or(8)")
        }
    }

    /// `bump(&mut x, n)`, `p.set(n)`, `v.pop()`.
    pub(super) fn changed(&mut self) -> String {
        let places = self
            .scope
            .writable(|ty| matches!(ty, Ty::Int | Ty::Rec | Ty::Ints));
        let Some(place) = self.any(&places) else {
            return self.wait();
        };
        let (value, base) = (self.place(place), self.receiver(place));
        match place.ty {
            Ty::Int => {
                self.scope.hold(place, true);
                format!("bump(&mut {value}, {})", self.expr(Ty::Int))
            }
            Ty::Rec => {
                self.scope.hold(place, false);
                format!("{base}.set({})", self.expr(Ty::Int))
            }
            _ => format!("{base}.pop().unwrap_or({})", self.expr(Ty::Int)),
        }
    }

    pub(super) fn method(&mut self) -> String {
        let wanted = |ty| matches!(ty, Ty::Rec | Ty::Text | Ty::Texts | Ty::Map | Ty::Ints);
        let places = self.scope.readable(wanted);
        let Some(place) = self.any(&places) else {
            return format!("{}.get({})", self.operand(Ty::Rec), self.expr(Ty::Int));
        };
        let base = self.receiver(place);
        if place.ty == Ty::Rec {
            self.scope.hold(place, false);
            return format!("{base}.get({})", self.expr(Ty::Int));
        }
        format!("({base}.len() as i64)")
    }

    /// `{ x = 1; x }` and `{ x += 1; 2 }`
    pub(super) fn assigned_in_block(&mut self) -> String {
        let assignment = self.assignment();
        format!("{{ {assignment} {} }}", self.expr(Ty::Int))
    }
}
