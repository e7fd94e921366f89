//! Items in the blocks of a flow.

use syn::{Block, Item, Stmt};

/// Whether a block has items that must be the same in all states, as types
/// must: the block's items then stand before the machine. Others stay in the
/// block, and are there again wherever it is opened again.
pub(crate) fn in_flow(block: &Block) -> bool {
    block.stmts.iter().any(|stmt| match stmt {
        Stmt::Item(Item::Const(_) | Item::Fn(_) | Item::Use(_) | Item::Macro(_)) => false,
        Stmt::Item(_) => true,
        _ => false,
    })
}
