//! Formats and digests.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use bytes::{BufMut as _, BytesMut};
use flowstone::prelude::*;
use flowstone_corpus_helper as helper;
use http::StatusCode;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::helpers::data;

const A_MOMENT: Duration = Duration::from_millis(1);

#[derive(Debug, Serialize, Deserialize)]
struct Order {
    id: u32,
    items: Vec<String>,
}

#[flow]
pub async fn json_text() -> String {
    let order: serde_json::Value = serde_json::from_str(r#"{"id": 1, "sum": 2.5}"#).unwrap();
    let sum = order["sum"].as_f64();
    flow::sleep(A_MOMENT).await;
    format!(
        "{sum:?} {}",
        data::total_of(r#"[{"cents": 3}, {"cents": 4}]"#)
    )
}

#[flow]
pub async fn json_struct() -> String {
    let order: Order = serde_json::from_str(r#"{"id": 7, "items": ["tea"]}"#).unwrap();
    flow::sleep(A_MOMENT).await;
    let shown = serde_json::to_string_pretty(&order).unwrap_or_default();
    shown + &helper::as_json(&order.items)
}

#[flow]
pub async fn json_patch() -> String {
    let mut order = serde_json::json!({ "state": "open", "lines": [1, 2] });
    order["state"] = "paid".into();
    let text = order.to_string();
    flow::sleep(A_MOMENT).await;
    data::merged(&text, r#"{"lines": null}"#)
}

#[flow]
pub async fn csv_rows() -> String {
    let mut rows = csv::Reader::from_reader("name,price\ntea,3\npot,12\n".as_bytes());
    let names: Vec<String> = rows
        .records()
        .filter_map(|row| row.ok()?.get(0).map(str::to_owned))
        .collect();
    flow::sleep(A_MOMENT).await;
    data::as_csv(&names)
}

#[flow]
pub async fn base64_token() -> String {
    let token = BASE64_URL_SAFE_NO_PAD.encode("order:7");
    flow::sleep(A_MOMENT).await;
    data::decoded(&token)
}

#[flow]
pub async fn hex_digest() -> String {
    let hex = hex::encode([1, 171, 255]);
    flow::sleep(A_MOMENT).await;
    format!("{:?}", data::of_hex(&hex))
}

#[flow]
pub async fn percent_query() -> String {
    let name = utf8_percent_encode("tea & pot", NON_ALPHANUMERIC).to_string();
    flow::sleep(A_MOMENT).await;
    data::query(&[("q", &name), ("page", "2")])
}

#[flow]
pub async fn postcard_bytes() -> String {
    let bytes = postcard::to_allocvec(&(1_u32, "tea")).unwrap_or_default();
    flow::sleep(A_MOMENT).await;
    data::of_postcard(&bytes)
}

#[flow]
pub async fn crc_of_parts() -> u32 {
    let sum = crc32fast::hash(b"tea");
    flow::sleep(A_MOMENT).await;
    sum ^ data::checksum(&["a", "b"])
}

#[flow]
pub async fn sha_fingerprint() -> String {
    let digest = hex::encode(Sha256::digest("tea"));
    flow::sleep(A_MOMENT).await;
    data::fingerprint(&[&digest, "pot"])
}

#[flow]
pub async fn bytes_frame() -> Vec<u8> {
    let frame = {
        let mut frame = BytesMut::new();
        frame.put_u32(7);
        frame.put_slice(b"tea");
        frame.freeze().to_vec()
    };
    flow::sleep(A_MOMENT).await;
    data::unframed(&frame)
}

#[flow]
pub async fn http_status() -> String {
    let status = StatusCode::OK.as_u16();
    flow::sleep(A_MOMENT).await;
    format!("{status} {}", data::path_of("https://example.org/a?b=c"))
}

#[flow]
pub async fn semver_range() -> bool {
    let version = semver::Version::new(1, 2, 3).to_string();
    flow::sleep(A_MOMENT).await;
    data::is_within(&version, ">=1.2, <2")
}
