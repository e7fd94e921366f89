//! The primitives of encoding: integers, text, nil and its marks, headers.
//!
//! In come plain Rust values, out come bytes at the end of the encoder's
//! vector. Which serde shape is written with which primitive is left to
//! `encode` and `container`.

use std::fmt;
use std::ops::Range;

use serde::Serialize;

use super::error::{EncodeError, EncodeFailure};
use super::format::{
    BIN_8, BIN_16, BIN_32, FIX_EXT_16, FIX_LIST, FIX_MAP, FIX_STR, I8, I16, I32, I64, LIST_16,
    LIST_32, MARK, MAX_DEPTH, MAX_WRAPPERS, NIL, STR_8, STR_16, STR_32, U8, U16, U32, U64,
};

pub(super) struct Encoder<'b> {
    pub(super) bytes: &'b mut Vec<u8>,
    /// How many more lists and maps may be opened.
    depth: u32,
    /// How many more `Some`s and newtypes may be opened.
    wrappers: u32,
    /// Where the last run of `Some`s began, and how many they are. As long as
    /// nothing has been written since, the vector is still that long; so only
    /// writing nil, which needs their marks, has to look here.
    some_at: usize,
    some_count: u32,
}

impl<'b> Encoder<'b> {
    pub(super) fn new(bytes: &'b mut Vec<u8>) -> Self {
        Self {
            bytes,
            depth: MAX_DEPTH,
            wrappers: MAX_WRAPPERS,
            some_at: usize::MAX,
            some_count: 0,
        }
    }

    #[inline]
    pub(super) fn enter(&mut self, levels: u32) -> Result<(), EncodeFailure> {
        match self.depth.checked_sub(levels) {
            Some(depth) => {
                self.depth = depth;
                Ok(())
            }
            None => Err(EncodeFailure::new(EncodeError::TooDeep)),
        }
    }

    #[inline]
    pub(super) fn leave(&mut self, levels: u32) {
        self.depth += levels;
    }

    #[inline]
    pub(super) fn wrapped<T: Serialize + ?Sized>(
        &mut self,
        value: &T,
    ) -> Result<(), EncodeFailure> {
        match self.wrappers.checked_sub(1) {
            Some(wrappers) => self.wrappers = wrappers,
            None => return Err(EncodeFailure::new(EncodeError::TooDeep)),
        }
        value.serialize(&mut *self)?;
        self.wrappers += 1;
        Ok(())
    }

    /// Notes a `Some` whose content is about to be written.
    #[inline]
    pub(super) fn some(&mut self) {
        if self.some_at == self.bytes.len() {
            self.some_count += 1;
        } else {
            self.some_at = self.bytes.len();
            self.some_count = 1;
        }
    }

    /// Puts another header in the place of an earlier one.
    ///
    /// The vector may become as short again as when some `Some` was noted whose
    /// content has been written since; that note must not be taken for a new one.
    pub(super) fn replace(&mut self, old: Range<usize>, new: Header) {
        self.bytes.splice(old, new.bytes().iter().copied());
        self.some_at = usize::MAX;
    }

    #[inline]
    pub(super) fn nil(&mut self) {
        if self.some_at == self.bytes.len() {
            for _ in 0..self.some_count {
                self.bytes.push(MARK);
            }
        }
        self.bytes.push(NIL);
    }

    #[inline]
    pub(super) fn marked<const N: usize>(&mut self, marker: u8, data: [u8; N]) {
        self.bytes.reserve(1 + N);
        self.bytes.push(marker);
        self.bytes.extend_from_slice(&data);
    }

    #[inline]
    // One array at a time, as the vector then checks its room only once.
    pub(super) fn unsigned(&mut self, v: u64) {
        if v < 0x80 {
            self.bytes.push(v.to_le_bytes()[0]);
        } else if let Ok(v) = u8::try_from(v) {
            self.bytes.extend_from_slice(&[U8, v]);
        } else if let Ok(v) = u16::try_from(v) {
            let [b0, b1] = v.to_be_bytes();
            self.bytes.extend_from_slice(&[U16, b0, b1]);
        } else if let Ok(v) = u32::try_from(v) {
            let [b0, b1, b2, b3] = v.to_be_bytes();
            self.bytes.extend_from_slice(&[U32, b0, b1, b2, b3]);
        } else {
            let [b0, b1, b2, b3, b4, b5, b6, b7] = v.to_be_bytes();
            let data = [U64, b0, b1, b2, b3, b4, b5, b6, b7];
            self.bytes.extend_from_slice(&data);
        }
    }

