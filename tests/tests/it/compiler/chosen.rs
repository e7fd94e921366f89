//! An item that is chosen out of several and changed over an await: where it lies is
//! kept, and it is borrowed again from there.

use std::collections::BTreeMap;

use flowstone_tests::differ::note;

use super::{bodies, tick};

#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
struct Line {
    id: i64,
    qty: i64,
    notes: Vec<i64>,
}

fn lines() -> Vec<Line> {
    let line = |id| Line {
        id,
        qty: id * 10,
        notes: vec![id, 7],
    };
    vec![line(1), line(2), line(3)]
}

bodies! {
    fn found_by_a_test(n: i64 = 3) -> Vec<Line> {
        let mut lines = lines();
        if let Some(line) = lines.iter_mut().find(|line| line.id == 2) {
            line.qty += tick(n).await;
            line.notes.push(tick(line.qty).await);
        }
        lines.iter_mut().find(|line| line.id == n).unwrap().notes.push(tick(n).await);
        lines
    }
    fn found_or_put_there(n: i64 = 3) -> Vec<(String, i64)> {
        let mut stock = vec![("a".to_owned(), 1), ("b".to_owned(), 2)];
        for (sku, need) in [("b", 1), ("c", 2), ("c", 5)] {
            match stock.iter_mut().find(|(known, _)| known == sku) {
                Some((_, left)) => *left -= tick(need).await,
                None => stock.push((sku.to_owned(), tick(n).await)),
            }
        }
        stock
    }
    fn or_an_error(n: i64 = 9) -> Result<i64, String> {
        let mut lines = lines();
        let from = lines.iter_mut().find(|line| line.id == 1).ok_or("no from")?;
        from.qty -= tick(n).await;
        let to = lines.iter_mut().find(|line| line.id == n).ok_or_else(|| format!("no {n}"))?;
        to.qty += tick(n).await;
        Ok(lines.iter().map(|line| line.qty * line.id).sum())
    }
    fn the_largest_and_the_last(n: i64 = 3) -> Vec<i64> {
        let mut all = vec![1, 5, 3];
        let biggest = all.iter_mut().max().unwrap();
        *biggest = tick(n).await;
        let Some(small) = all.iter_mut().min_by_key(|x| **x) else { return all };
        tick(*small).await;
        *small += 10;
        if let Some(last) = all.iter_mut().filter(|x| **x < 10).last() {
            *last *= tick(*last).await;
        }
        all
    }
    fn a_loop_over_some(n: i64 = 3) -> Vec<Line> {
        let (mut lines, mut count) = (lines(), 0);
        for line in lines.iter_mut().filter(|line| line.id > 1) {
            line.qty += tick(n).await;
            if line.qty > 24 { continue; }
            line.notes.clear();
        }
        'all: for (at, line) in lines.iter_mut().enumerate().filter(|(at, line)| *at > 0 || line.qty < 30) {
            count += 1;
            let at = at as i64 * 10 + tick(at as i64).await;
            for x in line.notes.iter_mut().filter(|x| **x > 1).rev() {
                *x += tick(at + count).await;
                if *x > 15 { break 'all; }
            }
        }
        lines
    }
    fn in_maps_and_rows(n: i64 = 3) -> (BTreeMap<i64, Line>, Vec<Vec<i64>>) {
        let mut map: BTreeMap<i64, Line> = lines().into_iter().map(|line| (line.id, line)).collect();
        for line in map.values_mut().filter(|line| line.qty > 10) { line.qty += tick(n).await; }
        match map.iter_mut().max_by_key(|(_, line)| line.qty) {
            Some((id, line)) if line.qty > 2 => {
                line.qty -= tick(*id).await;
                line.notes.push(*id);
            }
            _ => {}
        }
        let mut rows = vec![vec![1, 2], vec![3]];
        let mut at = 0;
        if let Some(x) = rows[at].iter_mut().find(|x| **x == 2) {
            at += 1;
            *x += tick(at as i64).await;
        }
        at += 7;
        (map, rows)
    }
    fn within_what_was_chosen(n: i64 = 3) -> Vec<Line> {
        let mut lines = lines();
        let all = &mut lines;
        let line = all.iter_mut().find(|line| line.id == 2).unwrap();
        let note = line.notes.iter_mut().rev().find(|note| **note > n).unwrap();
        *note += tick(*note).await;
        line.qty += 1;
        lines
    }
    fn each_item_is_asked_in_its_round(n: i64 = 3) -> Vec<i64> {
        let (mut all, mut asked) = (vec![1, 2, 3, 4, 5], 0);
        for x in all.iter_mut().filter(|x| { asked += 1; note(**x) != 2 }) {
            *x += tick(n).await;
            if *x > 5 { break }
        }
        for x in all.iter_mut().filter(|x| note(**x) > 2).rev().inspect(|x| { note(**x + 10); }) {
            *x += tick(n).await;
        }
        for x in all.iter_mut().take_while(|x| note(**x) < 9) {
            if *x == 2 { continue }
            *x -= tick(n).await;
        }
        let mut places = vec![(), (), ()];
        for (at, place) in places.iter_mut().enumerate().filter(|(at, _)| *at > 0) {
            all.push(tick(at as i64).await);
            *place = ();
        }
        all.push(asked);
        all
    }
    fn an_entry_that_is_changed_if_it_is_there(n: i64 = 3) -> BTreeMap<i64, i64> {
        let mut map = BTreeMap::from([(1, 2)]);
        let entry = map.entry(n).and_modify(|x| *x += 1);
        entry.or_insert(5);
        tick(n).await;
        map
    }
}
