//! Where the ways through code lead elsewhere: out of loops and labelled blocks.

use syn::{ExprBreak, ExprContinue, Label, Lifetime};

use super::assigned::Way;
use super::ways::{At, Open};

impl Way<'_> {
    pub(super) fn go_on(&mut self, at: At, jump: &ExprContinue) -> At {
        if self.target(jump.label.as_ref()).is_none() {
            self.left = self.left.or(at);
        }
        At::Nowhere
    }

    pub(super) fn leave(&mut self, at: At, jump: &ExprBreak) -> At {
        let value = jump.expr.as_deref();
        let at = value.map_or(at, |value| self.expr(at, value));
        match self.target(jump.label.as_ref()) {
            Some(open) => open.left = open.left.or(at),
            None => self.left = self.left.or(at),
        }
        At::Nowhere
    }

    /// The open loop or block that a jump leads out of, or on with.
    fn target(&mut self, label: Option<&Lifetime>) -> Option<&mut Open> {
        let label = label.map(|label| label.ident.to_string());
        let mut open = self.open.iter_mut().rev();
        open.find(|open| match &label {
            None => open.is_loop,
            Some(_) => open.label == label,
        })
    }

    pub(super) fn inside(
        &mut self,
        label: Option<&Label>,
        is_loop: bool,
        visit: impl FnOnce(&mut Self) -> At,
    ) -> At {
        self.open.push(Open {
            label: label.map(|label| label.name.ident.to_string()),
            is_loop,
            left: At::Nowhere,
        });
        let at = visit(self);
        let left = self.open.pop().map_or(At::Nowhere, |open| open.left);
        at.or(left)
    }

    /// Behind code that may jump to anywhere.
    pub(super) fn unknown(&mut self, at: At) -> At {
        self.left = self.left.or(at);
        for open in &mut self.open {
            open.left = open.left.or(at);
        }
        at
    }
}
