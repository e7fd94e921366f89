//! The ways that are open while a body is walked, and the points that they lead to.

use std::collections::BTreeSet;

use syn::visit::Visit;
use syn::{Block, Label};

use super::{Point, Sketch, Way};

/// So many ways are drawn to one point; more meet before it.
const MOST: usize = 4;

/// A way that has begun and leads nowhere yet.
#[derive(Debug, Clone)]
pub(super) struct Open {
    pub(super) from: usize,
    /// What must hold.
    pub(super) when: Vec<String>,
    /// Whether it begins an operand of a fork.
    pub(super) is_operand: bool,
}

impl Open {
    pub(super) fn from(from: usize) -> Self {
        Self {
            from,
            when: Vec::new(),
            is_operand: false,
        }
    }

    /// To an operand of the fork that `fork` is.
    pub(super) fn operand(fork: usize) -> Self {
        Self {
            is_operand: true,
            ..Self::from(fork)
        }
    }
}

/// A loop or block that can be left or begun again.
pub(super) struct Target {
    pub(super) label: Option<String>,
    /// Its first point, if it is a loop.
    pub(super) head: Option<usize>,
    /// The ways out of it.
    pub(super) left: Vec<Open>,
}

pub(super) struct Drawer {
    pub(super) sketch: Sketch,
    /// The ways that have been drawn.
    pub(super) known: BTreeSet<Way>,
    /// The ways on which control may be.
    pub(super) open: Vec<Open>,
    /// Where a `return` leads.
    pub(super) end: usize,
    pub(super) targets: Vec<Target>,
}

impl Drawer {
    /// Leads all open ways to `to`.
    pub(super) fn lead_to(&mut self, to: usize) {
        for open in std::mem::take(&mut self.open) {
            self.way(&open, to);
        }
    }

    pub(super) fn way(&mut self, open: &Open, to: usize) {
        let way = Way {
            from: open.from,
            to,
            when: open.when.join(", "),
            is_operand: open.is_operand,
        };
        if self.known.insert(way.clone()) {
            self.sketch.ways.push(way);
        }
    }

    /// A point on all open ways.
    pub(super) fn point(&mut self, point: Point) -> usize {
        if self.open.len() > MOST && !matches!(point, Point::Meeting) {
            self.point(Point::Meeting);
        }
        let id = self.sketch.points.len();
        self.sketch.points.push(point);
        self.lead_to(id);
        self.open = vec![Open::from(id)];
        id
    }

    /// Runs `visit` on the ways `on` which `when` holds, and gives those that come out.
    pub(super) fn branch(
        &mut self,
        on: &[Open],
        when: &str,
        visit: impl FnOnce(&mut Self),
    ) -> Vec<Open> {
        self.open = on.to_vec();
        for open in &mut self.open {
            open.when.push(when.to_owned());
        }
        visit(self);
        std::mem::take(&mut self.open)
    }

    /// Goes on on all of `ways`; of those that came from one point, what they had in common
    /// holds.
    pub(super) fn meet(&mut self, ways: Vec<Open>) {
        self.open.clear();
        for way in ways {
            match self.open.iter_mut().find(|open| open.from == way.from) {
                Some(open) => {
                    let both = open.when.iter().zip(&way.when);
                    let common = both.take_while(|(one, other)| one == other).count();
                    open.when.truncate(common);
                }
                None => self.open.push(way),
            }
        }
    }

    pub(super) fn target(
        &mut self,
        label: Option<&Label>,
        head: Option<usize>,
        visit: impl FnOnce(&mut Self),
    ) -> Vec<Open> {
        self.targets.push(Target {
            label: label.map(|label| label.name.ident.to_string()),
            head,
            left: Vec::new(),
        });
        visit(self);
        self.targets
            .pop()
            .map_or_else(Vec::new, |target| target.left)
    }

    pub(super) fn find(&mut self, label: Option<&syn::Lifetime>) -> Option<&mut Target> {
        let mut inner_first = self.targets.iter_mut().rev();
        inner_first.find(|target| match label {
            Some(label) => target
                .label
                .as_ref()
                .is_some_and(|name| label.ident == name),
            None => target.head.is_some(),
        })
    }

    /// A loop that awaits: `head` says over what.
    pub(super) fn round(
        &mut self,
        label: Option<&Label>,
        head: Point,
        visit: impl FnOnce(&mut Self),
    ) {
        let head = self.point(head);
        let mut left = self.target(label, Some(head), |own| {
            visit(own);
        });
        left.append(&mut self.open);
        self.meet(left);
    }

    /// Rounds of `body` on the ways that `each` is true of; the others go on.
    pub(super) fn rounds(&mut self, each: &str, done: &str, body: &Block) {
        let on = std::mem::take(&mut self.open);
        let again = self.branch(&on, each, |own| own.visit_block(body));
        self.open = again;
        if let Some(head) = self.targets.last().and_then(|target| target.head) {
            self.lead_to(head);
        }
        self.open = self.branch(&on, done, |_| {});
    }
}
