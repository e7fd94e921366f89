//! Random statements with few names: each level hides what the one around
//! it binds, and is left for any of them.

use super::body::Gen;
use super::scope::Hold;
use super::types::Ty;

impl Gen {
    /// Levels in one another, at most `deep`.
    pub(super) fn levels(&mut self, deep: usize) -> String {
        let few = std::mem::replace(&mut self.few_names, true);
        let value = self.expr(Ty::Int);
        let vars = self.scope.len();
        let name = self.name();
        let text = match self.rng.below(6) {
            0 | 1 => self.level_of_a_block(name, &value, deep),
            2 | 3 => self.level_of_a_loop(name, &value, deep),
            4 => self.level_of_a_match(&value, deep),
            _ => {
                let inner = self.maybe(|own| {
                    own.scope.declare(name, Ty::Int, Hold::Own, false);
                    (own.level(deep), true)
                });
                format!("if let Some({name}) = half({value}) {{ {inner} }}")
            }
        };
        self.scope.close(vars);
        self.few_names = few;
        text + "\n" + &self.seen()
    }

    fn level_of_a_block(&mut self, name: &str, value: &str, deep: usize) -> String {
        let label = format!("'{}", self.own_name("l"));
        self.open_target(Some(label.clone()), false, None);
        self.scope.declare(name, Ty::Int, Hold::Own, true);
        let inner = self.level(deep);
        self.close_target(true);
        format!("{label}: {{ let mut {name} = {value}; {inner} }}")
    }

    fn level_of_a_loop(&mut self, name: &str, value: &str, deep: usize) -> String {
        let before = self.scope.moves();
        let label = self.open_loop(None);
        let vars = self.scope.len();
        self.scope.declare(name, Ty::Int, Hold::Own, false);
        let inner = self.level(deep);
        self.scope.close(vars);
        self.scope.add_moves(&before);
        self.close_loop(true);
        format!("{label}for {name} in 0..(({value}) & 1) + 1 {{ {inner} }}")
    }

    fn level_of_a_match(&mut self, value: &str, deep: usize) -> String {
        let names = self.names(2);
        let arms = self.ways(&names, |own, name| {
            let vars = own.scope.len();
            own.scope.declare(name, Ty::Int, Hold::Own, false);
            let inner = own.level(deep);
            own.scope.close(vars);
            (inner, true)
        });
        let texts: Vec<_> = names.iter().zip(&arms).collect();
        match texts.as_slice() {
            [(first, one), (second, two)] => format!(
                "match {value} {{ {first} if {first} < 4 => {{ {one} }} {second} => {{ {two} }} }}"
            ),
            _ => "note(3);".to_owned(),
        }
    }

    /// What stands in a level.
    fn level(&mut self, deep: usize) -> String {
        let vars = self.scope.len();
        let mut text = String::new();
        for _ in 0..2 + self.rng.below(3) {
            let more = match self.rng.below(8) {
                0 | 1 => format!("{};\n", self.wait()),
                2 => {
                    let (name, value) = (self.name(), self.expr(Ty::Int));
                    self.scope.declare(name, Ty::Int, Hold::Own, true);
                    format!("let mut {name} = {value};\n")
                }
                3 => self.assignment() + "\n",
                4 => {
                    let condition = self.expr(Ty::Bool);
                    let jump = self.maybe(|own| (own.jump().unwrap_or_default(), false));
                    format!("if {condition} {{ {jump} }}\n")
                }
                5 | 6 if deep > 0 => self.levels(deep - 1),
                _ => self.stmt(),
            };
            text += &more;
        }
        text += &self.seen();
        self.scope.close(vars);
        text
    }
}