    #[inline]
    pub(super) fn signed(&mut self, v: i64) {
        if let Ok(v) = u64::try_from(v) {
            self.unsigned(v);
        } else if v >= -32 {
            self.bytes.push(v.to_le_bytes()[0]);
        } else if let Ok(v) = i8::try_from(v) {
            self.marked(I8, v.to_be_bytes());
        } else if let Ok(v) = i16::try_from(v) {
            self.marked(I16, v.to_be_bytes());
        } else if let Ok(v) = i32::try_from(v) {
            self.marked(I32, v.to_be_bytes());
        } else {
            self.marked(I64, v.to_be_bytes());
        }
    }

    #[inline]
    pub(super) fn wide(&mut self, code: u8, data: [u8; 16]) {
        self.marked(FIX_EXT_16, [code]);
        self.bytes.extend_from_slice(&data);
    }

    #[inline]
    pub(super) fn text(&mut self, v: &str) -> Result<(), EncodeFailure> {
        let len = v.len();
        if len < 32 {
            self.bytes.reserve(1 + len);
            self.bytes.push(FIX_STR | len.to_le_bytes()[0]);
        } else {
            self.bytes.extend_from_slice(text_header(len)?.bytes());
        }
        self.bytes.extend_from_slice(v.as_bytes());
        Ok(())
    }

    /// Opens the map of one entry that is a variant with content.
    #[inline]
    pub(super) fn variant(&mut self, name: &str, levels: u32) -> Result<(), EncodeFailure> {
        self.enter(levels)?;
        self.bytes.push(FIX_MAP | 1);
        self.text(name)
    }
}

/// A marker and the length after it.
#[derive(Clone, Copy)]
pub(super) struct Header {
    data: [u8; 5],
    len: usize,
}

impl Header {
    #[inline]
    pub(super) fn bytes(&self) -> &[u8] {
        self.data.get(..self.len).unwrap_or(&self.data)
    }

    #[inline]
    pub(super) fn of_1(marker: u8) -> Self {
        Self {
            data: [marker, 0, 0, 0, 0],
            len: 1,
        }
    }

    #[inline]
    fn of_2(marker: u8, len: u8) -> Self {
        Self {
            data: [marker, len, 0, 0, 0],
            len: 2,
        }
    }

    #[inline]
    pub(super) fn of_3(marker: u8, len: u16) -> Self {
        let [a, b] = len.to_be_bytes();
        Self {
            data: [marker, a, b, 0, 0],
            len: 3,
        }
    }

    #[inline]
    pub(super) fn of_5(marker: u8, len: usize) -> Result<Self, EncodeFailure> {
        let Ok(short) = u32::try_from(len) else {
            return Err(EncodeFailure::new(EncodeError::TooLong { len }));
        };
        let [a, b, c, d] = short.to_be_bytes();
        Ok(Self {
            data: [marker, a, b, c, d],
            len: 5,
        })
    }
}

pub(super) fn text_header(len: usize) -> Result<Header, EncodeFailure> {
    if len < 32 {
        Ok(Header::of_1(FIX_STR | len.to_le_bytes()[0]))
    } else {
        long_header(len, STR_8, STR_16, STR_32)
    }
}

pub(super) fn bin_header(len: usize) -> Result<Header, EncodeFailure> {
    long_header(len, BIN_8, BIN_16, BIN_32)
}

fn long_header(len: usize, m8: u8, m16: u8, m32: u8) -> Result<Header, EncodeFailure> {
    if let Ok(len) = u8::try_from(len) {
        Ok(Header::of_2(m8, len))
    } else if let Ok(len) = u16::try_from(len) {
        Ok(Header::of_3(m16, len))
    } else {
        Header::of_5(m32, len)
    }
}

/// What stands before the items of a list of this length.
pub(crate) fn array_header(len: usize) -> Vec<u8> {
    let wide = u32::try_from(len).expect("so many values do not fit the memory");
    match (u8::try_from(len), u16::try_from(len)) {
        (Ok(short @ 0..=15), _) => vec![FIX_LIST | short],
        (_, Ok(short)) => Header::of_3(LIST_16, short).bytes().to_vec(),
        _ => [&[LIST_32], &wide.to_be_bytes()[..]].concat(),
    }
}

/// What stands before the value of a map of one entry, or of none.
pub(crate) fn map_header(key: Option<&str>) -> Vec<u8> {
    let Some(key) = key else {
        return vec![FIX_MAP];
    };
    let key = super::to_vec(key).expect("a key has no more bytes than a string may");
    [&[FIX_MAP | 1], &*key].concat()
}

/// Lets `Display` write straight into the output.
pub(super) struct Sink<'a>(pub(super) &'a mut Vec<u8>);

impl fmt::Write for Sink<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}
