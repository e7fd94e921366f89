//! Formats and digests.

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use bytes::{Buf as _, Bytes};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest as _, Sha256, Sha512};

#[derive(Deserialize)]
struct Line {
    cents: u64,
    #[serde(default)]
    note: Option<String>,
}

pub(crate) fn total_of(json: &str) -> u64 {
    let lines: Vec<Line> = serde_json::from_str(json).unwrap_or_default();
    let noted = lines.iter().filter(|line| line.note.is_some()).count();
    lines.iter().map(|line| line.cents).sum::<u64>() + noted as u64
}

pub(crate) fn merged(json: &str, patch: &str) -> String {
    let parsed = (serde_json::from_str(json), serde_json::from_str(patch));
    let (Ok(Value::Object(mut json)), Ok(Value::Object(patch))) = parsed else {
        return String::new();
    };
    for (key, value) in patch {
        if value.is_null() {
            json.remove(&key);
        } else {
            json.insert(key, value);
        }
    }
    Value::Object(json).to_string()
}

pub(crate) fn as_csv(names: &[String]) -> String {
    let mut csv = csv::Writer::from_writer(Vec::new());
    for (number, name) in names.iter().enumerate() {
        csv.serialize((number, name)).expect("it is in memory");
    }
    let bytes = csv.into_inner().expect("it is in memory");
    String::from_utf8_lossy(&bytes).into_owned()
}

pub(crate) fn decoded(token: &str) -> String {
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).unwrap_or_default();
    BASE64_STANDARD.encode(bytes)
}

pub(crate) fn of_hex(hex: &str) -> Result<Vec<u8>, hex::FromHexError> {
    hex::decode(hex)
}

pub(crate) fn query(pairs: &[(&str, &str)]) -> String {
    let pairs = pairs.iter().map(|(key, value)| {
        let value = percent_decode_str(value).decode_utf8_lossy();
        format!("{key}={}", utf8_percent_encode(&value, NON_ALPHANUMERIC))
    });
    pairs.collect::<Vec<_>>().join("&")
}

pub(crate) fn of_postcard(bytes: &[u8]) -> String {
    let read: Result<(u32, String), _> = postcard::from_bytes(bytes);
    format!("{read:?}")
}

pub(crate) fn checksum(parts: &[&str]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    for part in parts {
        hasher.update(part.as_bytes());
    }
    hasher.finalize()
}

pub(crate) fn fingerprint(parts: &[&str]) -> String {
    let mut long = Sha512::new();
    for part in parts {
        long.update(part);
    }
    let mut short = Sha256::new();
    short.update(long.finalize());
    hex::encode(short.finalize())
}

pub(crate) fn unframed(frame: &[u8]) -> Vec<u8> {
    let mut frame = Bytes::copy_from_slice(frame);
    let length = frame.get_u32();
    frame.slice(..frame.len().min(length as usize)).to_vec()
}

pub(crate) fn path_of(uri: &str) -> String {
    let uri: http::Uri = uri.parse().unwrap_or_default();
    let mut headers = http::HeaderMap::new();
    headers.insert(http::header::HOST, http::HeaderValue::from_static("h"));
    format!("{} {:?} {}", uri.path(), uri.query(), headers.len())
}

pub(crate) fn is_within(version: &str, range: &str) -> bool {
    let range = semver::VersionReq::parse(range).ok();
    let version = semver::Version::parse(version).ok();
    range
        .zip(version)
        .is_some_and(|(range, version)| range.matches(&version))
}
