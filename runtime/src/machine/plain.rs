//! What a machine asks of the plain copy of its flow: that rustc checks it first.
//! Where something is wrong there, the machine has no types, so that nothing is
//! said twice.

/// Has rustc find out what `impl` hides, and so check the function it is of.
pub fn is_send(_: impl Send) {}

/// Zero, since the copy gives `()`. Behind an error it gives nothing that has a size,
/// and the constant that asks for it has no value.
#[must_use]
pub const fn size_of_result<R>(_: fn() -> R) -> usize {
    size_of::<R>()
}

/// A plain copy whose result has this size.
#[derive(Debug)]
pub struct PlainCopy<const SIZE: usize>;

/// What stands behind a plain copy.
pub trait Behind<T> {
    /// Its type, if the copy is right.
    type Value;
    /// Gives it back.
    fn give(value: T) -> Self::Value;
}

impl<T> Behind<T> for PlainCopy<0> {
    type Value = T;

    fn give(value: T) -> T {
        value
    }
}

/// Gives back `value`: without a type, if the size has no value.
pub fn behind<const SIZE: usize, T>(value: T) -> <PlainCopy<SIZE> as Behind<T>>::Value
where
    PlainCopy<SIZE>: Behind<T>,
{
    <PlainCopy<SIZE>>::give(value)
}
