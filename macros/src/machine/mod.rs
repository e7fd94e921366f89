//! `Plain`, `Graph` and `Live` to a machine: its states, what each keeps, and
//! the code of each as a tree that opens the blocks around it again.

mod ahead;
mod assemble;
mod captures;
mod paths;
#[cfg(test)]
mod pretty;
mod shape;
mod stale;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;

use crate::ids::{BlockId, ConstructId, LocalId, PointId, StateId, Table};
use crate::model::{Bind, Branch, Code, Fork, Jump, JumpKind, Match, Plain};

pub(crate) use assemble::assemble;
pub(crate) use captures::Captures;
#[cfg(test)]
pub(crate) use pretty::pretty;

/// A machine.
#[derive(Debug)]
pub(crate) struct Machine<'a> {
    pub(crate) plain: &'a Plain,
    pub(crate) states: Table<StateId, State<'a>>,
    /// The states in source order, so that each type is known where it is used.
    pub(crate) order: Vec<StateId>,
    /// How the locals around it come into each nested block.
    pub(crate) captures: Table<BlockId, Captures>,
    /// By entry.
    pub(crate) by_entry: BTreeMap<Entry, StateId>,
    /// What is stored, in the order of the shape: arguments first.
    pub(crate) stored: Vec<LocalId>,
    /// The locals of vague types that some state names ahead of what says them.
    pub(crate) ahead: BTreeSet<LocalId>,
    /// The hash of labels and stored names.
    pub(crate) fingerprint: u64,
}

impl Machine<'_> {
    /// The state that is entered by `entry`.
    pub(crate) fn id(&self, entry: Entry) -> StateId {
        *self
            .by_entry
            .get(&entry)
            .expect("`assemble` makes a state for each entry it reaches")
    }

    /// The place of a local in the list of stored ones.
    pub(crate) fn stored_index(&self, local: LocalId) -> u16 {
        let index = self.stored.iter().position(|stored| *stored == local);
        let index = index.expect("`shape` lists all that is kept in any state");
        u16::try_from(index).expect("`check::size` refuses flows that could have as many")
    }

    /// The states of the flow's own machine, or of a nested one, in source
    /// order.
    pub(crate) fn order_of(&self, block: Option<BlockId>) -> impl Iterator<Item = StateId> {
        let order = self.order.iter().copied();
        order.filter(move |id| self.states[*id].block() == block)
    }

    /// What a state keeps in its own machine's frame.
    pub(crate) fn stored_at(&self, state: &State<'_>) -> impl Iterator<Item = LocalId> {
        let captures = state.block().map(|block| &self.captures[block]);
        let kept = state.kept.union(&state.passed).copied();
        kept.filter(move |local| captures.is_none_or(|captures| !captures.has(self.plain, *local)))
    }

    /// The states that wait, in the order of their numbers.
    pub(crate) fn waits(&self) -> impl Iterator<Item = (PointId, &State<'_>)> {
        self.states
            .iter()
            .filter_map(|(_, state)| match state.entry {
                Entry::Resume(point) => Some((point, state)),
                Entry::Start | Entry::Head(_) | Entry::Join(_) | Entry::Block(_) => None,
            })
    }
}

impl State<'_> {
    /// The nested block whose machine it is a state of.
    pub(crate) fn block(&self) -> Option<BlockId> {
        self.within.last().copied()
    }

    /// What the state's code names of what comes in.
    pub(crate) fn restored(&self) -> impl Iterator<Item = LocalId> {
        self.kept.intersection(&self.mentions).copied()
    }

    /// Whether a local passes through as bytes.
    pub(crate) fn carries(&self, local: LocalId) -> bool {
        self.kept.contains(&local) && !self.mentions.contains(&local)
    }

    /// What comes in as values when the state is entered without waiting.
    pub(crate) fn slotted(&self) -> Vec<LocalId> {
        match self.entry {
            Entry::Start | Entry::Resume(_) | Entry::Block(_) => Vec::new(),
            Entry::Head(_) | Entry::Join(_) => self
                .restored()
                .filter(|local| !self.hidden.contains(local) && !self.lent.contains(local))
                .collect(),
        }
    }

    /// What comes in as bytes.
    pub(crate) fn encoded(&self) -> Vec<LocalId> {
        let slotted = self.slotted();
        self.kept
            .iter()
            .copied()
            .filter(|local| !slotted.contains(local))
            .collect()
    }
}

/// How a state is entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Entry {
    /// The flow begins.
    Start,
    /// An await has its outcome.
    Resume(PointId),
    /// A round of a loop begins.
    Head(ConstructId),
    /// A construct has ended.
    Join(ConstructId),
    /// A nested block begins.
    Block(BlockId),
}

