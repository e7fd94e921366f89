//! Telling held lines to whoever listens, in the spans of their own.

use std::collections::BTreeMap;

use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::NoSubscriber;
use tracing::{Dispatch, Event, Metadata, dispatcher};

use super::line::{Fields, Line, Lines, Parent, Place};

/// Whoever listened where an engine was opened, if that was not whoever listens everywhere.
#[derive(Debug, Clone, Default)]
pub(crate) struct Listener(Option<Dispatch>);

/// The listener of this thread.
pub(crate) fn listener() -> Listener {
    let here = dispatcher::get_default(Dispatch::clone);
    Listener(Some(here).filter(|here| !here.is::<NoSubscriber>()))
}

impl Listener {
    pub(crate) fn dispatch(&self) -> Option<&Dispatch> {
        self.0.as_ref()
    }

    /// Lets it hear what `work` logs in this thread.
    pub(crate) fn hears<R>(&self, work: impl FnOnce() -> R) -> R {
        match &self.0 {
            Some(listener) => dispatcher::with_default(listener, work),
            None => work(),
        }
    }
}

impl Lines {
    /// Tells this thread's listener.
    pub(crate) fn tell(&self) {
        dispatcher::get_default(|listener| Telling::new(listener).all(self));
    }
}

struct Telling<'a> {
    listener: &'a Dispatch,
    /// The spans that are not closed, by their numbers here.
    spans: BTreeMap<u64, Open>,
}

/// A span, and how often it must be closed until it is.
struct Open {
    id: Id,
    metadata: &'static Metadata<'static>,
    times: u32,
}

impl<'a> Telling<'a> {
    fn new(listener: &'a Dispatch) -> Self {
        let spans = BTreeMap::new();
        Self { listener, spans }
    }

    fn all(mut self, lines: &Lines) {
        lines.0.iter().for_each(|line| self.tell(line));
        for open in self.spans.into_values() {
            // Somebody still has it, outside of the segment.
            self.listener.try_close(open.id);
        }
    }

    fn tell(&mut self, line: &Line) {
        let listener = self.listener;
        match line {
            Line::Event(place, fields) => self.event(place, fields),
            Line::Span(number, place, fields) => self.span(*number, place, fields),
            Line::Record(number, fields) => self.record(*number, fields),
            Line::Follows(number, other) => {
                if let (Some(id), Some(other)) = (self.id(*number), self.id(*other)) {
                    listener.record_follows_from(id, other);
                }
            }
            Line::Enter(number) => {
                self.id(*number)
                    .into_iter()
                    .for_each(|id| listener.enter(id));
            }
            Line::Exit(number) => {
                self.id(*number)
                    .into_iter()
                    .for_each(|id| listener.exit(id));
            }
            Line::Cloned(number) => {
                if let Some(open) = self.spans.get_mut(number) {
                    open.times += 1;
                }
            }
            Line::Close(number) => self.close(*number),
        }
    }

    fn event(&self, Place { metadata, parent }: &Place, fields: &Fields) {
        if !self.listener.enabled(metadata) {
            return;
        }
        fields.with(metadata, |values| {
            self.listener.event(&match parent {
                Parent::Current => Event::new(metadata, values),
                Parent::Root => Event::new_child_of(None, metadata, values),
                Parent::Span(number) => {
                    Event::new_child_of(self.id(*number).cloned(), metadata, values)
                }
            });
        });
    }

    fn span(&mut self, number: u64, Place { metadata, parent }: &Place, fields: &Fields) {
        if !self.listener.enabled(metadata) {
            return;
        }
        let id = fields.with(metadata, |values| {
            self.listener.new_span(&match parent {
                Parent::Current => Attributes::new(metadata, values),
                Parent::Root => Attributes::new_root(metadata, values),
                Parent::Span(number) => match self.id(*number) {
                    Some(id) => Attributes::child_of(id.clone(), metadata, values),
                    None => Attributes::new(metadata, values),
                },
            })
        });
        let open = Open {
            id,
            metadata,
            times: 1,
        };
        self.spans.insert(number, open);
    }

    fn record(&self, number: u64, fields: &Fields) {
        if let Some(Open { id, metadata, .. }) = self.spans.get(&number) {
            fields.with(metadata, |values| {
                self.listener.record(id, &Record::new(values));
            });
        }
    }

    fn close(&mut self, number: u64) {
        let Some(open) = self.spans.get_mut(&number) else {
            return;
        };
        open.times -= 1;
        if open.times == 0
            && let Some(open) = self.spans.remove(&number)
        {
            self.listener.try_close(open.id);
        }
    }

    fn id(&self, number: u64) -> Option<&Id> {
        Some(&self.spans.get(&number)?.id)
    }
}
