//! Messages of rustc, as cargo prints them: which body, which copy, whose
//! words.

use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(super) struct Line {
    pub(super) message: Option<Message>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Message {
    pub(super) level: String,
    pub(super) rendered: String,
    pub(super) spans: Vec<Span>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Span {
    file_name: String,
    line_start: usize,
    expansion: Option<Box<Expansion>>,
}

#[derive(Debug, Deserialize)]
struct Expansion {
    span: Span,
}

impl Message {
    /// Whether Flowstone says what is wrong.
    pub(super) fn is_ours(&self) -> bool {
        let text = &self.rendered;
        let said = [
            "kept across an `.await`",
            "cannot await",
            "depends on the types",
        ];
        !text.contains("__flow") && said.iter().any(|said| text.contains(said))
    }
}

impl Span {
    /// The number of the body and the line in its file.
    pub(super) fn body(&self) -> Option<(u64, usize)> {
        let name = self.file_name.strip_prefix("src/b");
        let index = name.and_then(|name| name.strip_suffix(".rs")?.parse().ok());
        match (index, &self.expansion) {
            (Some(index), _) => Some((index, self.line_start)),
            (None, Some(expansion)) => expansion.span.body(),
            (None, None) => None,
        }
    }
}
