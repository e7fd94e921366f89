//! One error for each flow, though all else in it is right: where something is wrong in a
//! flow, nothing else is blamed for it.

use std::collections::BTreeMap;

use flowstone::prelude::*;

#[action]
async fn tick(n: i64) -> i64 {
    n
}
#[action]
async fn pair(n: i64) -> (String, i64) {
    (n.to_string(), n)
}
#[action]
async fn fallible(n: i64) -> Result<String, String> {
    Ok(n.to_string())
}
fn greet(_: &str) {}
fn own(_: String) {}

#[flow]
async fn loops_over_borrows(v: Vec<String>) -> i64 {
    let e: u8 = "a";
    for a in &v {
        greet(a);
        tick(1).await;
        own(a.clone());
    }
    for (i, a) in v.iter().enumerate() {
        greet(a);
        tick(i as i64).await;
        own(a.clone());
    }
    for (i, a) in v.iter().rev().enumerate() {
        greet(a);
        tick(i as i64).await;
        own(a.to_owned());
    }
    3
}

#[flow]
async fn borrows_of_parts(mut v: Vec<String>, m: BTreeMap<String, String>) -> i64 {
    let e: u8 = "b";
    if let Some(a) = v.first() {
        greet(a);
        tick(1).await;
        own(a.clone());
    }
    if let Some(a) = v.get_mut(0) {
        greet(a);
        tick(1).await;
        *a = "x".to_owned();
        own(a.clone());
    }
    for a in &mut v {
        greet(a);
        tick(1).await;
        *a = "x".to_owned();
        own(a.clone());
    }
    for (k, a) in &m {
        greet(a);
        tick(1).await;
        own(a.clone());
        greet(k);
    }
    let Some((k, a)) = m.iter().next() else {
        return 4;
    };
    greet(a);
    tick(1).await;
    own(a.clone());
    greet(k);
    3
}

#[flow]
async fn outcomes(v: Vec<String>) -> Result<i64, String> {
    let e: u8 = "c";
    let x = fallible(1).await?;
    greet(&x);
    tick(1).await;
    own(x);
    let y = v.first().ok_or("no")?;
    greet(y);
    tick(1).await;
    own(y.clone());
    let (Some(z), w) = (v.get(1), v.get(2)) else {
        return Ok(3);
    };
    greet(z);
    tick(1).await;
    own(z.clone());
    if let Some(w) = w {
        greet(w);
        tick(2).await;
        own(w.to_string());
    }
    let r = match fallible(3).await {
        Ok(r) => r,
        Err(r) => {
            greet(&r);
            return Err(r);
        }
    };
    greet(&r);
    tick(1).await;
    own(r);
    let q = loop {
        if let Ok(q) = fallible(4).await {
            break q;
        }
    };
    greet(&q);
    tick(1).await;
    own(q);
    let (f, g) = flow::join!(pair(1), fallible(2));
    greet(&f.0);
    let (h, _) = f;
    greet(&h);
    tick(3).await;
    own(h);
    own(g?);
    flow::race! { (a, _) = pair(1) => { greet(&a); tick(2).await; own(a); }, b = fallible(3) => { own(b?); } }

    Ok(3)
}

#[flow]
async fn owned_items(v: Vec<String>) -> i64 {
    let e: u8 = "e";
    for a in v {
        greet(&a);
        tick(1).await;
        own(a);
    }
    3
}

#[flow]
async fn between_states(v: Vec<String>, k: bool) -> i64 {
    let e: u8 = "f";
    let mut s = String::new();
    let mut o = None;
    if k {
        tick(1).await;
        s = v[0].clone();
        o = Some(s.clone());
    }
    greet(&s);
    if let Some(x) = o {
        greet(&x);
        tick(3).await;
        own(x);
    }
    while let (a, 3) = pair(2).await {
        greet(&a);
        tick(3).await;
        own(a);
    }
    own(s);
    3
}

#[flow]
async fn of_any_type<T: Durable + Clone>(v: Vec<T>, s: Vec<(T, String)>) -> Result<i64, String> {
    let e: u8 = "d";
    for (t, a) in s {
        greet(&a);
        tick(1).await;
        own(a);
        let _u: T = t;
    }
    let mut last = None;
    for t in &v {
        tick(1).await;
        last = Some(t.clone());
    }
    if let Some(t) = last {
        tick(2).await;
        let _u: T = t;
    }
    Ok(3)
}

#[flow]
async fn declared_without_a_value(n: i64, v: Vec<(i64, String)>) -> String {
    let e: u8 = "e";
    let name;
    if n > 2 {
        name = pair(n).await.0;
    } else {
        name = String::new();
    }
    let names;
    {
        let (a, _) = pair(2).await;
        names = a.split(' ').map(str::to_owned).collect::<Vec<_>>();
    }
    tick(1).await;
    let all: &[String] = &names;
    tick(all.len() as i64).await;
    let mut last = Default::default();
    for a in v {
        tick(a.0).await;
        last = a.1;
    }
    tick(2).await;
    greet(&last);
    greet(&name);
    name + &last
}

#[flow]
async fn said_by_another_branch(n: i64) -> String {
    let e: u8 = "f";
    let s = match n {
        1 => "a".into(),
        _ => pair(n).await.0,
    };
    let mut x = String::new();
    tick(1).await;
    x += &s;
    x
}

#[flow]
async fn borrowed_or_failed(v: Vec<(String, i64)>) -> Result<i64, String> {
    let e: u8 = "g";
    let first = v.first().ok_or("none".to_owned())?;
    let n = length(&first.0, tick(1).await);
    Ok(n + length(&first.0, tick(2).await))
}

#[flow]
async fn behind_a_question_mark(n: i64, v: Vec<(String, i64)>) -> Result<i64, String> {
    let e: u8 = "h";
    let a = fallible(1).await?;
    tick(1).await;
    greet(&a);
    let first = v.first().ok_or("none".to_owned())?;
    let b = a.clone();
    let n = length(&first.0, tick(first.1).await);
    greet(&b);
    let (c, d) = flow::join!(fallible(2), fallible(3));
    let (c, d) = (c?, d?);
    tick(2).await;
    greet(&c);
    own(d);
    Ok(n)
}

fn length(text: &str, n: i64) -> i64 {
    n
}

fn main() {}
