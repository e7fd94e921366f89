//! What code does not use of a value that it names as a whole: it gives the rest of
//! it to a literal, or takes it apart.
//!
//! ```text
//! Order { id, ..order }           // not `order.id`
//! let Order { id, .. } = order;   // nothing but `order.id`
//! ```

use proc_macro2::Ident;
use syn::punctuated::Punctuated;
use syn::{Expr, ExprStruct, Member, Pat};

use super::uses::path_of;

/// What of a variable, or of what lies in it, code does not use.
#[derive(Debug, Clone)]
pub(crate) struct Spared {
    /// Where that lies in the variable.
    pub(super) at: Vec<Member>,
    pub(crate) which: Which,
}

/// Paths of fields in a variable.
#[derive(Debug, Clone)]
pub(crate) enum Which {
    These(Vec<Vec<Member>>),
    AllBut(Vec<Vec<Member>>),
}

impl Spared {
    /// Whether the field at this path is not used.
    pub(crate) fn has(&self, path: &[Member]) -> bool {
        let meets = |other: &Vec<Member>| other.starts_with(path) || path.starts_with(other);
        let is_elsewhere = !meets(&self.at);
        is_elsewhere
            || match &self.which {
                Which::These(given) => given.iter().any(|given| path.starts_with(given)),
                Which::AllBut(looked_at) => {
                    path.starts_with(&self.at) && !looked_at.iter().any(meets)
                }
            }
    }
}

/// What `built` does not use of its `base`, if that is a variable or lies in one.
pub(super) fn by_literal<'e>(base: &'e Expr, built: &ExprStruct) -> Option<(&'e Ident, Spared)> {
    let (name, at) = path_of(base)?;
    let given = built.fields.iter().map(|field| field.member.clone());
    let given = given.map(|field| [at.as_slice(), &[field]].concat());
    let which = Which::These(given.collect());
    Some((name, Spared { at, which }))
}

/// What none of `pats` looks at in `value`, if that is a variable or lies in one.
pub(crate) fn by<'e>(
    value: &'e Expr,
    pats: impl IntoIterator<Item = &'e Pat>,
) -> Option<(&'e Ident, Spared)> {
    let (name, at) = path_of(value)?;
    let mut looked_at = Vec::new();
    for pat in pats {
        look(pat, &at, &mut looked_at);
    }
    let which = Which::AllBut(looked_at);
    Some((name, Spared { at, which }))
}

/// Adds what `pat` looks at in what lies `at` some fields.
fn look(pat: &Pat, at: &[Member], found: &mut Vec<Vec<Member>>) {
    let inner = |member: Member| [at, &[member]].concat();
    match pat {
        Pat::Wild(_) | Pat::Rest(_) => {}
        Pat::Struct(built) => {
            for field in &built.fields {
                look(&field.pat, &inner(field.member.clone()), found);
            }
        }
        Pat::Tuple(tuple) if ends_with_rest(&tuple.elems) => in_order(&tuple.elems, at, found),
        Pat::TupleStruct(tuple) if ends_with_rest(&tuple.elems) => {
            in_order(&tuple.elems, at, found);
        }
        Pat::Or(or) => or.cases.iter().for_each(|pat| look(pat, at, found)),
        Pat::Paren(paren) => look(&paren.pat, at, found),
        Pat::Type(typed) => look(&typed.pat, at, found),
        Pat::Guard(guarded) => look(&guarded.pat, at, found),
        _ => found.push(at.to_vec()),
    }
}

fn in_order<P>(elems: &Punctuated<Pat, P>, at: &[Member], found: &mut Vec<Vec<Member>>) {
    for (number, elem) in elems.iter().enumerate() {
        look(
            elem,
            &[at, &[Member::Unnamed(number.into())]].concat(),
            found,
        );
    }
}

/// Whether nothing stands behind a `..`, so that each place has its number.
fn ends_with_rest<P>(elems: &Punctuated<Pat, P>) -> bool {
    let rest = elems.iter().position(|pat| matches!(pat, Pat::Rest(_)));
    rest.is_none_or(|rest| rest + 1 == elems.len())
}
