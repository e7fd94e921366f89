//! Random code that spawns something and awaits it later, waits for many things at once or
//! not longer than a limit, and says what undoes a step.

use super::body::Gen;
use super::scope::Hold;
use super::types::Ty;

impl Gen {
    /// An operation that is awaited, as a number.
    pub(super) fn operation(&mut self) -> String {
        match self.rng.below(14) {
            0 => {
                let (limit, awaited) = (20 + self.rng.below(9), self.expr(Ty::Int));
                let otherwise = self.expr(Ty::Int);
                format!(
                    "flow::timeout(Duration::from_millis({limit}), tick({awaited})).await.unwrap_or({otherwise})"
                )
            }
            1 => {
                let awaited = self.expr(Ty::Int);
                format!("spawn({awaited}).await.unwrap_or({})", self.expr(Ty::Int))
            }
            2 => {
                let all = self.operand(Ty::Ints);
                format!(
                    "flow::join_all({all}.into_iter().map(tick)).await.into_iter().sum::<i64>()"
                )
            }
            3 => {
                let (first, second) = (self.expr(Ty::Int), self.rng.below(10));
                format!("flow::race_all([tick({first}), tick({second})]).await.1")
            }
            _ => format!("tick({}).await", self.expr(Ty::Int)),
        }
    }

    /// `let kid = spawn(n); .. see(&kid.await);`
    pub(super) fn spawned(&mut self) -> String {
        if self.waits == 0 {
            return self.let_value();
        }
        self.waits -= 1;
        let name = self.own_name("kid");
        if self.rng.chance(40) {
            return self.many_spawned(&name);
        }
        let first = format!("let {name} = spawn({});", self.expr(Ty::Int));
        let between = self.between();
        let last = match self.rng.below(5) {
            0 => format!("see(&{name}.await);"),
            1 => self.number_of(&format!("{name}.await")),
            2 => format!("see(&flow::timeout(Duration::from_millis(30), {name}).await);"),
            3 => match self.one_beside() {
                Some(other) => format!("see(&flow::join!({name}, {other}));"),
                None => format!("see(&{name}.await);"),
            },
            _ => self.raced_with(&name),
        };
        format!("{first} {between} {last}")
    }

    /// `let mut kids = vec![spawn(1), spawn(2)]; .. see(&flow::race_all(kids).await);`
    fn many_spawned(&mut self, name: &str) -> String {
        let count = 1 + self.rng.below(3);
        let kids: Vec<String> = (0..count)
            .map(|_| format!("spawn({})", self.expr(Ty::Int)))
            .collect();
        let first = format!("let mut {name} = vec![{}];", kids.join(", "));
        let mut between = self.between();
        if self.rng.chance(40) {
            between += &[name, ".push(spawn(", &self.expr(Ty::Int), "));"].concat();
        }
        let last = match self.rng.below(6) {
            0 => self.numbers_of(&format!("flow::join_all({name}).await")),
            1 => format!("see(&flow::try_join_all({name}).await);"),
            2 => format!("see(&flow::race_all({name}).await);"),
            3 => format!("for kid in {name} {{ see(&kid.await); }}"),
            4 => {
                let raced = self.maybe(|own| (own.raced_with("kid"), true));
                format!("while let Some(kid) = {name}.pop() {{ {raced} }}")
            }
            _ => format!(
                "see(&flow::timeout(Duration::from_millis(30), flow::join_all({name})).await);"
            ),
        };
        format!("{first} {between} {last}")
    }

    /// `flow::on_failure(undo(n));` or `flow::keep();`
    pub(super) fn undone(&mut self) -> String {
        if self.rng.chance(30) {
            return "flow::keep();".to_owned();
        }
        format!("flow::on_failure(undo({}));", self.expr(Ty::Int))
    }

    fn between(&mut self) -> String {
        let meanwhile = self.meanwhile();
        meanwhile + &self.stmt()
    }

    /// What ends first, of which one was spawned.
    fn raced_with(&mut self, name: &str) -> String {
        let other = self.rng.below(9);
        format!("flow::race! {{ end = {name} => see(&end), n = tick({other}) => see(&n) }}")
    }

    fn one_beside(&mut self) -> Option<String> {
        let mut others = self.beside(1, Self::operand_of_fork)?;
        others.pop().map(|(text, _)| text)
    }

    fn number_of(&mut self, ended: &str) -> String {
        let (name, otherwise) = (self.name(), self.literal(Ty::Int));
        self.scope.declare(name, Ty::Int, Hold::Own, false);
        format!("let {name} = {ended}.unwrap_or({otherwise});")
    }

    fn numbers_of(&mut self, ended: &str) -> String {
        let name = self.name();
        self.scope.declare(name, Ty::Ints, Hold::Own, true);
        let numbers = "into_iter().map(|end| end.unwrap_or(7)).collect::<Vec<i64>>()";
        format!("let mut {name} = {ended}.{numbers};")
    }
}
