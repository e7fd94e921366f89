//! What types are made of, and the forms that follow from it: the table of all types that
//! are not stored by their own `Serialize`.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, VecDeque};
use std::iter::{Enumerate, Peekable, Rev};
use std::ops::RangeInclusive;
use std::path::Path;
use std::str::{CharIndices, Chars, Lines, Split, SplitAsciiWhitespace, SplitWhitespace};
use std::{slice, vec};

use super::asked::{Joins, Made, Whole};
use super::forms::{
    Array, ByAsciiWord, ByChar, ByIndex, ByLine, ByNumber, ByPart, ByWord, Cowed, Deque, Either,
    Exclusive, Heap, Inclusive, Left, LeftOf, LeftOfPeeked, LeftOfTurned, LeftPeeked, LeftTurned,
    List, Map, Maybe, Own, Pair, Peeked, Ref, Reversed, Seen, Set, Slice, Triple, Turned, Walked,
};

/// A type, what it is made of, and its form if its parts are of the forms `FA` and `FB`.
macro_rules! made {
    ($([$($generics:tt)*] $ty:ty: $first:ty, $second:ty => $form:ty;)+) => {$(
        impl<$($generics)*> Made for $ty {
            type First = $first;
            type Second = $second;
        }

        impl<FA, FB, $($generics)*> Joins<FA, FB> for $ty {
            type Form = $form;
        }
    )+};
}

made! {
    [T] Whole<T>: (), () => Own<T>;
    [A] &A: A, () => Seen<FA>;
    [] &str: (), () => Ref<str>;
    [] &Path: (), () => Ref<Path>;
    [A] &[A]: A, () => Slice<FA>;
    [T: ?Sized] &mut T: (), () => Exclusive<T>;
    [T: ToOwned + ?Sized] Cow<'_, T>: (), () => Cowed<T>;
    [A] Option<A>: A, () => Maybe<FA>;
    [A, B] Result<A, B>: A, B => Either<FA, FB>;
    [A] Vec<A>: A, () => List<FA>;
    [A] VecDeque<A>: A, () => Deque<FA>;
    [A] BinaryHeap<A>: A, () => Heap<FA>;
    [A] Reverse<A>: A, () => Reversed<FA>;
    [A, const N: usize] [A; N]: A, () => Array<FA, N>;
    [A] BTreeSet<A>: A, () => Set<FA>;
    [A, B] BTreeMap<A, B>: A, B => Map<FA, FB>;
    [A, B] (A, B): A, B => Pair<FA, FB>;
    [A] vec::IntoIter<A>: A, () => Left<FA>;
    [A] slice::Iter<'_, A>: A, () => LeftOf<FA>;
    [A] RangeInclusive<A>: (), () => Inclusive<A>;
    [A] Peekable<vec::IntoIter<A>>: A, () => LeftPeeked<FA>;
    [A] Peekable<slice::Iter<'_, A>>: A, () => LeftOfPeeked<FA>;
    [A] Rev<vec::IntoIter<A>>: A, () => LeftTurned<FA>;
    [A] Rev<slice::Iter<'_, A>>: A, () => LeftOfTurned<FA>;
}

/// The same of iterators over a text, which may be peeked at.
macro_rules! walks {
    ($($ty:ty => $walk:ty;)+) => {
        made! {
            $([] $ty: (), () => Walked<$walk>; [] Peekable<$ty>: (), () => Peeked<$walk>;)+
        }
    };
}

walks! {
    Chars<'_> => ByChar;
    CharIndices<'_> => ByIndex;
    Enumerate<Chars<'_>> => ByNumber;
    Lines<'_> => ByLine;
    SplitWhitespace<'_> => ByWord;
    SplitAsciiWhitespace<'_> => ByAsciiWord;
    Split<'_, char> => ByPart<char>;
    Split<'_, &str> => ByPart<&'static str>;
}

made! {
    [] Rev<Chars<'_>>: (), () => Turned<ByChar>;
    [] Rev<CharIndices<'_>>: (), () => Turned<ByIndex>;
    [] Rev<Lines<'_>>: (), () => Turned<ByLine>;
    [] Rev<SplitWhitespace<'_>>: (), () => Turned<ByWord>;
    [] Rev<Split<'_, char>>: (), () => Turned<ByPart<char>>;
}

impl<A, B, C> Made for (A, B, C) {
    type First = A;
    type Second = (B, C);
}

impl<A, B, C, FA, FB, FC> Joins<FA, Pair<FB, FC>> for (A, B, C) {
    type Form = Triple<FA, FB, FC>;
}

impl<A, B, C, FA> Joins<FA, Own<(B, C)>> for (A, B, C) {
    type Form = Triple<FA, Own<B>, Own<C>>;
}
