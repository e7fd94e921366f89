//! Random statements that wait for several things: `flow::join!`, `flow::race!` and
//! `flow::try_join!` of ticks and `async` blocks, which read what is around them.

use super::body::Gen;
use super::scope::Hold;
use super::types::Ty;

impl Gen {
    /// `let (a, b) = flow::join!(tick(n), async { .. });`
    pub(super) fn joined(&mut self) -> String {
        let Some(operands) = self.operands() else {
            return self.let_value();
        };
        let names = self.names(operands.len());
        let (texts, types): (Vec<String>, Vec<Ty>) = operands.into_iter().unzip();
        for (name, ty) in names.iter().zip(types) {
            self.scope.declare(name, ty, Hold::Own, false);
        }
        let (names, texts) = (names.join(", "), texts.join(",\n"));
        format!("let ({names}) = flow::join!({texts});")
    }

    /// `let v = flow::race! { a = tick(n) => .., b = async { .. } => .. };`
    pub(super) fn raced(&mut self) -> String {
        let Some(operands) = self.operands() else {
            return self.let_value();
        };
        let ty = self.rng.pick_of(&Ty::COMMON);
        let ways = self.ways(&operands, |own, (text, of)| {
            let (vars, name) = (own.scope.len(), own.name());
            own.scope.declare(name, *of, Hold::Own, false);
            let (handler, ends) = own.block(Some(ty), true);
            own.scope.close(vars);
            (format!("{name} = {text} => {handler}"), ends)
        });
        let name = self.name();
        self.scope.declare(name, ty, Hold::Own, false);
        let (of, ways) = (ty.rust(), ways.join(",\n"));
        format!("let {name}: {of} = flow::race! {{ {ways} }};")
    }

    /// `let sum = flow::try_join!(async { .. }, async { .. }).map(|(a, b)| a ^ b);`
    pub(super) fn all_tried(&mut self) -> String {
        let count = 2 + self.rng.below(2);
        let Some(operands) = self.beside(count, |own| own.block_of_fork(Ty::Checked)) else {
            return self.let_value();
        };
        let parts: Vec<String> = (0..count).map(|part| format!("part{part}")).collect();
        let (parts, sum) = (parts.join(", "), parts.join(" ^ "));
        let value = format!("flow::try_join!({})", operands.join(",\n"));
        let name = self.name();
        if self.rng.chance(35) && self.result == Ty::Checked {
            self.scope.declare(name, Ty::Int, Hold::Own, false);
            return format!("let ({parts}) = {value}?; let {name} = {sum};");
        }
        self.scope.declare(name, Ty::Checked, Hold::Own, false);
        format!("let {name} = {value}.map(|({parts})| {sum});")
    }

    /// Two or three things to wait for, and what they give.
    fn operands(&mut self) -> Option<Vec<(String, Ty)>> {
        let count = 2 + self.rng.below(2);
        self.beside(count, Self::operand_of_fork)
    }

    /// Some things to wait for. While there is one, what is around it can be read and no
    /// more.
    pub(super) fn beside<T>(
        &mut self,
        count: usize,
        one: impl Fn(&mut Self) -> T,
    ) -> Option<Vec<T>> {
        if self.waits < count || !self.enter() {
            return None;
        }
        self.waits -= count;
        let mark = self.scope.hold_all();
        let operands = (0..count).map(|_| one(self)).collect();
        self.scope.release(mark);
        self.leave();
        Some(operands)
    }

    pub(super) fn operand_of_fork(&mut self) -> (String, Ty) {
        if self.rng.chance(40) {
            // What an operand is made from comes before all operands.
            let waits = std::mem::take(&mut self.waits);
            let text = format!("tick({})", self.expr(Ty::Int));
            self.waits = waits;
            return (text, Ty::Int);
        }
        let ty = self.rng.pick_of(&Ty::COMMON);
        (self.block_of_fork(ty), ty)
    }

    fn block_of_fork(&mut self, ty: Ty) -> String {
        // Jumps and `return` are the block's own.
        let targets = std::mem::take(&mut self.targets);
        let result = std::mem::replace(&mut self.result, ty);
        let (block, _) = self.block(Some(ty), true);
        self.targets = targets;
        self.result = result;
        format!("async {block}")
    }
}
