//! What stands on the left of `+=` and its like, while the right side awaits.
//!
//! Of a primitive type the right side is evaluated first, of any other the left one
//! ([reference][order]); a macro does not see types. What is no number is refused: it
//! would be borrowed over the `.await`.
//!
//! [order]: https://doc.rust-lang.org/reference/expressions/operator-expr.html#evaluation-order-of-operands

/// A primitive type with operators.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no number, so this side is evaluated before the `.await` on the right",
    label = "borrowed over an `.await`",
    note = "await before: `let value = ...await;`, then assign with `value`"
)]
pub trait Number {
    /// A place of it.
    fn number(place: &mut Self) -> &mut Self {
        place
    }
}

macro_rules! numbers {
    ($($ty:ty)*) => {$(
        impl Number for $ty {}
    )*};
}

numbers!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64 bool);
