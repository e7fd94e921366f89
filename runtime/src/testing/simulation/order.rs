//! In which order things happen that could happen at the same time: drawn from a
//! seed, or each order in turn.

use crate::engine::Sent;
use crate::testing::rng::Rng;

/// Something that can happen now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// The engine takes turns: somebody sent it something.
    Turns,
    /// The engine commits.
    Commit,
    /// An attempt begins, by its place among those that are held.
    Begin(usize),
    /// The test goes on.
    Test,
    /// The engine does what it is time for.
    Timers,
    /// The engine takes a message or a cancel that was sent.
    Sent(Sent),
    /// An attempt ends, or its body goes on, by its place among those that run.
    GoOn(usize),
}

pub(super) enum Order {
    /// All of it in an order drawn from a seed.
    Drawn(Rng),
    /// The engine and the test go on as far as they can; then what comes from
    /// outside arrives in the order of a path.
    Listed(Path),
}

/// The choices of a run, of which there is one wherever several things could arrive.
#[derive(Debug, Clone, Default)]
pub(super) struct Path {
    choices: Vec<Choice>,
    /// How many were made.
    at: usize,
}

#[derive(Debug, Clone, Copy)]
struct Choice {
    taken: usize,
    of: usize,
}

impl Order {
    pub(super) fn pick(&mut self, options: &[Next]) -> Option<Next> {
        match self {
            Self::Drawn(_) if options.is_empty() => None,
            Self::Drawn(rng) => options.get(rng.below(options.len())).copied(),
            Self::Listed(path) => path.pick(options),
        }
    }

    /// Whether messages and cancels arrive when they are picked, not in the order of all
    /// events.
    pub(super) fn holds_what_is_sent(&self) -> bool {
        matches!(self, Self::Listed(_))
    }

    /// How many events the engine takes at once, at most so many.
    pub(super) fn events(&mut self, most: usize) -> usize {
        match self {
            Self::Drawn(rng) => 1 + rng.below(most),
            Self::Listed(_) => 1,
        }
    }
}

impl Path {
    /// A path that begins with these choices.
    pub(super) fn of(choices: &[usize]) -> Self {
        let choices = choices.iter().map(|taken| Choice {
            taken: *taken,
            of: usize::MAX,
        });
        Self {
            choices: choices.collect(),
            at: 0,
        }
    }

    fn pick(&mut self, options: &[Next]) -> Option<Next> {
        let arrives = |next: &&Next| matches!(next, Next::Timers | Next::Sent(_) | Next::GoOn(_));
        if let Some(next) = options.iter().find(|next| !arrives(next)) {
            return Some(*next);
        }
        if options.len() < 2 {
            return options.first().copied();
        }
        let of = options.len();
        if self.at == self.choices.len() {
            self.choices.push(Choice { taken: 0, of });
        }
        let choice = self.choices.get_mut(self.at)?;
        choice.of = of;
        self.at += 1;
        options.get(choice.taken.min(of - 1)).copied()
    }

    /// The next path, depth first; `None` after the last.
    pub(super) fn next(mut self) -> Option<Self> {
        while let Some(mut last) = self.choices.pop() {
            last.taken += 1;
            if last.taken < last.of {
                self.choices.push(last);
                return Some(Self { at: 0, ..self });
            }
        }
        None
    }

    /// What was chosen.
    pub(super) fn taken(&self) -> Vec<usize> {
        self.choices.iter().map(|choice| choice.taken).collect()
    }
}
