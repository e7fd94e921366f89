//! What stands for an action in a simulation: a function, a script, or the
//! action's own body.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

use super::worlds::Worlds;
use crate::action::{Action, ActionCx, ActionFailure};
use crate::engine::{Attempt, reported};
use crate::payload::Fields;
use crate::turn::Report;

/// What an attempt comes to, and after how long.
pub(super) struct Answered {
    pub(super) report: Report,
    pub(super) takes: Duration,
}

/// Who plays an action.
pub(super) enum Part {
    Fake(Played),
    Script(Scripted),
    Real,
}

pub(super) struct Played {
    /// What the first attempts of each call come to, and how many these are.
    first: Vec<(u32, Report)>,
    then: Box<Function>,
    takes: Duration,
}

pub(super) struct Scripted {
    answers: Vec<(Report, Duration)>,
    next: usize,
    /// Which answer each attempt got, by its call's idempotency key.
    given: BTreeMap<(String, u32), usize>,
    /// The answers that a crash lost, by call: its next attempt gets it again.
    lost: BTreeMap<String, usize>,
}

type Function = dyn FnMut(&mut Worlds, &ActionCx, &Fields) -> Report;

/// A fake of the action `A`: see [`Simulation::fake`](super::Simulation::fake).
pub struct Fake<'a, A> {
    pub(super) part: &'a mut Played,
    pub(super) action: PhantomData<fn() -> A>,
}

impl<A: Action> Fake<'_, A> {
    /// Lets the next `attempts` attempts of each call come to `output`, an `Err`
    /// usually, before the function is asked.
    ///
    /// Attempts are counted for each call by itself. What follows an `Err` is as the
    /// action's policy says.
    ///
    /// # Panics
    ///
    /// When `output` cannot be stored.
    pub fn fails_times(&mut self, attempts: u32, output: A::Output) -> &mut Self {
        self.part.first.push((attempts, outcome::<A>(output)));
        self
    }

    /// Lets the next `attempts` attempts of each call panic before the function is
    /// asked.
    pub fn panics_times(&mut self, attempts: u32, message: &str) -> &mut Self {
        self.part.first.push((attempts, panicking(message)));
        self
    }

    /// Lets all further attempts of each call panic: the function is not asked.
    pub fn panics(&mut self, message: &str) -> &mut Self {
        self.panics_times(u32::MAX, message)
    }

    /// Lets each attempt take so long, in the time of the simulation. Default: none.
    /// One that takes longer than the action's `timeout` times out; what the function
    /// did is done all the same. One of [`Duration::MAX`] never ends.
    pub fn takes(&mut self, time: Duration) -> &mut Self {
        self.part.takes = time;
        self
    }
}

impl<A: Action> fmt::Debug for Fake<'_, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fake<{}>", A::DEF.name)
    }
}

/// What an attempt of `A` comes to, in a script: see
/// [`Simulation::script`](super::Simulation::script).
pub struct Answer<A> {
    report: Report,
    takes: Duration,
    action: PhantomData<fn() -> A>,
}

impl<A: Action> Answer<A> {
    /// It returns this.
    ///
    /// # Panics
    ///
    /// When `output` cannot be stored.
    #[must_use]
    pub fn gives(output: A::Output) -> Self {
        Self::of(outcome::<A>(output))
    }

    /// It panics.
    #[must_use]
    pub fn panics(message: &str) -> Self {
        Self::of(panicking(message))
    }

    /// It takes so long. Default: no time.
    #[must_use]
    pub fn after(self, takes: Duration) -> Self {
        Self { takes, ..self }
    }

    fn of(report: Report) -> Self {
        Self {
            report,
            takes: Duration::ZERO,
            action: PhantomData,
        }
    }
}

impl<A: Action> fmt::Debug for Answer<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Answer<{}>({:?})", A::DEF.name, self.report)
    }
}

impl Part {
    /// A function of the arguments, the attempt and a world.
    pub(super) fn function<A: Action>(
        mut function: impl FnMut(&mut Worlds, &ActionCx, A::Arguments) -> A::Output + 'static,
    ) -> Self {
        let then =
            move |worlds: &mut Worlds, cx: &ActionCx, fields: &Fields| match A::arguments(fields) {
                Ok(arguments) => outcome::<A>(function(worlds, cx, arguments)),
                Err(problem) => reported(Ok(problem)),
            };
        Self::Fake(Played {
            first: Vec::new(),
            then: Box::new(then),
            takes: Duration::ZERO,
        })
    }

    pub(super) fn script<A: Action>(answers: impl IntoIterator<Item = Answer<A>>) -> Self {
        let answers = answers.into_iter();
        Self::Script(Scripted {
            answers: answers
                .map(|answer| (answer.report, answer.takes))
                .collect(),
            next: 0,
            given: BTreeMap::new(),
            lost: BTreeMap::new(),
        })
    }

    /// Begins anew, for another run.
    pub(super) fn rewind(&mut self) {
        if let Self::Script(script) = self {
            script.next = 0;
            script.given.clear();
            script.lost.clear();
        }
    }

    /// The process ended; what these attempts came to was not stored.
    pub(super) fn lose(&mut self, attempts: &BTreeSet<(String, u32)>) {
        if let Self::Script(script) = self {
            for (attempt, answer) in std::mem::take(&mut script.given) {
                if attempts.contains(&attempt) {
                    script.lost.insert(attempt.0, answer);
                }
            }
        }
    }

    /// What the attempt comes to; `None` when its own body must say.
    pub(super) fn answer(
        &mut self,
        attempt: &Attempt,
        cx: &ActionCx,
        worlds: &mut Worlds,
    ) -> Option<Answered> {
        match self {
            Self::Real => None,
            Self::Fake(played) => Some(played.answer(cx, &attempt.request.arguments, worlds)),
            Self::Script(script) => Some(script.answer(attempt, cx)),
        }
    }
}

impl Played {
    fn answer(&mut self, cx: &ActionCx, fields: &Fields, worlds: &mut Worlds) -> Answered {
        let mut left = cx.attempt();
        let first = self.first.iter().find(|(attempts, _)| {
            let is_among = left <= *attempts;
            left = left.saturating_sub(*attempts);
            is_among
        });
        let report = match first {
            Some((_, report)) => report.clone(),
            None => (self.then)(worlds, cx, fields),
        };
        let takes = self.takes;
        Answered { report, takes }
    }
}

impl Scripted {
    fn answer(&mut self, attempt: &Attempt, cx: &ActionCx) -> Answered {
        let key = cx.idempotency_key();
        let number = self.lost.remove(&key).unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        let Some((report, takes)) = self.answers.get(number) else {
            panic!(
                "the script of `{}` has {} answers, and attempt {} of {key} is one more: {}",
                attempt.def.name,
                self.answers.len(),
                attempt.number,
                attempt.request.arguments.to_json(),
            );
        };
        self.given.insert((key, attempt.number), number);
        Answered {
            report: report.clone(),
            takes: *takes,
        }
    }
}

#[track_caller]
fn outcome<A: Action>(output: A::Output) -> Report {
    let report = reported(Ok(A::outcome(output)));
    if let Report::Unusable(problem) = &report {
        panic!("the fake of `{}`: {problem}", A::DEF.name);
    }
    report
}

fn panicking(message: &str) -> Report {
    let message = message.to_owned();
    Report::Broken(ActionFailure::Panicked { message })
}
