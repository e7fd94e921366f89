//! Names that are no local's, such as one with a slip in it: rustc tells which local has
//! one like it. That it tells the same in each state as in the plain copy, a state declares
//! such locals, too, if it has none of the name.

use proc_macro2::Ident;

use super::Desugar;
use crate::ids::Id;
use crate::syntax::uses::Paths;

impl Desugar {
    /// Looks for names in code that are no local's, and for locals of names like them.
    pub(super) fn look_near(&mut self, paths: &Paths) {
        for name in paths.keys() {
            if self.scopes.named(name).is_some() || self.temps.contains_key(name) {
                continue;
            }
            // What was in sight of it before has been compared.
            let from = self.scopes.unknown.get(name).copied().unwrap_or_default();
            let idents = self.scopes.visible().filter(|local| local.index() >= from);
            let idents = idents.map(|local| &self.locals[local].ident);
            let is_near = |ident: &&Ident| is_near(name, &ident.to_string());
            let near: Vec<Ident> = idents.filter(is_near).cloned().collect();
            self.scopes.near.extend(near);
            self.scopes.unknown.insert(name.clone(), self.locals.len());
        }
    }
}

/// The names that were found, but those that are items' elsewhere in the flow.
pub(super) fn declared(near: &mut Vec<Ident>, is_used: impl Fn(&Ident) -> bool) {
    near.retain(|ident| !is_used(ident));
    near.sort();
    near.dedup();
}

/// Whether rustc may take `name` for a slip of `local`; it is stricter.
fn is_near(name: &str, local: &str) -> bool {
    distance(name, local) <= name.chars().count().max(3) / 3 + 1
        || name.eq_ignore_ascii_case(local)
        || words(name) == words(local)
}

fn words(name: &str) -> Vec<&str> {
    let mut words: Vec<&str> = name.split('_').collect();
    words.sort_unstable();
    words
}

/// How many letters must be changed to make one of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.chars().enumerate() {
        let (mut left, mut above_left) = (at + 1, at);
        let mut next = vec![left];
        for (theirs, above) in other.iter().zip(row.iter().skip(1)) {
            let replaced = above_left + usize::from(letter != *theirs);
            left = replaced.min(left + 1).min(above + 1);
            above_left = *above;
            next.push(left);
        }
        row = next;
    }
    row.pop().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_near() {
        for (name, local) in [("totl", "total"), ("it", "t"), ("name_first", "first_name")] {
            assert!(is_near(name, local), "{name} {local}");
        }
        assert_eq!(distance("kitten", "sitting"), 3);
        assert!(!is_near("total", "count"));
    }
}
