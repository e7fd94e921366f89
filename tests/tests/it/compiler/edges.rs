//! Values at the limits of their types, empty collections, and texts of more than ASCII.

use std::collections::BTreeMap;

use super::{bodies, tick};

bodies! {
    fn ranges_to_the_ends(n: i64 = 3) -> Vec<u64> {
        let mut out = vec![];
        for i in 250..=255u8 { out.push(i as u64 + tick(1).await as u64); }
        for i in (250..=255u8).rev() { out.push(i as u64 + tick(1).await as u64); }
        for i in (0..=255u8).rev().step_by(100) { out.push(i as u64 + tick(1).await as u64); }
        for i in (0..=255u8).step_by(100).rev() { out.push(i as u64 + tick(1).await as u64); }
        for i in (i8::MIN..=i8::MIN + 1).chain(126..=i8::MAX) { out.push(i as u64); tick(2).await; }
        for i in (u128::MAX - 1)..=u128::MAX { out.push(i as u64); tick(2).await; }
        for c in ('\u{D7FE}'..='\u{E001}').rev() { out.push(c as u64); tick(c as i64).await; }
        for c in 'a'..'d' { out.push(c as u64); tick(c as i64).await; }
        for i in 5..5 { out.push(tick(i).await as u64); }
        for i in 5..=4 { out.push(tick(i).await as u64); }
        out
    }
    fn floats_that_are_odd(n: i64 = 3) -> (String, f32, Vec<f64>) {
        let a = f32::NAN; let b = -0.0f32; let c = f64::MIN_POSITIVE; let d = f64::INFINITY; let e = [f32::MAX, f32::MIN, f32::EPSILON];
        tick(n).await;
        let t = (1.0f32 / b, a.is_nan(), c, d, e);
        tick(n).await;
        let mut best = f64::NEG_INFINITY;
        for x in [1.5, f64::NAN, 2.5, -0.0] { tick(0).await; if x > best { best = x; } }
        (format!("{t:?}"), b, vec![best, 0.1 + 0.2])
    }
    fn wide_integers(n: i64 = 3) -> (u128, i128, String) {
        let a = u128::MAX; let b = i128::MIN; let k = 1u128 << 64;
        tick(n).await;
        let m: BTreeMap<i128, u128> = [(b, a), (-1, k), (i128::MAX, 0)].into();
        tick(n).await;
        (a - 1 + m[&i128::MAX], b + 1 + *m.keys().nth(1).unwrap(), format!("{m:?}"))
    }
    fn steps_and_pairs(n: i64 = 3) -> Vec<i64> {
        let v = [1, 2, 3, 4, 5, 6, 7]; let mut out = vec![];
        for x in v.iter().rev().step_by(3) { out.push(tick(*x).await); }
        for x in v.iter().step_by(3).rev() { out.push(tick(*x).await); }
        for (a, b) in v.iter().zip("abé".chars()) { out.push(tick(*a).await + b as i64); }
        for (a, b) in (0..).zip(v.iter().skip(5)) { out.push(tick(a).await + b); }
        for ((i, x), y) in v.iter().enumerate().zip(v.iter().skip(1)).skip(4) { out.push(tick(i as i64 * x).await * y); }
        for w in v.windows(3).step_by(2) { out.push(tick(w[0]).await * w.len() as i64); }
        for c in v.chunks(3).rev() { out.push(tick(c.len() as i64).await); }
        for c in v.rchunks(3) { out.push(tick(c[0]).await); }
        for c in v.chunks_exact(3) { out.push(tick(c[0]).await); }
        out
    }
    fn items_without_a_size(n: i64 = 3) -> (Vec<()>, usize, BTreeMap<(), ()>) {
        let mut v = vec![(); 3]; let mut m = BTreeMap::new(); let mut c = 0;
        for u in &v { tick(1).await; c += 1; m.insert(*u, ()); }
        for u in v.iter_mut() { *u = { tick(2).await; }; }
        v.push(());
        (v, c, m)
    }
    fn nothing_to_go_over(n: i64 = 3) -> (usize, Option<i64>, Vec<String>) {
        let mut v: Vec<i64> = vec![]; let m: BTreeMap<String, i64> = BTreeMap::new(); let s = String::new();
        for x in &v { tick(*x).await; } for x in v.iter_mut() { *x = tick(1).await; } for (k, x) in &m { tick(*x).await; } for c in s.chars() { tick(1).await; }
        for w in s.split(',') { tick(w.len() as i64 + 50).await; } for l in s.lines() { tick(60).await; }
        for w in v.windows(2) { tick(w[0]).await; } for c in v.chunks(2) { tick(1).await; } for x in v.drain(..) { tick(x).await; }
        let max = v.iter().max().copied();
        tick(0).await;
        if let Some(x) = v.iter_mut().min() { *x = tick(1).await; } else { v.push(tick(7).await); }
        (v.len(), max, s.split_whitespace().map(String::from).collect())
    }
    fn characters_of_several_bytes(t: String = "añ🦀b\u{301}".into()) -> (Vec<char>, String, usize) {
        let mut cs = vec![]; let mut s = String::new();
        for (i, c) in t.char_indices() { if c.is_ascii() { s.push(c); tick(i as i64).await; continue } cs.push(c); tick(c.len_utf8() as i64).await; s.insert(0, c); }
        for b in t.bytes().rev().take(3) { s.push_str(&tick(b as i64).await.to_string()); }
        let last = t.chars().next_back(); let fst = t.chars().next().unwrap();
        tick(1).await;
        for (a, b) in t.chars().zip(s.clone().chars().skip(1)) { if a == b { s.push(a); } tick((a == b) as i64).await; }
        cs.extend(last); cs.push(fst);
        (cs, s, t.len())
    }
    fn shifts_and_remainders(n: i64 = 3) -> (u8, i32, u64, i64) {
        let mut a = 0b1010u8; a <<= tick(1).await as u8; a |= tick(3).await as u8; a ^= !(tick(0).await as u8) >> 4; a &= 0x7f;
        let mut b = -7i32; b %= tick(4).await as i32; b -= -(tick(2).await as i32); b /= 2;
        let c = (tick(1).await as u64).rotate_right(1).leading_zeros() as u64 + u64::MAX.wrapping_add(tick(2).await as u64);
        let d = i64::MIN.checked_abs().unwrap_or(tick(9).await).saturating_mul(i64::MAX);
        (a, b, c, d)
    }
    fn what_overflows(n: i64 = 3) -> Vec<Option<u8>> {
        let mut x = 250u8; let mut out = vec![];
        while let Some(y) = x.checked_add(tick(2).await as u8) { out.push(Some(y)); x = y; }
        out.push(x.checked_sub(tick(300).await as u8)); out.push(Some(x.wrapping_add(tick(9).await as u8))); out.push(x.checked_shl(tick(9).await as u32));
        out.push(u8::try_from(tick(256).await).ok()); out.push((tick(-1).await as u8).checked_neg()); out.push(char::from_u32(tick(0xD800).await as u32).map(|c| c as u8));
        out
    }
}
