//! Lines as plain data.

use std::error::Error;
use std::fmt;

use tracing::field::{Field, ValueSet, Visit, display};
use tracing::{Metadata, Value};

/// What a segment logged, in order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lines(pub(super) Vec<Line>);

impl Lines {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn append(&mut self, mut others: Self) {
        self.0.append(&mut others.0);
    }
}

/// One thing that a segment said. A span has a number of its own.
#[derive(Debug, Clone)]
pub(super) enum Line {
    Event(Place, Fields),
    Span(u64, Place, Fields),
    Record(u64, Fields),
    Follows(u64, u64),
    Enter(u64),
    Exit(u64),
    Cloned(u64),
    Close(u64),
}

/// What it is, and in which span it stands.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) metadata: &'static Metadata<'static>,
    pub(super) parent: Parent,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Parent {
    /// The span that is entered then.
    Current,
    Root,
    Span(u64),
}

/// A value for each field that has one, by its place in the metadata.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields(Vec<Option<Said>>);

/// A value, as far as it can be kept.
#[derive(Debug, Clone)]
enum Said {
    F64(f64),
    I64(i64),
    U64(u64),
    I128(i128),
    U128(u128),
    Bool(bool),
    Str(String),
    /// The text of anything else.
    Text(String),
}

impl Fields {
    pub(super) fn of(record: impl FnOnce(&mut dyn Visit)) -> Self {
        let mut fields = Self::default();
        record(&mut fields);
        fields
    }

    /// Gives them as those of such a line.
    pub(super) fn with<R>(
        &self,
        metadata: &'static Metadata<'static>,
        told: impl FnOnce(&ValueSet<'_>) -> R,
    ) -> R {
        let value = |place: usize| self.0.get(place)?.as_ref().map(Said::value);
        let values: Vec<_> = (0..metadata.fields().len()).map(value).collect();
        let values: Vec<_> = values.iter().map(Option::as_deref).collect();
        // What `tracing`'s own macros call, though it is not documented.
        told(&metadata.fields().value_set_all(&values))
    }

    fn set(&mut self, field: &Field, said: Said) {
        let place = field.index();
        if self.0.len() <= place {
            self.0.resize(place + 1, None);
        }
        if let Some(value) = self.0.get_mut(place) {
            *value = Some(said);
        }
    }
}

impl Said {
    fn value(&self) -> Box<dyn Value> {
        match self {
            Self::F64(value) => Box::new(*value),
            Self::I64(value) => Box::new(*value),
            Self::U64(value) => Box::new(*value),
            Self::I128(value) => Box::new(*value),
            Self::U128(value) => Box::new(*value),
            Self::Bool(value) => Box::new(*value),
            Self::Str(value) => Box::new(value.clone()),
            Self::Text(text) => Box::new(display(text.clone())),
        }
    }
}

impl Visit for Fields {
    fn record_f64(&mut self, field: &Field, value: f64) {
        self.set(field, Said::F64(value));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.set(field, Said::I64(value));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.set(field, Said::U64(value));
    }

    fn record_i128(&mut self, field: &Field, value: i128) {
        self.set(field, Said::I128(value));
    }

    fn record_u128(&mut self, field: &Field, value: u128) {
        self.set(field, Said::U128(value));
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.set(field, Said::Bool(value));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.set(field, Said::Str(value.to_owned()));
    }

    fn record_error(&mut self, field: &Field, value: &(dyn Error + 'static)) {
        self.set(field, Said::Text(value.to_string()));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.set(field, Said::Text(format!("{value:?}")));
    }
}
