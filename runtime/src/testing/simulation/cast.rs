//! Who plays the actions in a simulation.

use std::marker::PhantomData;

use super::Simulation;
use super::fake::{Answer, Fake, Part};
use crate::action::{Action, ActionCx};

impl Simulation {
    /// Lets `function` play the action `A`: it gets the arguments of each attempt, as a
    /// tuple, and gives what the attempt returns. What the first attempts of each call
    /// come to, and how long they take, is said by the methods of [`Fake`].
    ///
    /// A panic of `function` is one of the test, not of the action; for that see
    /// [`Fake::panics`].
    pub fn fake<A: Action>(
        &mut self,
        mut function: impl FnMut(A::Arguments) -> A::Output + 'static,
    ) -> Fake<'_, A> {
        self.play_by(Part::function::<A>(move |_, _, arguments| {
            function(arguments)
        }))
    }

    /// The same with a world that fakes share, and with what the body of an action can
    /// know of its attempt.
    ///
    /// # Panics
    ///
    /// The test panics at the first call when there is no such
    /// [world](Self::with_world).
    ///
    /// # Examples
    ///
    /// ```
    /// use std::collections::BTreeMap;
    ///
    /// use flowstone::prelude::*;
    /// use flowstone::testing::Simulation;
    ///
    /// #[action]
    /// async fn charge(cents: u64) {
    ///     # let _ = cents;
    ///     unimplemented!("asks the bank")
    /// }
    ///
    /// #[flow]
    /// async fn pay() {
    ///     charge(100).await;
    ///     charge(200).await;
    /// }
    ///
    /// /// What was paid, by idempotency key.
    /// #[derive(Debug, Clone, PartialEq, Default)]
    /// struct Bank(BTreeMap<String, u64>);
    ///
    /// let mut sim = Simulation::new(7);
    /// sim.with_world(Bank::default());
    /// sim.fake_in::<charge, Bank>(|bank, cx, (cents,)| {
    ///     bank.0.insert(cx.idempotency_key(), cents);
    /// });
    /// sim.crash_everywhere(pay); // at each crash the bank comes to the same
    /// assert_eq!(sim.world::<Bank>().0.values().sum::<u64>(), 300);
    /// ```
    pub fn fake_in<A: Action, W: 'static>(
        &mut self,
        mut function: impl FnMut(&mut W, &ActionCx, A::Arguments) -> A::Output + 'static,
    ) -> Fake<'_, A> {
        let part = Part::function::<A>(move |worlds, cx, arguments| {
            function(worlds.get_mut(), cx, arguments)
        });
        self.play_by(part)
    }

    fn play_by<A: Action>(&mut self, part: Part) -> Fake<'_, A> {
        let name = A::DEF.name;
        self.parts.insert(name, part);
        match self.parts.get_mut(name) {
            Some(Part::Fake(part)) => Fake {
                part,
                action: PhantomData,
            },
            _ => unreachable!("a fake was just put there"),
        }
    }

    /// Lets a script play the action `A`: each attempt, in the order in which they
    /// begin, gets the next answer. After a crash, an attempt whose call lost its answer
    /// gets that one again.
    ///
    /// # Panics
    ///
    /// The test panics when the script has no answer left for an attempt.
    pub fn script<A: Action>(&mut self, answers: impl IntoIterator<Item = Answer<A>>) {
        self.parts.insert(A::DEF.name, Part::script(answers));
    }

    /// Lets the action `A` run for real. It takes no time in the simulation.
    ///
    /// A plain `fn` runs in the test's thread. What the body needs is provided by
    /// [`with_engine`](Self::with_engine). A body that waits for what only a runtime
    /// brings (a timer or a socket of tokio) panics or never ends: fake such an action.
    pub fn real<A: Action>(&mut self) {
        self.parts.insert(A::DEF.name, Part::Real);
    }
}
