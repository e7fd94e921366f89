//! Why a value could not be encoded, or bytes could not be decoded.
//!
//! A decode error knows the byte and the path of fields at which it arose. The
//! path is put together only while an error travels outwards, each container
//! adding its step, so that it costs nothing when all is well.

use std::fmt::{self, Display, Formatter};

use super::format::{MAX_DEPTH, MAX_WRAPPERS};

/// Why a value could not be encoded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// A string, byte string, list or map has more than `u32::MAX` bytes or items.
    #[error(
        "a value of {len} bytes or items is too long to encode (limit {}); split it",
        u32::MAX
    )]
    TooLong {
        /// Its number of bytes or items.
        len: usize,
    },
    /// The value goes beyond [`MAX_DEPTH`] or [`MAX_WRAPPERS`].
    #[error(
        "the value is nested too deeply to encode (limits: {MAX_DEPTH} lists and maps, \
         {MAX_WRAPPERS} `Some`s and newtypes); make it flatter, such as a `Vec` with indices"
    )]
    TooDeep,
    /// The value's own `Serialize` implementation refused.
    #[error("the value refused to be encoded: {message}")]
    Refused {
        /// What the implementation said.
        message: String,
    },
}

/// An [`EncodeError`] on its way out, small so that success stays cheap.
#[derive(Debug)]
pub(super) struct EncodeFailure(Box<EncodeError>);

impl EncodeFailure {
    #[cold]
    pub(super) fn new(error: EncodeError) -> Self {
        Self(Box::new(error))
    }

    pub(super) fn into_error(self) -> EncodeError {
        *self.0
    }
}

impl Display for EncodeFailure {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for EncodeFailure {}

impl serde::ser::Error for EncodeFailure {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(EncodeError::Refused {
            message: message.to_string(),
        })
    }
}

/// Why bytes could not be decoded: what, at which byte, on which path.
///
/// # Examples
///
/// ```
/// use flowstone::codec::{self, DecodeErrorKind};
///
/// #[derive(serde::Deserialize, Debug)]
/// struct Order {
///     sku: String,
/// }
///
/// let bytes = codec::to_vec(&[serde_json::json!({ "item": "tea" })])?;
/// let error = codec::from_slice::<Vec<Order>>(&bytes).unwrap_err();
/// assert!(matches!(error.kind(), DecodeErrorKind::MissingField { field: "sku" }));
/// assert_eq!((error.path().as_str(), error.offset()), ("[0]", 1));
/// assert_eq!(error.to_string(), "missing field `sku` at [0] (byte 1)");
/// # Ok::<(), codec::EncodeError>(())
/// ```
#[derive(Debug)]
pub struct DecodeError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: DecodeErrorKind,
    offset: Option<usize>,
    /// Innermost step first.
    path: Vec<Step>,
}

/// One step from a container to what it contains.
#[derive(Debug)]
pub(super) enum Step {
    /// A field of a struct, a string key of a map, or a variant.
    Field(String),
    /// An index of a list, or any other key of a map.
    Item(String),
}

/// What is wrong with bytes that could not be decoded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The bytes end inside a value, or claim a length beyond their end.
    #[error("the bytes end before the value does")]
    UnexpectedEnd,
    /// Bytes are left after the value.
    #[error("the input goes on for {left} bytes after the value")]
    TrailingBytes {
        /// How many.
        left: usize,
    },
    /// The bytes go beyond [`MAX_DEPTH`] or [`MAX_WRAPPERS`].
    #[error(
        "the value is nested too deeply (limits: {MAX_DEPTH} lists and maps, \
         {MAX_WRAPPERS} `Some`s and newtypes)"
    )]
    TooDeep,
    /// A string is not UTF-8.
    #[error("a string is not valid UTF-8")]
    InvalidUtf8,
    /// The byte `c1` stands before something else than `c0` or `c1`.
    #[error("the mark c1 stands before a value that needs none")]
    StrayMark,
    /// A MessagePack extension that this codec does not write.
    #[error("MessagePack extension {code} is unknown")]
    UnknownExtension {
        /// The extension's code.
        code: i8,
    },
    /// A list or map holds more than its type takes.
    #[error("a list or map holds more items than its type takes ({left} more)")]
    TooManyItems {
        /// How many more.
        left: usize,
    },
    /// A field without a default is absent.
    #[error("missing field `{field}`")]
    MissingField {
        /// The field's name.
        field: &'static str,
    },
    /// The bytes are sound, but do not fit the type.
    #[error("{message}")]
    Mismatch {
        /// What was found and what was expected.
        message: String,
    },
}

impl DecodeError {
    /// What is wrong.
    #[must_use]
    pub fn kind(&self) -> &DecodeErrorKind {
        &self.0.kind
    }

    /// Where the offending value starts, or the bytes broke off, in bytes from
    /// the start of the input.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.0.offset.unwrap_or_default()
    }

    /// The path from the outermost value, such as `order.items[3].sku`; empty
    /// if the outermost value itself is at fault.
    ///
    /// A variant of an enum is a step like a field. Serde buffers the content of
    /// `flatten`, `untagged` and internally tagged types; the path ends there.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        for step in self.0.path.iter().rev() {
            match step {
                Step::Field(name) if is_plain(name) => {
                    if !path.is_empty() {
                        path.push('.');
                    }
                    path.push_str(name);
                }
                Step::Field(step) | Step::Item(step) => {
                    path.push('[');
                    path.push_str(step);
                    path.push(']');
                }
            }
        }
        path
    }

    #[cold]
    pub(super) fn new(kind: DecodeErrorKind, offset: Option<usize>) -> Self {
        Self(Box::new(Inner {
            kind,
            offset,
            path: Vec::new(),
        }))
    }

    /// Notes where the offending value starts, unless that is known already.
    #[cold]
    pub(super) fn starting_at(mut self, offset: usize) -> Self {
        self.0.offset.get_or_insert(offset);
        self
    }

    /// Adds the step that leads from a container to the offending value.
    #[cold]
    pub(super) fn inside(mut self, step: Step, offset: usize) -> Self {
        self.0.path.push(step);
        self.starting_at(offset)
    }
}

fn is_plain(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_')
}

impl Display for DecodeError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let path = self.path();
        write!(f, "{}", self.0.kind)?;
        if !path.is_empty() {
            write!(f, " at {path}")?;
        }
        write!(f, " (byte {})", self.offset())
    }
}

impl std::error::Error for DecodeError {}

impl serde::de::Error for DecodeError {
    #[cold]
    fn custom<T: Display>(message: T) -> Self {
        let message = message.to_string();
        Self::new(DecodeErrorKind::Mismatch { message }, None)
    }

    #[cold]
    fn missing_field(field: &'static str) -> Self {
        Self::new(DecodeErrorKind::MissingField { field }, None)
    }
}
