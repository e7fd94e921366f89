//! What a pattern moves out of the value that it is matched with.

use proc_macro2::Ident;
use syn::punctuated::Punctuated;
use syn::{Expr, ExprUnary, Member, Pat, UnOp};

use super::pattern;
use super::uses::path_of;

/// Something that a pattern moves away, by its path of fields in a variable.
pub(crate) enum Taken {
    /// A field.
    Field(Vec<Member>),
    /// A field if the pattern is that of a struct: it may be one of a variant.
    Maybe(Vec<Member>),
    /// Something that has no path, of an array or of what may be a struct. Of a variant
    /// nothing can be taken after that.
    Within(Vec<Member>),
}

/// What `pat` moves out of `value`, with the name of the variable in which that lies.
/// What matches `always` is no variant, or the only one.
pub(crate) fn by(value: &Expr, pat: &Pat, always: bool) -> Vec<(String, Taken)> {
    let mut found = Vec::new();
    if let Some((name, at)) = path_of(value) {
        let way = Way { always, sure: true };
        let mut say = |taken| found.push((name.to_string(), taken));
        take(pat, &at, way, &mut say);
    } else if let Some((name, at)) = boxed(value)
        && pattern::moves(pat)
    {
        found.push((name.to_string(), Taken::Within(at)));
    }
    found
}

/// The variable of `*variable.field`, and the fields.
fn boxed(expr: &Expr) -> Option<(&Ident, Vec<Member>)> {
    match expr {
        Expr::Unary(ExprUnary {
            op: UnOp::Deref(_),
            expr,
            ..
        }) => path_of(expr),
        Expr::Paren(paren) => boxed(&paren.expr),
        Expr::Field(field) => boxed(&field.base),
        _ => None,
    }
}

#[derive(Clone, Copy)]
struct Way {
    always: bool,
    /// Whether nothing but fields leads there.
    sure: bool,
}

fn take(pat: &Pat, at: &[Member], way: Way, say: &mut dyn FnMut(Taken)) {
    let inner = |member: Member| [at, &[member]].concat();
    match pat {
        Pat::Ident(bound) if bound.by_ref.is_none() => say(taken(at, way)),
        Pat::Tuple(tuple) => in_order(&tuple.elems, at, way, say),
        Pat::TupleStruct(tuple) => {
            let way = variant(pat, at, way, say);
            in_order(&tuple.elems, at, way, say);
        }
        Pat::Struct(built) => {
            let way = variant(pat, at, way, say);
            for field in &built.fields {
                take(&field.pat, &inner(field.member.clone()), way, say);
            }
        }
        Pat::Or(or) => or.cases.iter().for_each(|pat| take(pat, at, way, say)),
        Pat::Paren(paren) => take(&paren.pat, at, way, say),
        Pat::Type(typed) => take(&typed.pat, at, way, say),
        Pat::Guard(guarded) => take(&guarded.pat, at, way, say),
        Pat::Slice(_) => within(pat, at, way, say),
        _ => {}
    }
}

fn taken(at: &[Member], way: Way) -> Taken {
    let field = if way.sure { Taken::Field } else { Taken::Maybe };
    field(at.to_vec())
}

/// How to go on inside of what may be a variant.
fn variant(pat: &Pat, at: &[Member], way: Way, say: &mut dyn FnMut(Taken)) -> Way {
    if way.always {
        return way;
    }
    if may_be_struct(pat) {
        within(pat, at, way, say);
    } else if pattern::moves(pat) {
        say(taken(at, way));
    }
    Way { sure: false, ..way }
}

/// Whether a pattern may be that of a struct, as far as names tell.
fn may_be_struct(pat: &Pat) -> bool {
    let path = match pat {
        Pat::Struct(built) => &built.path,
        Pat::TupleStruct(tuple) => &tuple.path,
        _ => return false,
    };
    let mut names = path
        .segments
        .iter()
        .rev()
        .map(|name| name.ident.to_string());
    let name = names.next().unwrap_or_default();
    let is_of_type = names
        .next()
        .is_some_and(|of| of.starts_with(char::is_uppercase));
    !is_of_type && !["Some", "Ok", "Err"].contains(&name.as_str())
}

/// Says that `pat` takes something out of what lies `at` some fields: that is no value
/// any more.
fn within(pat: &Pat, at: &[Member], way: Way, say: &mut dyn FnMut(Taken)) {
    if !pattern::moves(pat) {
        return;
    }
    say(taken(at, way));
    if way.sure {
        say(Taken::Within(at.to_vec()));
    }
}

/// The elements of a tuple; how many a `..` stands for is not known.
fn in_order<P>(elems: &Punctuated<Pat, P>, at: &[Member], way: Way, say: &mut dyn FnMut(Taken)) {
    let rest = elems.iter().position(|pat| matches!(pat, Pat::Rest(_)));
    for (number, elem) in elems.iter().enumerate() {
        if rest.is_none_or(|rest| number < rest) {
            let inner = [at, &[Member::Unnamed(number.into())]].concat();
            take(elem, &inner, way, say);
        } else {
            within(elem, at, way, say);
        }
    }
}
