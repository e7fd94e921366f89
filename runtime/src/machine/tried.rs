//! The operands of a `try_join!`: only what can fail is one.

/// What an operand of a `try_join!` comes to: a `Result`.
#[diagnostic::on_unimplemented(
    message = "this operand of `flow::try_join!` cannot fail: it comes to `{Self}`",
    label = "comes to no `Result`",
    note = "await it in a `flow::join!`, or let an `async` block that awaits it end with `Ok(..)`"
)]
pub trait MayFail {
    /// What it comes to if all is well.
    type Value;
    /// What it comes to otherwise.
    type Error;
    /// It.
    ///
    /// # Errors
    ///
    /// What the operand says.
    fn tried(self) -> Result<Self::Value, Self::Error>;
}

impl<T, E> MayFail for Result<T, E> {
    type Value = T;
    type Error = E;

    fn tried(self) -> Self {
        self
    }
}
