//! From bytes to JSON for people, without the type the bytes came from.
//!
//! In come tokens, out comes a JSON value; how things that JSON lacks are shown
//! is said at [`super::to_json`]. Nothing can be encoded again from the view.

use std::collections::BTreeSet;
use std::fmt::Write;

use serde_json::{Map, Number, Value};

use super::error::DecodeError;
use super::read::Decoder;
use super::token::Token;

/// Takes the next value and shows it.
pub(super) fn view(decoder: &mut Decoder<'_>) -> Result<Value, DecodeError> {
    Ok(match decoder.token()? {
        Token::Nil => Value::Null,
        Token::Mark => single("$some", decoder.wrapped(view)?),
        Token::Bool(v) => Value::Bool(v),
        Token::Unsigned(v) => v.into(),
        Token::Signed(v) => v.into(),
        Token::BigUnsigned(v) => u128::from_be_bytes(*v).to_string().into(),
        Token::BigSigned(v) => i128::from_be_bytes(*v).to_string().into(),
        Token::F32(v) => short_float(v),
        Token::F64(v) => float(v),
        Token::Text(text) => decoder.utf8(text)?.into(),
        Token::Bytes(bytes) => single("$bytes", hex(bytes).into()),
        Token::List(len) => decoder.nested(|decoder| list(decoder, len))?,
        Token::Map(len) => decoder.nested(|decoder| map(decoder, len))?,
    })
}

/// The text of a key: a string as it is, anything else as JSON.
pub(super) fn key_text(key: &Value) -> String {
    match key {
        Value::String(text) => text.clone(),
        key => key.to_string(),
    }
}

fn list(decoder: &mut Decoder<'_>, len: usize) -> Result<Value, DecodeError> {
    (0..len).map(|_| view(decoder)).collect()
}

fn map(decoder: &mut Decoder<'_>, len: usize) -> Result<Value, DecodeError> {
    let entries = (0..len)
        .map(|_| Ok((view(decoder)?, view(decoder)?)))
        .collect::<Result<Vec<_>, DecodeError>>()?;
    let names: BTreeSet<_> = entries.iter().map(|(key, _)| key_text(key)).collect();
    Ok(if names.len() == len {
        let member = |(key, value)| (key_text(&key), value);
        Value::Object(entries.into_iter().map(member).collect())
    } else {
        let pair = |(key, value)| Value::Array(vec![key, value]);
        single("$map", entries.into_iter().map(pair).collect())
    })
}

fn single(name: &str, value: Value) -> Value {
    Value::Object(Map::from_iter([(name.to_owned(), value)]))
}

fn float(v: f64) -> Value {
    Number::from_f64(v).map_or_else(|| v.to_string().into(), Value::Number)
}

/// Shows `0.1_f32` as `0.1` rather than as `0.10000000149011612`.
fn short_float(v: f32) -> Value {
    v.to_string().parse().map_or(Value::Null, float)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string cannot fail");
        text
    })
}
