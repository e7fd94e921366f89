//! The tokens of the format: what the next value is, and skipping it whole.
//!
//! In come bytes nobody vouches for, out come tokens whose lengths are known to
//! lie within the input.

use super::error::{DecodeError, DecodeErrorKind};
use super::format::{
    BIN_8, BIN_32, EXT_8, EXT_32, EXT_I128, EXT_U128, F32, F64, FALSE, FIX_EXT_1, FIX_EXT_16,
    FIX_LIST, FIX_MAP, FIX_NEGATIVE, FIX_STR, I8, I16, I32, I64, LIST_16, LIST_32, MAP_16, MAP_32,
    MARK, NIL, STR_8, STR_32, TRUE, U8, U16, U32, U64,
};
use super::read::Decoder;

/// What a value begins with: all of a scalar, or the length of a container.
pub(super) enum Token<'de> {
    Nil,
    /// The mark of a `Some`; nil or a mark follows.
    Mark,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    /// Big-endian; kept as a reference so that tokens stay small.
    BigUnsigned(&'de [u8; 16]),
    BigSigned(&'de [u8; 16]),
    F32(f32),
    F64(f64),
    /// Not yet known to be UTF-8.
    Text(&'de [u8]),
    Bytes(&'de [u8]),
    /// At least as many bytes are left as there are items.
    List(usize),
    /// At least twice as many bytes are left as there are entries.
    Map(usize),
}

impl<'de> Decoder<'de> {
    #[inline]
    pub(super) fn token(&mut self) -> Result<Token<'de>, DecodeError> {
        let Some((&marker, rest)) = self.rest.split_first() else {
            return Err(self.error(DecodeErrorKind::UnexpectedEnd));
        };
        self.rest = rest;
        Ok(match marker {
            0x00..FIX_MAP => Token::Unsigned(marker.into()),
            FIX_MAP..FIX_LIST => self.map((marker & 0x0f).into())?,
            FIX_LIST..FIX_STR => self.list((marker & 0x0f).into())?,
            FIX_STR..NIL => Token::Text(self.take((marker & 0x1f).into())?),
            NIL => Token::Nil,
            MARK => self.mark()?,
            FALSE => Token::Bool(false),
            TRUE => Token::Bool(true),
            BIN_8..=BIN_32 => Token::Bytes(self.sized(marker - BIN_8)?),
            F32 => Token::F32(f32::from_bits(u32::from_be_bytes(*self.array()?))),
            F64 => Token::F64(f64::from_bits(u64::from_be_bytes(*self.array()?))),
            U8 => Token::Unsigned(u8::from_be_bytes(*self.array()?).into()),
            U16 => Token::Unsigned(u16::from_be_bytes(*self.array()?).into()),
            U32 => Token::Unsigned(u32::from_be_bytes(*self.array()?).into()),
            U64 => Token::Unsigned(u64::from_be_bytes(*self.array()?)),
            I8 => Token::Signed(i8::from_be_bytes(*self.array()?).into()),
            I16 => Token::Signed(i16::from_be_bytes(*self.array()?).into()),
            I32 => Token::Signed(i32::from_be_bytes(*self.array()?).into()),
            I64 => Token::Signed(i64::from_be_bytes(*self.array()?)),
            STR_8..=STR_32 => Token::Text(self.sized(marker - STR_8)?),
            LIST_16 | LIST_32 => {
                let len = self.len(marker - LIST_16 + 1)?;
                self.list(len)?
            }
            MAP_16 | MAP_32 => {
                let len = self.len(marker - MAP_16 + 1)?;
                self.map(len)?
            }
            EXT_8..=EXT_32 | FIX_EXT_1..=FIX_EXT_16 => self.extension(marker)?,
            FIX_NEGATIVE.. => Token::Signed(i8::from_be_bytes([marker]).into()),
        })
    }

    /// Passes over the next value, however deep it is, without recursion.
    pub(super) fn skip(&mut self) -> Result<(), DecodeError> {
        let mut left = 1_usize;
        while left > 0 {
            left -= 1;
            let inside = match self.token()? {
                Token::Mark => 1,
                Token::List(len) => len,
                Token::Map(len) => 2 * len,
                _ => 0,
            };
            left += inside;
            // Every value takes a byte, so `left` stays below the input's length.
            if left > self.rest.len() {
                return Err(self.error(DecodeErrorKind::UnexpectedEnd));
            }
        }
        Ok(())
    }

    fn array<const N: usize>(&mut self) -> Result<&'de [u8; N], DecodeError> {
        match self.rest.split_first_chunk() {
            Some((data, rest)) => {
                self.rest = rest;
                Ok(data)
            }
            None => Err(self.error(DecodeErrorKind::UnexpectedEnd)),
        }
    }

    #[inline]
    fn take(&mut self, len: usize) -> Result<&'de [u8], DecodeError> {
        match self.rest.split_at_checked(len) {
            Some((data, rest)) => {
                self.rest = rest;
                Ok(data)
            }
            None => Err(self.error(DecodeErrorKind::UnexpectedEnd)),
        }
    }

    /// A length in 1, 2 or 4 bytes, for `width` 0, 1 or 2.
    fn len(&mut self, width: u8) -> Result<usize, DecodeError> {
        let len = match width {
            0 => u8::from_be_bytes(*self.array()?).into(),
            1 => u16::from_be_bytes(*self.array()?).into(),
            _ => u32::from_be_bytes(*self.array()?),
        };
        // A platform too small for the number is too small for the data as well.
        Ok(usize::try_from(len).unwrap_or(usize::MAX))
    }

    fn sized(&mut self, width: u8) -> Result<&'de [u8], DecodeError> {
        let len = self.len(width)?;
        self.take(len)
    }

    #[inline]
    fn list(&self, len: usize) -> Result<Token<'de>, DecodeError> {
        if len > self.rest.len() {
            return Err(self.error(DecodeErrorKind::UnexpectedEnd));
        }
        Ok(Token::List(len))
    }

    #[inline]
    fn map(&self, len: usize) -> Result<Token<'de>, DecodeError> {
        if len > self.rest.len() / 2 {
            return Err(self.error(DecodeErrorKind::UnexpectedEnd));
        }
        Ok(Token::Map(len))
    }

    fn mark(&self) -> Result<Token<'de>, DecodeError> {
        match self.peek() {
            Some(NIL | MARK) => Ok(Token::Mark),
            Some(_) => Err(self.error(DecodeErrorKind::StrayMark)),
            None => Err(self.error(DecodeErrorKind::UnexpectedEnd)),
        }
    }

    fn extension(&mut self, marker: u8) -> Result<Token<'de>, DecodeError> {
        let start = self.offset() - 1;
        if let EXT_8..=EXT_32 = marker {
            self.len(marker - EXT_8)?;
        }
        match (marker, self.array()?) {
            (FIX_EXT_16, [EXT_U128]) => Ok(Token::BigUnsigned(self.array()?)),
            (FIX_EXT_16, [EXT_I128]) => Ok(Token::BigSigned(self.array()?)),
            (_, code) => {
                let code = i8::from_be_bytes(*code);
                let kind = DecodeErrorKind::UnknownExtension { code };
                Err(DecodeError::new(kind, Some(start)))
            }
        }
    }
}
