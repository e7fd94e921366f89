//! Random patterns, and what they bind.

use super::body::Gen;
use super::scope::Hold;
use super::types::Ty;

/// What a pattern binds; `hold` is how it is bound.
#[derive(Debug, Default)]
pub(super) struct Bound {
    pub(super) vars: Vec<(&'static str, Ty, bool)>,
    names: Vec<&'static str>,
}

impl Gen {
    /// A pattern for `ty`, and the names in it. `hold` tells what is matched:
    /// a value, or a borrow of it.
    pub(super) fn pattern(&mut self, ty: Ty, hold: Hold, refutable: bool) -> (String, Bound) {
        let names = self.names(5);
        let mut bound = Bound {
            vars: Vec::new(),
            names,
        };
        let text = self.sub_pattern(ty, hold, refutable, &mut bound);
        (text, bound)
    }

    /// Declares what a pattern binds.
    pub(super) fn declare(&mut self, bound: &Bound, hold: Hold) {
        for (name, ty, mutable) in &bound.vars {
            self.scope.declare(name, *ty, hold, *mutable);
        }
    }

    fn binding(&mut self, ty: Ty, hold: Hold, bound: &mut Bound) -> String {
        let Some(name) = bound.names.pop() else {
            return "_".to_owned();
        };
        let mutable = hold == Hold::Own && self.rng.chance(25);
        bound.vars.push((name, ty, mutable));
        if mutable {
            format!("mut {name}")
        } else {
            name.to_owned()
        }
    }

    fn sub_pattern(&mut self, ty: Ty, hold: Hold, refutable: bool, bound: &mut Bound) -> String {
        if self.rng.chance(20) {
            return "_".to_owned();
        }
        if refutable {
            self.refutable(ty, hold, bound)
        } else {
            self.irrefutable(ty, hold, bound)
        }
    }

    fn irrefutable(&mut self, ty: Ty, hold: Hold, bound: &mut Bound) -> String {
        match ty {
            Ty::Pair => {
                let first = self.sub_pattern(Ty::Int, hold, false, bound);
                format!(
                    "({first}, {})",
                    self.sub_pattern(Ty::Text, hold, false, bound)
                )
            }
            Ty::Rec => {
                let text = self.sub_pattern(Ty::Text, hold, false, bound);
                match self.rng.below(3) {
                    0 => format!("P {{ s: {text}, .. }}"),
                    1 => format!(
                        "P {{ s: {text}, x: {}, v: _ }}",
                        self.sub_pattern(Ty::Int, hold, false, bound)
                    ),
                    _ => format!(
                        "P {{ s: {text}, v: {}, .. }}",
                        self.sub_pattern(Ty::Ints, hold, false, bound)
                    ),
                }
            }
            Ty::Triple => {
                let first = self.sub_pattern(Ty::Int, hold, false, bound);
                let last = self.sub_pattern(Ty::Int, hold, false, bound);
                let middle = self.rng.pick(&["..", "_"]);
                format!("[{first}, {middle}, {last}]")
            }
            _ => self.binding(ty, hold, bound),
        }
    }

    fn refutable(&mut self, ty: Ty, hold: Hold, bound: &mut Bound) -> String {
        match ty {
            Ty::Int => match self.rng.below(6) {
                0 => self.rng.below(9).to_string(),
                1 => "(1 | 2 | 5)".to_owned(),
                2 => "3..=9".to_owned(),
                3 => format!("{} @ 0..=6", self.binding(ty, hold, bound)).replace("_ @ ", ""),
                _ => self.binding(ty, hold, bound),
            },
            Ty::Bool => self.rng.pick(&["true", "false"]).to_owned(),
            Ty::MaybeInt | Ty::MaybeText => {
                let inner = if ty == Ty::MaybeInt {
                    Ty::Int
                } else {
                    Ty::Text
                };
                match self.rng.below(6) {
                    0 => "None".to_owned(),
                    1 => format!("{} @ Some(_)", self.binding(ty, hold, bound)).replace("_ @ ", ""),
                    _ => format!("Some({})", self.sub_pattern(inner, hold, true, bound)),
                }
            }
            Ty::Checked if self.rng.chance(30) => {
                format!("Err({})", self.sub_pattern(Ty::Text, hold, true, bound))
            }
            Ty::Checked => format!("Ok({})", self.sub_pattern(Ty::Int, hold, true, bound)),
            Ty::Pair => {
                let first = self.sub_pattern(Ty::Int, hold, true, bound);
                format!(
                    "({first}, {})",
                    self.sub_pattern(Ty::Text, hold, true, bound)
                )
            }
            Ty::Rec => {
                let first = self.sub_pattern(Ty::Int, hold, true, bound);
                format!(
                    "P {{ x: {first}, v: {}, .. }}",
                    self.sub_pattern(Ty::Ints, hold, true, bound)
                )
            }
            Ty::Triple => {
                let first = self.sub_pattern(Ty::Int, hold, true, bound);
                format!(
                    "[{first}, .., {}]",
                    self.sub_pattern(Ty::Int, hold, true, bound)
                )
            }
            Ty::Choice => self.choice(hold, bound),
            _ => self.binding(ty, hold, bound),
        }
    }

    fn choice(&mut self, hold: Hold, bound: &mut Bound) -> String {
        match self.rng.below(6) {
            0 => "E::Unit".to_owned(),
            1 => format!("E::One({})", self.sub_pattern(Ty::Int, hold, true, bound)),
            2 => {
                let first = self.sub_pattern(Ty::Int, hold, true, bound);
                format!(
                    "E::Two({first}, {})",
                    self.sub_pattern(Ty::Text, hold, true, bound)
                )
            }
            3 => {
                let first = self.sub_pattern(Ty::Text, hold, true, bound);
                format!(
                    "E::Rec {{ s: {first}, n: {} }}",
                    self.sub_pattern(Ty::Int, hold, true, bound)
                )
            }
            4 => "(E::Unit | E::One(_))".to_owned(),
            _ => {
                let name = self.binding(Ty::Int, hold, bound);
                format!("(E::One({name}) | E::Two({name}, _) | E::Rec {{ n: {name}, .. }})")
            }
        }
    }
}
