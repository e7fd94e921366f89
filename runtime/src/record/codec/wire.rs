//! The smallest parts of rows: numbers, texts, values, and choices.
//!
//! A [`Reader`] never panics and never reads outside its row: it gives `None`
//! for whatever does not fit.

use bytes::Bytes;

use crate::record::hot::Name;
use crate::time::Timestamp;

pub(super) struct Writer(Vec<u8>);

impl Writer {
    pub(super) fn new(layout: u8) -> Self {
        let mut bytes = Vec::with_capacity(256);
        bytes.push(layout);
        Self(bytes)
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.0
    }

    pub(super) fn tag(&mut self, tag: u8) {
        self.0.push(tag);
    }

    pub(super) fn number(&mut self, value: u64) {
        let mut rest = value;
        while rest >= 0x80 {
            self.0.push(0x80 | low_bits(rest));
            rest >>= 7;
        }
        self.0.push(low_bits(rest));
    }

    pub(super) fn len(&mut self, len: usize) {
        self.number(u64::try_from(len).expect("a length fits 64 bits"));
    }

    pub(super) fn fixed(&mut self, value: u64) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    pub(super) fn time(&mut self, at: Timestamp) {
        self.0.extend_from_slice(&at.as_micros().to_le_bytes());
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.len(bytes.len());
        self.0.extend_from_slice(bytes);
    }

    pub(super) fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// The rest of the row, without its length.
    pub(super) fn rest(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    pub(super) fn option<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Self, T)) {
        self.tag(value.is_some().into());
        if let Some(value) = value {
            write(self, value);
        }
    }
}

pub(super) struct Reader<'a> {
    row: &'a Bytes,
    at: usize,
}

impl<'a> Reader<'a> {
    /// Starts after the layout's number; `None` when that is another one.
    pub(super) fn new(row: &'a Bytes, layout: u8) -> Option<Self> {
        (*row.first()? == layout).then_some(Self { row, at: 1 })
    }

    /// Whether nothing is left.
    pub(super) fn is_empty(&self) -> bool {
        self.at >= self.row.len()
    }

    /// The next tag, which stays.
    pub(super) fn peek(&self) -> Option<u8> {
        self.row.get(self.at).copied()
    }

    pub(super) fn tag(&mut self) -> Option<u8> {
        let tag = *self.row.get(self.at)?;
        self.at += 1;
        Some(tag)
    }

    pub(super) fn number(&mut self) -> Option<u64> {
        let mut value = 0u64;
        for shift in (0..u64::BITS).step_by(7) {
            let byte = self.tag()?;
            value |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }

    pub(super) fn small(&mut self) -> Option<u32> {
        u32::try_from(self.number()?).ok()
    }

    pub(super) fn fixed(&mut self) -> Option<u64> {
        Some(u64::from_le_bytes(self.take(8)?.as_ref().try_into().ok()?))
    }

    pub(super) fn time(&mut self) -> Option<Timestamp> {
        let micros = self.take(8)?.as_ref().try_into().ok()?;
        Some(Timestamp::from_micros(i64::from_le_bytes(micros)))
    }

    pub(super) fn bytes(&mut self) -> Option<Bytes> {
        let len = usize::try_from(self.number()?).ok()?;
        self.take(len)
    }

    pub(super) fn text(&mut self) -> Option<&'a str> {
        let len = usize::try_from(self.number()?).ok()?;
        let end = self.at.checked_add(len)?;
        let text = self.row.get(self.at..end)?;
        self.at = end;
        std::str::from_utf8(text).ok()
    }

    pub(super) fn name(&mut self) -> Option<Name> {
        Some(Name::Owned(self.text()?.to_owned()))
    }

    pub(super) fn rest(&mut self) -> Bytes {
        let rest = self.row.slice(self.at.min(self.row.len())..);
        self.at = self.row.len();
        rest
    }

    /// What `read` gives, if the row has it; the outer `None` is damage.
    #[expect(
        clippy::option_option,
        reason = "damage and absence are two things, and `?` reads well"
    )]
    pub(super) fn option<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<Option<T>> {
        match self.tag()? {
            0 => Some(None),
            1 => Some(Some(read(self)?)),
            _ => None,
        }
    }

    /// A list, its length before it; a length that lies reserves nothing.
    pub(super) fn list<T>(
        &mut self,
        mut read: impl FnMut(&mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        let len = self.number()?;
        let mut items = Vec::new();
        for _ in 0..len {
            items.push(read(self)?);
        }
        Some(items)
    }

    fn take(&mut self, len: usize) -> Option<Bytes> {
        let end = self.at.checked_add(len)?;
        self.row.get(self.at..end)?;
        let taken = self.row.slice(self.at..end);
        self.at = end;
        Some(taken)
    }
}

fn low_bits(value: u64) -> u8 {
    u8::try_from(value & 0x7f).expect("seven bits fit a byte")
}
