//! What is drawn of a flow: its awaits, what leads from one to the next, and when.
//!
//! In: the body as the user wrote it. Out: points, and ways between them. It is made for
//! people, and nothing is decided by it.

mod draw;
mod text;
mod ways;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write;

use proc_macro2::Span;

use crate::model::Flow;

/// The number of the first point, and of the last.
const START: usize = 0;
const END: usize = 1;

/// Points, and ways between them.
#[derive(Debug, Default)]
pub(crate) struct Sketch {
    points: Vec<Point>,
    ways: Vec<Way>,
}

#[derive(Debug, Clone)]
enum Point {
    Start,
    End,
    /// Where the flow waits: the `.await`, or the macro.
    Wait(Span),
    /// An operation that it waits for with others, by its first token.
    Operand(Span),
    /// The head of a loop.
    Loop(Span, String),
    /// Where many ways meet.
    Meeting,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Way {
    from: usize,
    to: usize,
    when: String,
    /// Whether it begins an operand of a fork.
    is_operand: bool,
}

/// Draws a flow.
pub(crate) fn of(flow: &Flow) -> Sketch {
    let mut sketch = draw::body(&flow.body);
    sketch.prune();
    sketch
}

impl Sketch {
    /// Leaves out the points to which nothing leads from the start.
    fn prune(&mut self) {
        let mut ways = BTreeMap::<usize, Vec<usize>>::new();
        for way in &self.ways {
            ways.entry(way.from).or_default().push(way.to);
        }
        let (mut reached, mut ahead) = (BTreeSet::new(), vec![START, END]);
        while let Some(point) = ahead.pop() {
            if reached.insert(point) {
                ahead.extend(ways.get(&point).into_iter().flatten());
            }
        }
        let numbers: BTreeMap<usize, usize> = reached.into_iter().zip(0..).collect();
        let ways = std::mem::take(&mut self.ways).into_iter();
        let ways = ways.filter_map(|way| {
            let (from, to) = (*numbers.get(&way.from)?, *numbers.get(&way.to)?);
            Some(Way { from, to, ..way })
        });
        self.ways = ways.collect();
        let mut number = 0..;
        self.points
            .retain(|_| number.next().is_some_and(|at| numbers.contains_key(&at)));
    }

    /// A line for each point and each way, as the runtime reads them; `states` and `operands`
    /// are the places of the states and of the operands, by their numbers.
    pub(crate) fn written(&self, states: &[Span], operands: &[Span]) -> String {
        let (mut states, mut operands) = (Numbers::of(states), Numbers::of(operands));
        let mut written = String::new();
        for point in &self.points {
            let line = match point {
                Point::Start => "start".to_owned(),
                Point::End => "end".to_owned(),
                Point::Wait(span) => states.line("state", *span),
                Point::Operand(span) => operands.line("operand", *span),
                Point::Loop(span, text) => format!("loop {} {text}", span.start().line),
                Point::Meeting => "meeting".to_owned(),
            };
            writeln!(written, "{line}").expect("a String takes all text");
        }
        for Way {
            from,
            to,
            when,
            is_operand,
        } in &self.ways
        {
            let sign = if *is_operand { '|' } else { '>' };
            writeln!(written, "{from} {sign} {to} {when}").expect("a String takes all text");
        }
        written
    }
}

/// Numbers by places. What a macro repeats stands in one place, and is taken in turn.
struct Numbers(BTreeMap<(usize, usize), VecDeque<usize>>);

impl Numbers {
    fn of(places: &[Span]) -> Self {
        let mut numbers = BTreeMap::<_, VecDeque<usize>>::new();
        for (number, place) in places.iter().enumerate() {
            numbers.entry(start(*place)).or_default().push_back(number);
        }
        Self(numbers)
    }

    fn line(&mut self, word: &str, place: Span) -> String {
        let numbers = self.0.get_mut(&start(place));
        match numbers.and_then(VecDeque::pop_front) {
            Some(number) => format!("{word} {number}"),
            // It is no state: nobody comes there.
            None => "meeting".to_owned(),
        }
    }
}

fn start(span: Span) -> (usize, usize) {
    (span.start().line, span.start().column)
}
