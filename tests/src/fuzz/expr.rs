//! Random expressions, one function for each type.
//!
//! Operands are written in the order in which they are evaluated, so what one
//! of them moves or borrows is known to the next.

use super::body::Gen;
use super::scope::Place;
use super::types::Ty;

impl Gen {
    /// An owned value.
    pub(super) fn expr(&mut self, ty: Ty) -> String {
        let chosen = self.rng.below(100);
        if chosen < 18 || !self.enter() {
            return self.leaf(ty);
        }
        let text = match chosen {
            18..28 => self.construct(ty),
            28..31 => format!("id({})", self.expr(ty)),
            31..33 => self.tried(ty),
            _ => match ty {
                Ty::Int => self.int(),
                Ty::Bool => self.boolean(),
                Ty::Text => self.text(),
                Ty::MaybeInt | Ty::MaybeText | Ty::Checked => self.wrapped(ty),
                _ => self.built(ty),
            },
        };
        self.leave();
        text
    }

    /// A place, or a literal.
    fn leaf(&mut self, ty: Ty) -> String {
        let places = self.scope.readable(|own| own == ty);
        match self.any(&places) {
            Some(place) if self.rng.chance(75) => self.read(place),
            _ if ty == Ty::Int && self.waits > 0 && self.rng.chance(50) => {
                self.waits -= 1;
                format!("tick({}).await", self.rng.below(10))
            }
            _ => self.literal(ty),
        }
    }

    /// The value of a place: copied, moved or cloned.
    pub(super) fn read(&mut self, place: Place) -> String {
        if place.ty.is_copy() {
            self.place(place)
        } else if self.scope.can_move(place) && self.rng.chance(40) {
            let text = self.place(place);
            self.scope.moved(place);
            text
        } else {
            format!("{}.clone()", self.receiver(place))
        }
    }

    pub(super) fn literal(&mut self, ty: Ty) -> String {
        let n = self.rng.below(10);
        match ty {
            Ty::Int => format!("{n}i64"),
            Ty::Bool => format!("{}", n < 5),
            Ty::Index => format!("{n}usize"),
            Ty::Text => format!("\"t{n}\".to_string()"),
            Ty::Ints => format!("vec![{n}i64, 2, 5]"),
            Ty::Texts => format!("vec![name({n}), String::from(\"w\")]"),
            Ty::MaybeInt => self
                .rng
                .pick(&["Some(3i64)", "None::<i64>", "half(8)"])
                .to_owned(),
            Ty::MaybeText => self
                .rng
                .pick(&["Some(name(4))", "None::<String>"])
                .to_owned(),
            Ty::Checked => format!("check({n})"),
            Ty::Pair => format!("({n}i64, name({n}))"),
            Ty::Rec => format!("P {{ x: {n}, s: name(1), v: vec![{n}, 7] }}"),
            Ty::Deep => format!("D {{ p: P::default(), t: ({n}, name({n})), s: name(3) }}"),
            Ty::Choice => self
                .rng
                .pick(&[
                    "E::Unit",
                    "E::One(5)",
                    "E::Two(6, name(6))",
                    "E::Rec { n: 7, s: name(7) }",
                ])
                .to_owned(),
            Ty::Map => format!("M::from([({n}, name({n})), (4, name(2))])"),
            Ty::Triple => format!("[{n}i64, 1, 2]"),
        }
    }

    /// `&place` or `&value`, borrowed until a mark is released.
    pub(super) fn borrowed(&mut self, ty: Ty) -> String {
        let places = self.scope.readable(|own| own == ty);
        match self.any(&places) {
            Some(place) if self.rng.chance(70) => {
                self.scope.hold(place, false);
                format!("&{}", self.place(place))
            }
            _ => format!("&{}", self.operand(ty)),
        }
    }