/// A state of the machine.
#[derive(Debug)]
pub(crate) struct State<'a> {
    pub(crate) entry: Entry,
    /// The nested blocks that it lies in, innermost last.
    pub(crate) within: Vec<BlockId>,
    /// Where the await's outcome goes.
    pub(crate) outcome: Option<LocalId>,
    /// What it awaits, if that is several things.
    pub(crate) fork: Option<&'a Fork>,
    pub(crate) code: Vec<Piece<'a>>,
    /// The locals that its code names, with what derived ones are made from.
    pub(crate) mentions: BTreeSet<LocalId>,
    /// Those of them that stand in the user's own words.
    pub(crate) named: BTreeSet<LocalId>,
    /// What is live at its entry, derived locals too.
    pub(crate) live: BTreeSet<LocalId>,
    /// What must come in: live, with derived locals replaced by their roots.
    pub(crate) kept: BTreeSet<LocalId>,
    /// What is stored with it for the later states of the blocks it awaits.
    pub(crate) passed: BTreeSet<LocalId>,
    /// Those of `kept` that may be, or hold, borrows of what ends with a state.
    pub(crate) lent: BTreeSet<LocalId>,
    /// Those of `kept` whose name means another local at the entry.
    pub(crate) hidden: BTreeSet<LocalId>,
    /// What of `kept` may have been moved away before, and nobody needs, or may have
    /// been broken: whoever goes here fills it.
    pub(crate) stale: BTreeSet<LocalId>,
}

/// Code of a state.
#[derive(Debug)]
pub(crate) enum Piece<'a> {
    Items(&'a TokenStream),
    Run(&'a Code),
    Assign {
        to: LocalId,
        value: &'a Code,
    },
    Return(&'a Code),
    Jump(Jump),
    Bind {
        bind: &'a Bind,
        otherwise: Option<Vec<Piece<'a>>>,
    },
    /// The locals of an enclosing scope that are bound before the entry.
    Declare(&'a [LocalId]),
    /// A derived binding that is made again.
    Rebind(&'a Bind),
    Scope {
        is_unsafe: bool,
        body: Vec<Piece<'a>>,
    },
    If {
        branch: &'a Branch,
        then: Vec<Piece<'a>>,
        otherwise: Option<Vec<Piece<'a>>>,
    },
    /// The branch is entered in the middle: `again` tests its condition once
    /// more to make its bindings.
    Then {
        branch: &'a Branch,
        body: Vec<Piece<'a>>,
    },
    Match {
        matched: &'a Match,
        arms: Vec<Vec<Piece<'a>>>,
    },
    /// One arm is entered in the middle.
    Arm {
        matched: &'a Match,
        arm: usize,
        body: Vec<Piece<'a>>,
    },
    Labelled {
        kind: JumpKind,
        construct: ConstructId,
        body: Vec<Piece<'a>>,
    },
    Suspend {
        point: PointId,
        op: &'a Code,
    },
    Fork(&'a Fork),
    Goto(Entry),
}

/// Calls `visit` for each way out of `code`.
pub(crate) fn exits(code: &[Piece<'_>], visit: &mut impl FnMut(Entry)) {
    pieces(code, &mut |piece| match piece {
        Piece::Suspend { point, .. } => visit(Entry::Resume(*point)),
        Piece::Fork(fork) => {
            visit(Entry::Resume(fork.point));
            fork.blocks().for_each(|(_, id, _)| visit(Entry::Block(id)));
        }
        Piece::Goto(entry) => visit(*entry),
        Piece::Items(_)
        | Piece::Run(_)
        | Piece::Assign { .. }
        | Piece::Return(_)
        | Piece::Jump(_)
        | Piece::Bind { .. }
        | Piece::Declare(_)
        | Piece::Rebind(_)
        | Piece::Scope { .. }
        | Piece::If { .. }
        | Piece::Then { .. }
        | Piece::Match { .. }
        | Piece::Arm { .. }
        | Piece::Labelled { .. } => {}
    });
}

/// Calls `visit` for each piece of `code`, those inside of others too, in order.
pub(crate) fn pieces<'p>(code: &'p [Piece<'_>], visit: &mut dyn FnMut(&'p Piece<'_>)) {
    for piece in code {
        visit(piece);
        match piece {
            Piece::Bind { otherwise, .. } => {
                pieces(otherwise.as_deref().unwrap_or_default(), visit);
            }
            Piece::Scope { body, .. }
            | Piece::Then { body, .. }
            | Piece::Arm { body, .. }
            | Piece::Labelled { body, .. } => pieces(body, visit),
            Piece::If {
                then, otherwise, ..
            } => {
                pieces(then, visit);
                pieces(otherwise.as_deref().unwrap_or_default(), visit);
            }
            Piece::Match { arms, .. } => arms.iter().for_each(|arm| pieces(arm, visit)),
            Piece::Items(_)
            | Piece::Run(_)
            | Piece::Assign { .. }
            | Piece::Return(_)
            | Piece::Jump(_)
            | Piece::Declare(_)
            | Piece::Rebind(_)
            | Piece::Suspend { .. }
            | Piece::Fork(_)
            | Piece::Goto(_) => {}
        }
    }
}
