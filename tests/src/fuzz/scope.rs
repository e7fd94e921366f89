//! What a body may say at a point: its variables, what is moved out of them,
//! and what is borrowed.
//!
//! Cautious: a borrow lasts as long as its variable is in scope, and what is
//! moved on one way is moved where the ways meet. So bodies are valid Rust by
//! construction.

use super::types::Ty;

/// How a variable holds its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    Own,
    Shared,
    Unique,
}

#[derive(Debug, Clone)]
pub(super) struct Var {
    pub(super) name: String,
    pub(super) ty: Ty,
    pub(super) hold: Hold,
    pub(super) mutable: bool,
    /// The loops around its declaration: it is moved at this depth only.
    depth: usize,
    /// The fields that are moved out of it; the empty one is all of it.
    moved: Vec<&'static str>,
    /// It is assigned as a whole somewhere, so no borrow of it is kept.
    assigned: bool,
    /// It is borrowed over awaits, so it is never assigned as a whole.
    pinned: bool,
}

/// A variable, or a field of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) var: usize,
    pub(super) field: &'static str,
    pub(super) ty: Ty,
}

#[derive(Debug, Clone)]
struct Freeze {
    place: Place,
    unique: bool,
    until: Until,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Until {
    /// The variable that borrows leaves its scope.
    Var(usize),
    /// `Scope::release` is called with this mark or a smaller one.
    Mark(usize),
}

/// What is moved out of each variable.
pub(super) type Moves = Vec<Vec<&'static str>>;

#[derive(Debug, Default)]
pub(super) struct Scope {
    vars: Vec<Var>,
    freezes: Vec<Freeze>,
    marks: usize,
    /// How many loops are around.
    pub(super) depth: usize,
}

impl Scope {
    pub(super) fn declare(&mut self, name: &str, ty: Ty, hold: Hold, mutable: bool) -> usize {
        self.vars.push(Var {
            name: name.to_owned(),
            ty,
            hold,
            mutable,
            depth: self.depth,
            moved: Vec::new(),
            assigned: false,
            pinned: false,
        });
        self.vars.len() - 1
    }

    pub(super) fn len(&self) -> usize {
        self.vars.len()
    }

    /// Ends the scope of all variables from `mark` on.
    pub(super) fn close(&mut self, mark: usize) {
        self.vars.truncate(mark);
        self.freezes
            .retain(|freeze| !matches!(freeze.until, Until::Var(var) if var >= mark));
    }

    pub(super) fn var(&self, index: usize) -> &Var {
        self.vars.get(index).expect("an index comes from `declare`")
    }

    fn var_mut(&mut self, index: usize) -> &mut Var {
        let var = self.vars.get_mut(index);
        var.expect("an index comes from `declare`")
    }

    /// The variable `owner` borrows `place` while it is in scope.
    pub(super) fn borrowed(&mut self, place: Place, unique: bool, owner: usize) {
        self.var_mut(place.var).pinned = true;
        self.freezes.push(Freeze {
            place,
            unique,
            until: Until::Var(owner),
        });
    }

    pub(super) fn mark(&mut self) -> usize {
        self.marks += 1;
        self.marks
    }

    /// An operand or a loop borrows `place` until its mark is released.
    pub(super) fn hold(&mut self, place: Place, unique: bool) -> usize {
        let mark = self.mark();
        self.freezes.push(Freeze {
            place,
            unique,
            until: Until::Mark(mark),
        });
        mark
    }

    /// All that is known can only be read until the mark is released.
    pub(super) fn hold_all(&mut self) -> usize {
        let mark = self.mark();
        let held = self.vars.iter().enumerate().map(|(var, row)| Freeze {
            place: Place {
                var,
                field: "",
                ty: row.ty,
            },
            unique: false,
            until: Until::Mark(mark),
        });
        self.freezes.extend(held);
        mark
    }

    pub(super) fn pin(&mut self, place: Place) {
        self.var_mut(place.var).pinned = true;
    }

    /// Ends all borrows of operands since `mark`.
    pub(super) fn release(&mut self, mark: usize) {
        self.freezes
            .retain(|freeze| !matches!(freeze.until, Until::Mark(own) if own >= mark));
    }

    pub(super) fn moves(&self) -> Moves {
        self.vars.iter().map(|var| var.moved.clone()).collect()
    }

    pub(super) fn set_moves(&mut self, moves: &Moves) {
        for (var, moved) in self.vars.iter_mut().zip(moves) {
            var.moved.clone_from(moved);
        }
    }