    /// An expression that can have an operator or a dot beside it.
    pub(super) fn operand(&mut self, ty: Ty) -> String {
        let text = self.expr(ty);
        let simple =
            |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '(' | ')' | '"' | ':');
        let plain = text.chars().all(simple) && !text.starts_with(char::is_numeric);
        if plain { text } else { format!("({text})") }
    }

    /// An operand whose type is known: rustc infers one operand's from the
    /// other's, and guesses a reference if the value is that of a construct.
    fn typed_int(&mut self) -> String {
        let text = self.operand(Ty::Int);
        if text.contains('\n') {
            format!("id::<i64>({text})")
        } else {
            text
        }
    }

    pub(super) fn wait(&mut self) -> String {
        if self.waits == 0 {
            return format!("note({})", self.expr(Ty::Int));
        }
        self.waits -= 1;
        self.operation()
    }

    fn int(&mut self) -> String {
        let mark = self.scope.mark();
        let text = match self.rng.below(25) {
            0..5 => self.wait(),
            5..8 => {
                let op = self.rng.pick(&["+", "-", "*", "^", "&"]);
                let left = self.typed_int();
                format!("{left} {op} {}", self.typed_int())
            }
            8 => format!("note({})", self.expr(Ty::Int)),
            9 => {
                let left = self.expr(Ty::Int);
                format!("two({left}, {})", self.expr(Ty::Int))
            }
            10 => {
                let left = self.borrowed(Ty::Int);
                format!("refs({left}, {})", self.borrowed(Ty::Int))
            }
            11 => format!("-{}", self.operand(Ty::Int)),
            12 => format!("({} as i64)", self.operand(Ty::Bool)),
            13 => {
                let ty = self.rng.pick_of(&[Ty::Index, Ty::Index, Ty::Bool]);
                format!("({} as i64)", self.operand(ty))
            }
            14 => {
                let ty = self
                    .rng
                    .pick_of(&[Ty::Int, Ty::Text, Ty::Rec, Ty::MaybeText, Ty::Texts]);
                format!("eat({})", self.expr(ty))
            }
            15 => {
                let items = self.borrowed(Ty::Ints);
                format!("total({items}, {})", self.expr(Ty::Int))
            }
            16 => {
                let places = self.scope.readable(|ty| ty == Ty::Int);
                let left = match self.any(&places) {
                    Some(place) => self.receiver(place),
                    None => self.wait(),
                };
                format!("{left}.wrapping_sub({})", self.expr(Ty::Int))
            }
            17 => self.called(),
            18 => self.indexed(),
            19 => self.changed(),
            20 => {
                let ty = self.rng.pick_of(&[Ty::MaybeInt, Ty::Checked]);
                let left = self.operand(ty);
                format!("{left}.unwrap_or({})", self.expr(Ty::Int))
            }
            21 => self.method(),
            22 => self.assigned_in_block(),
            23 => self.changed_in_place(),
            _ => self.construct(Ty::Int),
        };
        self.scope.release(mark);
        text
    }

    fn boolean(&mut self) -> String {
        let mark = self.scope.mark();
        let text = match self.rng.below(10) {
            0..4 => {
                let op = self.rng.pick(&["<", "==", "!=", ">=", ">"]);
                let left = self.typed_int();
                format!("{left} {op} {}", self.typed_int())
            }
            4 => {
                let left = self.borrowed(Ty::Text);
                format!("({left} == {})", self.borrowed(Ty::Text))
            }
            5 | 6 => {
                let op = self.rng.pick(&["&&", "||"]);
                let left = self.operand(Ty::Bool);
                let right = self.maybe(|own| (own.operand(Ty::Bool), true));
                format!("({left} {op} {right})")
            }
            7 => format!("!{}", self.operand(Ty::Bool)),
            8 => {
                let ty = self.rng.pick_of(&[Ty::MaybeInt, Ty::MaybeText]);
                format!("{}.is_some()", self.operand(ty))
            }
            _ => {
                let items = self.scope.readable(|ty| ty == Ty::Ints);
                match self.any(&items) {
                    Some(place) => {
                        let base = self.receiver(place);
                        self.scope.hold(place, false);
                        format!("{base}.contains({})", self.borrowed(Ty::Int))
                    }
                    None => format!("matches!({}, 1..=4 | 7)", self.expr(Ty::Int)),
                }
            }
        };
        self.scope.release(mark);
        text
    }

    fn text(&mut self) -> String {
        let mark = self.scope.mark();
        let text = match self.rng.below(6) {
            0 => format!("name({})", self.expr(Ty::Int)),
            1 => {
                let left = self.borrowed(Ty::Text);
                format!("join({left}, {})", self.borrowed(Ty::Text))
            }
            2 => {
                let left = self.operand(Ty::Text);
                format!("cut({left} + {})", self.borrowed(Ty::Text))
            }
            3 | 4 => {
                let ty = self.rng.pick_of(&Ty::COMMON);
                let left = self.formatted(ty);
                format!(
                    "cut(format!(\"{{:?}}-{{}}\", {left}, {}))",
                    self.formatted(Ty::Int)
                )
            }
            _ => self.construct(Ty::Text),
        };
        self.scope.release(mark);
        text
    }

    /// An argument of `format!`, which borrows it.
    fn formatted(&mut self, ty: Ty) -> String {
        let places = self.scope.readable(|own| own == ty);
        match self.any(&places) {
            Some(place) if self.rng.chance(60) => {
                self.scope.hold(place, false);
                self.place(place)
            }
            _ => self.expr(ty),
        }
    }

    /// `o?` where the result can take it.
    fn tried(&mut self, ty: Ty) -> String {
        let source = match (self.result, ty) {
            (Ty::MaybeInt | Ty::MaybeText, Ty::Int) => Ty::MaybeInt,
            (Ty::MaybeInt | Ty::MaybeText, Ty::Text) => Ty::MaybeText,
            (Ty::Checked, Ty::Int) => Ty::Checked,
            _ => return self.construct(ty),
        };
        format!("{}?", self.operand(source))
    }
}
