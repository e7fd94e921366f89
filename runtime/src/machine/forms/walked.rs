//! The forms of iterators over a text, as they are, peeked at, or turned round.

use std::iter::{Peekable, Rev};
use std::marker::PhantomData;

use serde::{Deserialize, Serialize, Serializer};

use super::texts::{Rest, Walk};
use super::{Form, StoredForm};

/// What is stored: serde gives what is left, and it is opened once.
#[derive(Debug, Deserialize)]
#[serde(from = "Rest", bound = "")]
pub struct Held<W: Walk>(W::Kept);

impl<W: Walk> From<Rest> for Held<W> {
    fn from(rest: Rest) -> Self {
        Self(rest.into())
    }
}

/// The form of an iterator over a text.
#[derive(Debug)]
pub struct Walked<W>(PhantomData<W>);

/// The form of one that may have been peeked at.
#[derive(Debug)]
pub struct Peeked<W>(PhantomData<W>);

/// The form of one that goes from its end.
#[derive(Debug)]
pub struct Turned<W>(PhantomData<W>);

macro_rules! form {
    ($form:ident: $iterator:ty, $again:expr, $left:expr; $($bound:tt)*) => {
        impl<W: Walk> Form for $form<W>
        where
            $($bound)*
        {
            type Stored = Held<W>;
            type Open<'a> = &'a W::Kept;
            type Lent<'a> = $iterator;

            fn open(stored: &mut Held<W>) -> &W::Kept {
                &stored.0
            }

            fn lend<'a>(open: &'a mut &'a W::Kept) -> $iterator {
                $again(W::again(open))
            }
        }

        impl<W: Walk> StoredForm for $form<W>
        where
            $($bound)*
        {
            fn write<S: Serializer>(value: &Self::Lent<'_>, to: S) -> Result<S::Ok, S::Error> {
                $left(value).serialize(to)
            }
        }
    };
}

form!(Walked: W::Items<'a>, |items| items, W::left;);
form!(Peeked: Peekable<W::Items<'a>>, Iterator::peekable, |left: &Peekable<W::Items<'_>>| W::keep(left.clone()););
form! {
    Turned: Rev<W::Items<'a>>, Iterator::rev, turned::<W>;
    for<'i> W::Items<'i>: DoubleEndedIterator
}

fn turned<W: Walk>(left: &Rev<W::Items<'_>>) -> Rest
where
    for<'i> W::Items<'i>: DoubleEndedIterator,
{
    let items: Vec<W::Item<'_>> = left.clone().collect();
    W::keep(items.into_iter().rev())
}
