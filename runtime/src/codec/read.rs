//! A reader of bytes nobody vouches for: where it stands, how deep it is.
//!
//! In come the bytes, out come short values whose form is known beforehand,
//! quickly; anything else is left to `token`. What serde wants where is left to
//! `decode`, lists, maps and variants to `access`.

use std::str;

use super::error::{DecodeError, DecodeErrorKind};
use super::format::{FIX_MAP, FIX_STR, MAX_DEPTH, MAX_WRAPPERS, U8, U16, U32, U64};

pub(super) struct Decoder<'de> {
    input: &'de [u8],
    /// What has not been read yet: the end of `input`.
    pub(super) rest: &'de [u8],
    /// How many more lists and maps may be entered.
    depth: u32,
    /// How many more `Some`s and newtypes may be entered.
    wrappers: u32,
}

impl<'de> Decoder<'de> {
    pub(super) fn new(input: &'de [u8]) -> Self {
        Self {
            input,
            rest: input,
            depth: MAX_DEPTH,
            wrappers: MAX_WRAPPERS,
        }
    }

    pub(super) fn finish(&self) -> Result<(), DecodeError> {
        match self.rest.len() {
            0 => Ok(()),
            left => Err(self.error(DecodeErrorKind::TrailingBytes { left })),
        }
    }

    /// A decoder of the same input from `offset` on.
    pub(super) fn again_from(&self, offset: usize) -> Self {
        Self::new(self.input.get(offset..).unwrap_or_default())
    }

    #[inline]
    pub(super) fn offset(&self) -> usize {
        self.input.len() - self.rest.len()
    }

    #[cold]
    pub(super) fn error(&self, kind: DecodeErrorKind) -> DecodeError {
        DecodeError::new(kind, Some(self.offset()))
    }

    /// Runs `body` one list or map deeper.
    #[inline]
    pub(super) fn nested<T>(
        &mut self,
        body: impl FnOnce(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        let Some(depth) = self.depth.checked_sub(1) else {
            return Err(self.error(DecodeErrorKind::TooDeep));
        };
        self.depth = depth;
        let result = body(self);
        self.depth += 1;
        result
    }

    /// Runs `body` inside one more `Some` or newtype.
    #[inline]
    pub(super) fn wrapped<T>(
        &mut self,
        body: impl FnOnce(&mut Self) -> Result<T, DecodeError>,
    ) -> Result<T, DecodeError> {
        let Some(wrappers) = self.wrappers.checked_sub(1) else {
            return Err(self.error(DecodeErrorKind::TooDeep));
        };
        self.wrappers = wrappers;
        let result = body(self);
        self.wrappers += 1;
        result
    }

    #[inline]
    pub(super) fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// Takes the next byte if it is `byte`.
    #[inline]
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        match self.rest.split_first() {
            Some((&first, rest)) if first == byte => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    /// Takes an unsigned integer, if one comes next.
    #[inline]
    pub(super) fn unsigned(&mut self) -> Option<u64> {
        let (&marker, rest) = self.rest.split_first()?;
        let (v, rest) = match marker {
            0x00..FIX_MAP => (marker.into(), rest),
            U8 => rest.split_first().map(|(&v, rest)| (v.into(), rest))?,
            U16 => {
                let (v, rest) = rest.split_first_chunk()?;
                (u16::from_be_bytes(*v).into(), rest)
            }
            U32 => {
                let (v, rest) = rest.split_first_chunk()?;
                (u32::from_be_bytes(*v).into(), rest)
            }
            U64 => {
                let (v, rest) = rest.split_first_chunk()?;
                (u64::from_be_bytes(*v), rest)
            }
            _ => return None,
        };
        self.rest = rest;
        Some(v)
    }

    /// Takes a string of up to 31 bytes, if one comes next.
    #[inline]
    pub(super) fn short_text(&mut self) -> Option<&'de [u8]> {
        let (&marker, rest) = self.rest.split_first()?;
        if marker & 0xe0 != FIX_STR {
            return None;
        }
        let (text, rest) = rest.split_at_checked((marker & 0x1f).into())?;
        self.rest = rest;
        Some(text)
    }

    /// Takes the header of a list (`FIX_LIST`) or map (`FIX_MAP`) of up to 15
    /// items, if one comes next and the input can hold them.
    #[inline]
    pub(super) fn short_header(&mut self, fix: u8) -> Option<usize> {
        let (&marker, rest) = self.rest.split_first()?;
        let len = usize::from(marker & 0x0f);
        if marker & 0xf0 != fix || rest.len() < 2 * len {
            return None;
        }
        self.rest = rest;
        Some(len)
    }

    #[inline]
    pub(super) fn utf8(&self, text: &'de [u8]) -> Result<&'de str, DecodeError> {
        str::from_utf8(text).map_err(|_| {
            DecodeError::new(
                DecodeErrorKind::InvalidUtf8,
                Some(self.offset() - text.len()),
            )
        })
    }
}
