//! Random statements with values whose drop is logged. They live and die
//! between two awaits: over one, a flow drops them earlier by design.

use super::body::Gen;
use super::scope::Hold;
use super::types::Ty;

impl Gen {
    /// A block that makes and drops values, with awaits around it only.
    pub(super) fn noisy(&mut self) -> String {
        let before = if self.rng.chance(50) {
            format!("{};", self.wait())
        } else {
            String::new()
        };
        let waits = std::mem::take(&mut self.waits);
        let vars = self.scope.len();
        let mut text = format!("{{ {before} ");
        let mut names: Vec<String> = Vec::new();
        for _ in 0..=self.rng.below(4) {
            text += &self.noise(&mut names);
            text += &self.stmt();
        }
        self.scope.close(vars);
        self.waits = waits;
        text + " }"
    }

    fn noise(&mut self, names: &mut Vec<String>) -> String {
        let value = self.expr(Ty::Int);
        let known = names.last().cloned();
        match (self.rng.below(9), known) {
            (0, _) => format!("let _ = Noisy({value});\n"),
            (1, _) => format!("let _kept = Noisy({value});\n"),
            (2, _) => format!("see(&Noisy({value}).get());\n"),
            (3, Some(name)) => format!("{name} = Noisy({value});\n"),
            (4, Some(name)) => {
                names.pop();
                let condition = self.expr(Ty::Bool);
                format!("see(&({value})); if {condition} {{ drop({name}); }}\n")
            }
            (5, _) => format!(
                "match Noisy({value}) {{ q if q.get() > 3 => {{ note(1); }} _ => {{ note(2); }} }}\n"
            ),
            (6, _) => format!("let (_, _part) = (Noisy({value}), Noisy(77));\n"),
            (7, Some(name)) => {
                let jump = self.maybe(|own| (own.jump().unwrap_or_default(), false));
                format!("if {name}.get() > {value} {{ {jump} }}\n")
            }
            _ => {
                let name = self.own_name("q");
                names.push(name.clone());
                format!("let mut {name} = Noisy({value});\n")
            }
        }
    }

    /// A value that is dropped in a condition, before what may await.
    pub(super) fn told(&mut self) -> String {
        let waits = std::mem::take(&mut self.waits);
        let value = self.expr(Ty::Int);
        self.waits = waits;
        match self.rng.below(5) {
            0 => {
                let fuel = self.own_name("fuel");
                let before = self.scope.moves();
                let label = self.open_loop(None);
                let (body, _) = self.block(None, true);
                self.scope.add_moves(&before);
                self.close_loop(true);
                format!(
                    "{{ let mut {fuel} = 3; {label}while {fuel} > 0 && Noisy({fuel}).get() > 1 {{ {fuel} -= 1; {body} }} }}"
                )
            }
            1 => {
                let name = self.name();
                let otherwise = self.maybe(|own| {
                    let wait = own.wait();
                    let jump = own.jump().unwrap_or_else(|| "panic!(\"none\")".to_owned());
                    (format!("{wait}; {jump}"), false)
                });
                self.scope.declare(name, Ty::Int, Hold::Own, true);
                format!("let Some(mut {name}) = half(Noisy({value}).get()) else {{ {otherwise} }};")
            }
            2 => {
                let inner = self.maybe(|own| {
                    let waits = std::mem::take(&mut own.waits);
                    let text = own.block(None, false).0;
                    own.waits = waits;
                    (text, true)
                });
                let otherwise = self.maybe(|own| (own.block(None, false).0, true));
                format!("if let Some(_) = half(Noisy({value}).get()) {inner} else {otherwise}")
            }
            3 => {
                let condition = self.maybe(|own| (own.operand(Ty::Bool), true));
                let inner = self.maybe(|own| (own.block(None, false).0, true));
                format!("if Noisy({value}).get() > 2 && {condition} {inner}")
            }
            _ => {
                let inner = self.maybe(|own| (own.block(None, false).0, true));
                format!("if Noisy({value}).get() > 2 {inner}")
            }
        }
    }
}
