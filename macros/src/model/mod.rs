//! Our own words for the user's program: as written ([`Flow`]) and with all
//! sugar gone ([`Plain`]). syn serves for leaves only: types and expressions.

mod flow;
mod fork;
mod local;
mod places;
mod plain;
#[cfg(test)]
mod pretty;

pub(crate) use flow::{Allow, Flow, FlowArgs, Param};
pub(crate) use fork::{Fork, Nested, Operand, OperandKind, Role};
pub(crate) use local::{Local, LocalKind, Part};
pub(crate) use plain::{
    Arm, Bind, Block, Branch, Code, Cond, Jump, JumpKind, Labelled, Let, Loop, Match, Otherwise,
    Plain, Point, Stmt,
};
#[cfg(test)]
pub(crate) use pretty::pretty;