    /// What is moved on any of the ways.
    pub(super) fn add_moves(&mut self, moves: &Moves) {
        for (var, moved) in self.vars.iter_mut().zip(moves) {
            var.moved.extend(moved);
            var.moved.sort_unstable();
            var.moved.dedup();
        }
    }

    /// All places that can be named here.
    fn places(&self) -> Vec<Place> {
        let mut names = Vec::new();
        let mut places = Vec::new();
        for (index, var) in self.vars.iter().enumerate().rev() {
            if names.contains(&&var.name) {
                continue;
            }
            names.push(&var.name);
            let whole = Place {
                var: index,
                field: "",
                ty: var.ty,
            };
            places.push(whole);
            let fields = var.ty.fields().iter();
            places.extend(fields.map(|(field, ty)| Place {
                var: index,
                field,
                ty: *ty,
            }));
        }
        places
    }

    fn frozen(&self, place: Place, also_shared: bool) -> bool {
        self.freezes.iter().any(|freeze| {
            freeze.place.var == place.var
                && overlap(freeze.place.field, place.field)
                && (also_shared || freeze.unique)
        })
    }

    fn there(&self, place: Place) -> bool {
        let moved = &self.var(place.var).moved;
        !moved.iter().any(|field| overlap(field, place.field))
    }

    pub(super) fn readable(&self, wanted: impl Fn(Ty) -> bool) -> Vec<Place> {
        let mut places = self.places();
        places
            .retain(|place| wanted(place.ty) && self.there(*place) && !self.frozen(*place, false));
        places
    }

    /// Places that can be changed where they are.
    pub(super) fn writable(&self, wanted: impl Fn(Ty) -> bool) -> Vec<Place> {
        let mut places = self.readable(wanted);
        places.retain(|place| {
            let var = self.var(place.var);
            (var.mutable || var.hold == Hold::Unique) && !self.frozen(*place, true)
        });
        places
    }

    /// Places that can be replaced.
    pub(super) fn assignable(&self, wanted: impl Fn(Ty) -> bool) -> Vec<Place> {
        let mut places = self.places();
        places.retain(|place| {
            let var = self.var(place.var);
            let whole = place.field.is_empty();
            let through = var.hold == Hold::Unique;
            wanted(place.ty)
                && !self.frozen(*place, true)
                && (var.mutable || through)
                && (whole || var.moved.is_empty())
                && (!whole || through || !var.pinned)
                && !(var.mutable && through && whole)
        });
        places
    }

    /// Places of which a borrow can be kept.
    pub(super) fn steady(&self, unique: bool, wanted: impl Fn(Ty) -> bool) -> Vec<Place> {
        let mut places = if unique {
            self.writable(wanted)
        } else {
            self.readable(wanted)
        };
        places.retain(|place| !self.var(place.var).assigned && self.there(*place));
        places
    }

    pub(super) fn can_move(&self, place: Place) -> bool {
        let var = self.var(place.var);
        var.hold == Hold::Own
            && var.depth == self.depth
            && self.there(place)
            && !self.frozen(place, true)
    }

    /// Fields that can be moved away and given back, in a loop as well.
    pub(super) fn returnable(&self) -> Vec<Place> {
        let mut places = self.readable(|ty| !ty.is_copy());
        places.retain(|place| {
            let var = self.var(place.var);
            let field = !place.field.is_empty();
            field && var.mutable && var.hold == Hold::Own && !self.frozen(*place, true)
        });
        places
    }

    /// Whether the value of a field can be assigned now, be it moved or not.
    pub(super) fn can_give_back(&self, place: Place) -> bool {
        let mut moved = self.var(place.var).moved.iter();
        !moved.any(|field| *field != place.field && within(place.field, field))
            && !self.frozen(place, true)
    }

    /// A field that was moved away has a value again.
    pub(super) fn given_back(&mut self, place: Place) {
        let var = self.var_mut(place.var);
        var.moved.retain(|field| !within(field, place.field));
    }

    pub(super) fn moved(&mut self, place: Place) {
        self.var_mut(place.var).moved.push(place.field);
    }

    pub(super) fn assigned(&mut self, place: Place) {
        if place.field.is_empty() && self.var(place.var).hold == Hold::Own {
            let var = self.var_mut(place.var);
            var.assigned = true;
            var.moved.clear();
        }
    }
}

fn overlap(a: &str, b: &str) -> bool {
    within(a, b) || within(b, a)
}

/// Whether the place `inner` is `outer`, or lies in it.
fn within(inner: &str, outer: &str) -> bool {
    let rest = inner.strip_prefix(outer);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}
