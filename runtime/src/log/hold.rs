//! Holding lines back: the subscriber of a thread while it runs a segment.

use std::cell::RefCell;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use tracing::level_filters::LevelFilter;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{Interest, NoSubscriber};
use tracing::{Dispatch, Event, Metadata, Subscriber, dispatcher};

use super::line::{Fields, Line, Lines, Parent, Place};

static HOLDER: OnceLock<Dispatch> = OnceLock::new();

thread_local! {
    static HELD: RefCell<Option<Lines>> = const { RefCell::new(None) };
}

/// Runs `segment`, and gives what it logged; nothing when nobody listens.
pub(crate) fn hold<R>(segment: impl FnOnce() -> R) -> (R, Lines) {
    if dispatcher::get_default(Dispatch::is::<NoSubscriber>) {
        return (segment(), Lines::default());
    }
    let holder = HOLDER.get_or_init(|| Dispatch::new(Holder));
    let before = HELD.replace(Some(Lines::default()));
    let result = dispatcher::with_default(holder, segment);
    let lines = HELD.replace(before);
    (result, lines.unwrap_or_default())
}

/// Notes what it is told. Which levels are heard is for whoever listens to say, when
/// they are told: until then it has no opinion.
struct Holder;

impl Holder {
    fn note(line: Line) {
        HELD.with_borrow_mut(|held| {
            // A span that outlives its segment has nobody to tell.
            if let Some(lines) = held {
                lines.0.push(line);
            }
        });
    }
}

impl Subscriber for Holder {
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        // What nobody else wants is not even offered to it.
        Interest::never()
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(LevelFilter::OFF)
    }

    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let parent = parent(span.parent(), span.is_root());
        let place = Place {
            metadata: span.metadata(),
            parent,
        };
        Self::note(Line::Span(number, place, Fields::of(|to| span.record(to))));
        Id::from_u64(number)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let fields = Fields::of(|to| values.record(to));
        Self::note(Line::Record(span.into_u64(), fields));
    }

    fn record_follows_from(&self, span: &Id, follows: &Id) {
        Self::note(Line::Follows(span.into_u64(), follows.into_u64()));
    }

    fn event(&self, event: &Event<'_>) {
        let place = Place {
            metadata: event.metadata(),
            parent: parent(event.parent(), event.is_root()),
        };
        Self::note(Line::Event(place, Fields::of(|to| event.record(to))));
    }

    fn enter(&self, span: &Id) {
        Self::note(Line::Enter(span.into_u64()));
    }

    fn exit(&self, span: &Id) {
        Self::note(Line::Exit(span.into_u64()));
    }

    fn clone_span(&self, span: &Id) -> Id {
        Self::note(Line::Cloned(span.into_u64()));
        span.clone()
    }

    fn try_close(&self, span: Id) -> bool {
        Self::note(Line::Close(span.into_u64()));
        false
    }
}

fn parent(of: Option<&Id>, is_root: bool) -> Parent {
    match of {
        Some(id) => Parent::Span(id.into_u64()),
        None if is_root => Parent::Root,
        None => Parent::Current,
    }
}
