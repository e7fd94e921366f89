//! Typed indices and the tables they index.
//!
//! A `LocalId` can only be looked up in a table of locals, and an id is the
//! proof that the row exists: only `Table::push` makes ids.

use std::marker::PhantomData;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) struct $name(usize);

        impl Id for $name {
            fn new(index: usize) -> Self {
                Self(index)
            }

            fn index(self) -> usize {
                self.0
            }
        }
    )+};
}

ids! {
    /// A local variable, argument or temporary of a flow.
    LocalId,
    /// An `.await`, in source order.
    PointId,
    /// A branch, loop or labelled block that holds an await.
    ConstructId,
    /// A node of the control-flow graph.
    NodeId,
    /// A state of the machine.
    StateId,
    /// An `async` block that is an operand: a machine in the flow's.
    BlockId,
}

/// An index into one kind of table.
pub(crate) trait Id: Copy {
    fn new(index: usize) -> Self;
    fn index(self) -> usize;
}

/// Rows in the order in which they were added.
#[derive(Debug, Clone)]
pub(crate) struct Table<I, T> {
    rows: Vec<T>,
    ids: PhantomData<I>,
}

impl<I: Id, T> Table<I, T> {
    pub(crate) fn new() -> Self {
        Self {
            rows: Vec::new(),
            ids: PhantomData,
        }
    }

    pub(crate) fn push(&mut self, row: T) -> I {
        self.rows.push(row);
        I::new(self.rows.len() - 1)
    }

    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = (I, &T)> {
        self.rows
            .iter()
            .enumerate()
            .map(|(index, row)| (I::new(index), row))
    }

    pub(crate) fn ids(&self) -> impl DoubleEndedIterator<Item = I> + use<I, T> {
        (0..self.rows.len()).map(I::new)
    }
}

impl<I: Id, T> std::ops::Index<I> for Table<I, T> {
    type Output = T;

    #[expect(
        clippy::indexing_slicing,
        reason = "the id is the proof that the row exists"
    )]
    fn index(&self, id: I) -> &T {
        &self.rows[id.index()]
    }
}

impl<I: Id, T> std::ops::IndexMut<I> for Table<I, T> {
    #[expect(
        clippy::indexing_slicing,
        reason = "the id is the proof that the row exists"
    )]
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.rows[id.index()]
    }
}
