//! Several operations that are awaited at once, in plain form.

use std::collections::BTreeSet;

use super::{Block, Code};
use crate::ids::{BlockId, Id, LocalId, PointId};
use crate::syntax::fork::Kind;

/// `flow::join!`, `flow::try_join!` or `flow::race!`.
#[derive(Debug, Clone)]
pub(crate) struct Fork {
    pub(crate) into: LocalId,
    pub(crate) point: PointId,
    pub(crate) kind: Kind,
    pub(crate) operands: Vec<Operand>,
}

/// An operand of a fork.
#[derive(Debug, Clone)]
pub(crate) struct Operand {
    pub(crate) point: PointId,
    pub(crate) kind: OperandKind,
}

/// The kinds of operands.
#[derive(Debug, Clone)]
pub(crate) enum OperandKind {
    Op(Code),
    Block(BlockId, Block),
}

impl Fork {
    /// The `async` blocks among its operands.
    pub(crate) fn blocks(&self) -> impl Iterator<Item = (usize, BlockId, &Block)> {
        let operands = self.operands.iter().enumerate();
        operands.filter_map(|(at, operand)| match &operand.kind {
            OperandKind::Op(_) => None,
            OperandKind::Block(id, block) => Some((at, *id, block)),
        })
    }

    /// The operations among its operands.
    pub(crate) fn ops(&self) -> impl Iterator<Item = &Code> {
        self.operands
            .iter()
            .filter_map(|operand| match &operand.kind {
                OperandKind::Op(code) => Some(code),
                OperandKind::Block(..) => None,
            })
    }
}

/// An `async` block that is an operand.
#[derive(Debug, Clone)]
pub(crate) struct Nested {
    /// Whether it is `async move`.
    pub(crate) moves: bool,
    /// The locals that are bound in it: the first, and the first behind them.
    pub(crate) locals: (usize, usize),
    /// The locals around it that it may change, also in part or through a borrow.
    pub(crate) writes: BTreeSet<LocalId>,
}

impl Nested {
    /// Whether a local that is no part is bound in the block.
    pub(crate) fn binds(&self, local: LocalId) -> bool {
        (self.locals.0..self.locals.1).contains(&local.index())
    }
}

/// What a point is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// An `.await` of one operation.
    Await,
    /// A `join!`, `try_join!` or `race!`.
    Fork,
    /// An operation that is an operand of one.
    Operand,
    /// An `async` block that is.
    Block,
}
