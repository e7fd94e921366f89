//! Random code in which names and parts meet: blocks that change different parts of
//! one variable, `ref` of values without a name, guards that bind.

use super::body::Gen;
use super::scope::Hold;
use super::types::Ty;

impl Gen {
    /// `flow::join!(async { p.0 ^= ..; .. }, async { p.1.push('x'); .. });`
    pub(super) fn parts_apart(&mut self) -> String {
        let places = self.scope.steady(true, |ty| ty == Ty::Pair);
        let Some(place) = self.any(&places).filter(|_| self.waits > 2 && self.enter()) else {
            return self.let_value();
        };
        let base = self.receiver(place);
        let mark = self.scope.hold_all();
        self.scope.hold(place, true);
        self.scope.pin(place);
        let (number, text) = if self.rng.chance(50) {
            (format!("{base}.0"), format!("{base}.1"))
        } else {
            ("*left".to_owned(), "right".to_owned())
        };
        let borrows = if number == "*left" {
            format!("let left = &mut {base}.0; let right = &mut {base}.1;\n")
        } else {
            String::new()
        };
        // Jumps and `?` would be the blocks' own.
        let targets = std::mem::take(&mut self.targets);
        let result = std::mem::replace(&mut self.result, Ty::Int);
        let [one, two] = [self.wait(), self.wait()];
        self.targets = targets;
        self.result = result;
        let first =
            format!("async {{ {number} ^= {one}; {number} ^= tick({number}).await; {number} }}");
        let change = format!("{text}.push('x');");
        let second = match self.rng.below(3) {
            0 => format!("async {{ note({text}.len() as i64); {two}; {text}.len() }}"),
            _ => format!("async {{ {change} {two}; {change} {text}.len() }}"),
        };
        self.scope.release(mark);
        self.leave();
        format!("{{ {borrows}see(&flow::join!({first},\n{second})); }}\nsee(&{base}.0);")
    }

    /// `match Some(tick(n).await) { Some(ref mut r) => .., None => .. }`
    pub(super) fn unnamed_by_ref(&mut self) -> String {
        let mark = self.scope.mark();
        let (ty, value) = if self.rng.chance(60) {
            (Ty::Int, format!("Some({})", self.wait()))
        } else {
            (Ty::Text, self.construct(Ty::MaybeText))
        };
        let vars = self.scope.len();
        let name = self.name().to_owned();
        self.scope.declare(&name, ty, Hold::Unique, false);
        let inner = self.changed_over_awaits(&name, ty);
        self.scope.close(vars);
        self.scope.release(mark);
        match self.rng.below(3) {
            0 => format!("if let Some(ref mut {name}) = {value} {{ {inner} }}"),
            1 => format!("{{ let ref mut {name} = ({value}).unwrap_or_default(); {inner} }}"),
            _ => format!(
                "match {value} {{ Some(ref mut {name}) => {{ {inner} }} None => {{ note(6); }} }}"
            ),
        }
    }

    /// `match n { k if let Some(k) = k.checked_add(3) && k > 2 => .., _ => .. }`
    pub(super) fn guard_that_binds(&mut self) -> String {
        let number = self.expr(Ty::Int);
        let (outer, mut inner) = (self.name().to_owned(), self.name().to_owned());
        if number.contains(&inner) {
            // Such a guard is refused.
            inner = self.own_name("bound");
        }
        let vars = self.scope.len();
        self.scope.declare(&outer, Ty::Int, Hold::Own, false);
        self.scope.declare(&inner, Ty::Int, Hold::Own, false);
        let arm = self.maybe(|own| {
            let meanwhile = own.meanwhile();
            let (rest, ends) = own.block(None, true);
            (format!("{meanwhile} note({inner}); {rest}"), ends)
        });
        self.scope.close(vars);
        let bound = self.rng.below(9);
        let more = if self.rng.chance(50) {
            format!(" && {inner} > {bound}")
        } else {
            String::new()
        };
        format!(
            "match {number} {{ {outer} if let Some({inner}) = {outer}.checked_add({bound}){more} => {{ {arm} }} _ => {{ note(7); }} }}"
        )
    }
}
