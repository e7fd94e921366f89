//! Random values that are put together from others.

use super::body::Gen;
use super::types::Ty;

impl Gen {
    /// An option or a result.
    pub(super) fn wrapped(&mut self, ty: Ty) -> String {
        match (ty, self.rng.below(4)) {
            (Ty::MaybeInt, 0) => format!("half({})", self.expr(Ty::Int)),
            (Ty::MaybeInt, 1) => {
                let left = self.operand(Ty::MaybeInt);
                format!("{left}.or({})", self.expr(Ty::MaybeInt))
            }
            (Ty::MaybeInt, 2) => self.taken(),
            (Ty::MaybeInt, _) => format!("Some({})", self.expr(Ty::Int)),
            (Ty::MaybeText, 0) => {
                let left = self.operand(Ty::MaybeText);
                format!("{left}.or({})", self.expr(Ty::MaybeText))
            }
            (Ty::MaybeText, _) => format!("Some({})", self.expr(Ty::Text)),
            (_, 0) => format!("Err::<i64, String>({})", self.expr(Ty::Text)),
            (_, 1) => format!("Ok::<i64, String>({})", self.expr(Ty::Int)),
            (_, 2) => {
                let first = self.operand(Ty::MaybeInt);
                format!("{first}.ok_or({})", self.expr(Ty::Text))
            }
            _ => format!("check({})", self.expr(Ty::Int)),
        }
    }

    /// `v.pop()`, `o.take()`, `m.remove(&n).map(eat)`
    fn taken(&mut self) -> String {
        let wanted = |ty| matches!(ty, Ty::Ints | Ty::MaybeInt | Ty::Map);
        let places = self.scope.writable(wanted);
        let Some(place) = self.any(&places) else {
            let first = self.expr(Ty::Int);
            return format!("note({first}).checked_add({})", self.expr(Ty::Int));
        };
        let base = self.receiver(place);
        match place.ty {
            Ty::Ints => format!("{base}.pop()"),
            Ty::MaybeInt => format!("{base}.take()"),
            _ => {
                let mark = self.scope.hold(place, false);
                let key = self.operand(Ty::Int);
                self.scope.release(mark);
                format!("{base}.remove(&{key}).map(eat)")
            }
        }
    }

    pub(super) fn built(&mut self, ty: Ty) -> String {
        match ty {
            Ty::Ints => self.ints(),
            Ty::Texts => {
                let first = self.expr(Ty::Text);
                format!("vec![{first}, {}]", self.expr(Ty::Text))
            }
            Ty::Pair => {
                let first = self.expr(Ty::Int);
                format!("({first}, {})", self.expr(Ty::Text))
            }
            Ty::Rec => self.record(),
            Ty::Deep => {
                let (first, second) = (self.expr(Ty::Rec), self.expr(Ty::Pair));
                format!(
                    "D {{ p: {first}, t: {second}, s: {} }}",
                    self.expr(Ty::Text)
                )
            }
            Ty::Choice => match self.rng.below(3) {
                0 => format!("E::One({})", self.expr(Ty::Int)),
                1 => {
                    let first = self.expr(Ty::Int);
                    format!("E::Two({first}, {})", self.expr(Ty::Text))
                }
                _ => {
                    let first = self.expr(Ty::Text);
                    format!("E::Rec {{ s: {first}, n: {} }}", self.expr(Ty::Int))
                }
            },
            Ty::Map => {
                let key = self.expr(Ty::Int);
                let value = self.expr(Ty::Text);
                format!(
                    "M::from([({key}, {value}), ({}, name(0))])",
                    self.expr(Ty::Int)
                )
            }
            Ty::Triple if self.rng.chance(25) => format!("[{}; 3]", self.expr(Ty::Int)),
            Ty::Triple => {
                let (first, second) = (self.expr(Ty::Int), self.expr(Ty::Int));
                format!("[{first}, {second}, {}]", self.expr(Ty::Int))
            }
            _ => self.literal(ty),
        }
    }

    fn ints(&mut self) -> String {
        match self.rng.below(5) {
            0 => format!("vec![{}; 3]", self.expr(Ty::Int)),
            1 => {
                let first = self.operand(Ty::Ints);
                format!("{first}.into_iter().map(|y| y + 1).collect::<Vec<i64>>()")
            }
            _ => {
                let first = self.expr(Ty::Int);
                format!("vec![{first}, {}]", self.expr(Ty::Int))
            }
        }
    }

    fn record(&mut self) -> String {
        match self.rng.below(6) {
            0 => {
                let first = self.expr(Ty::Int);
                format!("P::new({first}, &{})", self.operand(Ty::Text))
            }
            1 => {
                let first = self.operand(Ty::Rec);
                format!("{first}.with({})", self.expr(Ty::Int))
            }
            2 => {
                let first = self.expr(Ty::Int);
                format!("P {{ x: {first}, ..{} }}", self.operand(Ty::Rec))
            }
            3 => {
                let (first, second) = (self.expr(Ty::Ints), self.expr(Ty::Int));
                format!("P {{ v: {first}, x: {second}, ..P::default() }}")
            }
            _ => {
                let (first, second) = (self.expr(Ty::Text), self.expr(Ty::Int));
                format!(
                    "P {{ s: {first}, x: {second}, v: {} }}",
                    self.expr(Ty::Ints)
                )
            }
        }
    }
}
