//! Iterators over texts and lists in a local, which are asked for items over awaits.

use flowstone_tests::differ::see;

use super::{bodies, tick};

#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
enum Tok {
    Num(i64),
    Ident(String),
    Sym(char),
}

fn number(it: &mut std::iter::Peekable<std::str::Chars<'_>>) -> i64 {
    let mut n = 0;
    while let Some(d) = it.peek().and_then(|c| c.to_digit(10)) {
        n = n * 10 + i64::from(d);
        it.next();
    }
    n
}

bodies! {
    fn tokens(text: String = "let x = 1 + 22 ;".to_string()) -> Vec<String> {
        let mut toks = Vec::new();
        let mut chars = text.chars().peekable();
        while let Some(&c) = chars.peek() {
            if c.is_ascii_digit() {
                let mut n = 0;
                while let Some(d) = chars.peek().and_then(|c| c.to_digit(10)) { n = n * 10 + d as i64; chars.next(); }
                toks.push(Tok::Num(tick(n).await));
            } else if c.is_alphabetic() {
                let mut s = String::new();
                while let Some(&c) = chars.peek() { if c.is_alphanumeric() { s.push(c); chars.next(); } else { break } }
                tick(s.len() as i64).await;
                toks.push(Tok::Ident(s));
            } else {
                chars.next();
                if !c.is_whitespace() { toks.push(Tok::Sym(c)); }
            }
        }
        toks.iter().map(|t| format!("{t:?}")).collect()
    }
    fn groups_of_numbers(n: i64 = 3) -> Vec<i64> {
        let mut it = vec![1, 2, 3, 5, 6, 9].into_iter().peekable();
        let mut groups = vec![];
        while let Some(x) = it.next() {
            let mut end = x;
            while let Some(y) = it.next_if(|y| *y == end + 1) { end = y; }
            groups.push(tick(x * 10 + end).await);
        }
        groups
    }
    fn parts_until_none_is_left(n: i64 = 3) -> i64 {
        let mut parts = "a-b-c".split('-');
        let first = parts.next().unwrap();
        tick(first.len() as i64).await;
        let second = parts.next().unwrap_or("");
        see(second);
        tick(1).await;
        see(&parts.next());
        tick(2).await;
        see(&parts.next());
        tick(2).await;
        see(&parts.next());
        n
    }
    fn turned_and_peeked_lists(n: i64 = 3) -> i64 {
        let xs = [1, 2, 3, 4];
        let mut it = xs.iter().rev();
        let mut acc = 0;
        while let Some(x) = it.next() { acc = acc * 10 + x + tick(0).await; }
        let mut jt = xs.iter().peekable();
        while let Some(x) = jt.next() { if let Some(y) = jt.peek() { acc += tick(**y - x).await; } }
        let mut kt = vec!["a".to_string(), "b".into()].into_iter().rev();
        while let Some(x) = kt.next() { acc += tick(x.len() as i64).await; see(&x); }
        acc
    }
    fn words(n: i64 = 3) -> i64 {
        let mut tokens = "1 2 + 3".split_whitespace();
        let mut sum = 0;
        while let Some(tok) = tokens.next() {
            if tok == "+" { continue }
            sum += tick(tok.parse::<i64>().unwrap()).await;
        }
        sum
    }
    fn lines_with_odd_ends(n: i64 = 3) -> i64 {
        let mut lines = "a:1\nb:2\r\r\n\n\nc\r".lines();
        let mut total = 0;
        while let Some(line) = lines.next() {
            see(line);
            let Some((_, v)) = line.split_once(':') else { tick(5).await; break };
            total += tick(v.trim().parse().unwrap_or(0)).await;
        }
        let rest: Vec<&str> = lines.collect();
        see(&rest);
        total + rest.len() as i64
    }
    fn characters_from_both_ends(n: i64 = 3) -> i64 {
        let mut chars = "aäb12".chars();
        let mut total = 0;
        while let Some(c) = chars.next() {
            total += tick(c as i64 % 10).await;
            if c == 'b' { break }
        }
        see(chars.as_str());
        let mut back = "xyäz".chars().rev();
        see(&back.next());
        tick(1).await;
        see(&back.next());
        tick(1).await;
        see(&back.collect::<String>());
        total
    }
    fn characters_with_their_places(text: String = "let xä = (1 + 22) ;".to_string()) -> Vec<(usize, String)> {
        let mut toks = vec![];
        let mut it = text.char_indices().peekable();
        while let Some((at, c)) = it.next() {
            if c.is_alphanumeric() {
                let mut end = at + c.len_utf8();
                while let Some(&(i, d)) = it.peek() { if !d.is_alphanumeric() { break } end = i + d.len_utf8(); it.next(); }
                tick(end as i64).await;
                toks.push((at, text[at..end].to_string()));
            } else if c == '(' { toks.push((tick(at as i64).await as usize, "(".into())); }
        }
        let mut jt = text.char_indices();
        jt.nth(4);
        tick(1).await;
        see(&jt.offset());
        see(&jt.next());
        tick(1).await;
        see(&jt.next_back());
        tick(1).await;
        see(&jt.as_str());
        let mut kt = text.chars().enumerate();
        while let Some((i, c)) = kt.next() { if c == 'x' { tick(i as i64).await; } }
        see(&kt.next());
        toks
    }
    fn a_table(csv: String = "a,1\nb,2,3\n\nc".to_string()) -> Vec<(String, i64)> {
        let mut rows = vec![];
        let mut lines = csv.lines().peekable();
        while let Some(line) = lines.next() {
            let mut cols = line.split(',');
            let name = cols.next().unwrap_or_default();
            tick(name.len() as i64).await;
            let mut sum = 0;
            while let Some(col) = cols.next() { sum += tick(col.parse().unwrap_or(-1)).await; }
            if lines.peek().is_some_and(|l| l.is_empty()) { lines.next(); }
            rows.push((name.to_string(), sum));
        }
        let mut words = "x -> y -> z".split(" -> ");
        while let Some(w) = words.next() { tick(w.len() as i64).await; rows.push((w.into(), 1)); }
        rows
    }
    fn given_to_a_parser(n: i64 = 3) -> i64 {
        let source = String::from("12+30*4");
        let mut it = source.chars().peekable();
        let mut acc = number(&mut it);
        while let Some(op) = it.next() {
            let right = tick(number(&mut it)).await;
            acc = match op { '+' => acc + right, '*' => acc * right, _ => acc };
        }
        acc
    }
}
