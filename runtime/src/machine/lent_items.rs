//! What a `for` loop keeps of the items of an owned iterator: they are collected
//! when the loop begins, of each the form in which it is stored. Of borrowed items
//! each round borrows a copy.

use serde::{Deserialize, Serialize};

use super::forms::FormOf;
use super::forms::{Form, StoredForm, Written};
use super::items::{Items, Iterated, Queue};

/// Iterators that are no ranges.
pub trait ViaItems {
    /// The iterator.
    type Source: IntoIterator;

    /// Takes it.
    fn source(&self) -> Self::Source;

    /// Collects the items.
    #[track_caller]
    fn keep<'a, F>(&self, _form: FormOf<F>) -> LentItems<F>
    where
        F: StoredForm,
        Self::Source: IntoIterator<Item = F::Lent<'a>>,
    {
        let items = self.source().into_iter();
        assert!(
            items.size_hint().0 < usize::MAX,
            "a `for` loop with an `.await` in its body was given an endless iterator; \
             use `loop`, or a range such as `0..`"
        );
        let items: Vec<F::Lent<'a>> = items.collect();
        LentItems(Queue::of(items.iter().map(Written::<F>)))
    }
}

impl<I: IntoIterator> ViaItems for &Iterated<I> {
    type Source = I;

    fn source(&self) -> I {
        self.take()
    }
}

/// Items that are left, of a form in which each is lent.
#[derive(Debug, Serialize, Deserialize)]
#[serde(bound(serialize = "", deserialize = ""))]
pub struct LentItems<F: Form>(Queue<F::Stored>);

impl<F: StoredForm> Items for LentItems<F> {
    type Slot = Option<F::Stored>;
    type Open<'s> = F::Open<'s>;
    type Item<'s> = F::Lent<'s>;

    fn next_item<'s>(
        &mut self,
        slot: &'s mut Option<F::Stored>,
        open: &'s mut Option<F::Open<'s>>,
    ) -> Option<F::Lent<'s>> {
        *slot = self.0.next();
        *open = slot.as_mut().map(F::open);
        open.as_mut().map(F::lend)
    }
}
