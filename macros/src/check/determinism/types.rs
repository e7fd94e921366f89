//! Types, as far as tokens say them.

use quote::ToTokens;
use syn::{Field, GenericArgument, Pat, PathArguments, Type, TypeParamBound};

use super::names::{self, Segments};
use crate::syntax::pattern;

/// A type: its path, and the types that it is given. Through borrows, boxes and
/// the like, as methods see it.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    pub(super) path: Segments,
    pub(super) of: Vec<Self>,
}

/// What gives its items in a row.
const LISTS: &[&str] = &[
    "Vec",
    "VecDeque",
    "BTreeSet",
    "HashSet",
    "BinaryHeap",
    "LinkedList",
    "IndexSet",
    LIST,
];
const MAPS: &[&str] = &["BTreeMap", "HashMap", "IndexMap"];
/// What may be there: the first type is given if it is.
const MAYBE: &[&str] = &["Option", "Result"];
/// What lends its methods to what it holds.
const AROUND: &[&str] = &["Box", "Rc", "Arc", "Cow", "Ref", "RefMut"];

/// Slices, arrays and iterators.
pub(super) const LIST: &str = "[]";
const TUPLE: &str = "()";
/// The winner of a race: what this operand gives, or one of the others.
const RACE: &str = "race!";
/// A raw pointer: its name in the documentation of std.
const POINTER: &str = "pointer";

/// Whether a type lends its methods to what it holds.
pub(super) fn lends(name: &str) -> bool {
    AROUND.contains(&name)
}

impl Known {
    pub(super) fn of_path(path: Segments) -> Self {
        Self {
            path,
            of: Vec::new(),
        }
    }

    pub(super) fn list(item: Self) -> Self {
        Self::made(LIST, vec![item])
    }

    pub(super) fn tuple(of: Vec<Self>) -> Self {
        Self::made(TUPLE, of)
    }

    pub(super) fn option(of: Self) -> Self {
        Self::made("Option", vec![of])
    }

    /// What the operands of a race give, of which there is one.
    pub(super) fn race(of: Vec<Self>) -> Self {
        let mut last = of.into_iter().rev();
        let first = last.next().unwrap_or_default();
        last.fold(first, |others, this| Self::made(RACE, vec![this, others]))
    }

    pub(super) fn pointer() -> Self {
        Self::made(POINTER, Vec::new())
    }

    pub(super) fn is_pointer(&self) -> bool {
        self.is(&[POINTER])
    }

    fn made(name: &str, of: Vec<Self>) -> Self {
        Self {
            path: vec![name.to_owned()],
            of,
        }
    }

    /// A type that is written down.
    pub(super) fn of_type(ty: &Type) -> Option<Self> {
        match ty {
            Type::Paren(paren) => Self::of_type(&paren.elem),
            Type::Group(group) => Self::of_type(&group.elem),
            Type::Reference(reference) => Self::of_type(&reference.elem),
            Type::Ptr(_) => Some(Self::pointer()),
            Type::Slice(slice) => Self::of_type(&slice.elem).map(Self::list),
            Type::Array(array) => Self::of_type(&array.elem).map(Self::list),
            Type::Tuple(tuple) => {
                let parts = tuple.elems.iter().map(Self::of_type);
                Some(Self::tuple(parts.map(Option::unwrap_or_default).collect()))
            }
            Type::ImplTrait(ty) => ty.bounds.iter().find_map(lent),
            Type::Path(path) if path.qself.is_none() => {
                let last = path.path.segments.last()?;
                let of: Vec<Self> = given(&last.arguments)
                    .map(|ty| Self::of_type(ty).unwrap_or_default())
                    .collect();
                let known = Self {
                    path: names::segments(&path.path),
                    of,
                };
                let inner = known.is(AROUND).then(|| known.of.first().cloned());
                inner.flatten().or(Some(known))
            }
            _ => None,
        }
    }

    fn is(&self, names: &[&str]) -> bool {
        let last = self.path.last();
        last.is_some_and(|last| names.contains(&last.as_str()))
    }

    fn first(&self) -> Option<Self> {
        self.of.first().cloned()
    }

    /// What some function of another file or crate gives: whatever is taken out of it
    /// is theirs, too. It goes by the function's name.
    pub(super) fn is_opaque(&self) -> bool {
        let last = self.path.last();
        let is_function = last.is_some_and(|last| last.starts_with(|c: char| c.is_lowercase()));
        is_function && self.path.len() > 1
    }

    /// What a loop over it gives.
    pub(super) fn item(&self) -> Option<Self> {
        match self {
            opaque if opaque.is_opaque() => Some(opaque.clone()),
            list if list.is(LISTS) || list.is(MAYBE) => list.first(),
            map if map.is(MAPS) => Some(Self::tuple(map.of.clone())),
            _ => None,
        }
    }

    /// What a map has for its keys.
    pub(super) fn value(&self) -> Option<Self> {
        self.of.get(1).filter(|_| self.is(MAPS)).cloned()
    }

    /// What an index or a key gives.
    pub(super) fn element(&self) -> Option<Self> {
        self.value().or_else(|| self.item())
    }

    /// What `?` or `unwrap` gives. `Type::make()?` is a `Type`: it is only guessed that
    /// a function of a type makes one, and not said that it may fail.
    pub(super) fn inside(&self) -> Option<Self> {
        if self.is(MAYBE) {
            return self.first();
        }
        Some(self.clone()).filter(|_| !self.is(LISTS))
    }

    /// What an error is of.
    pub(super) fn error(&self) -> Option<Self> {
        self.of.get(1).filter(|_| self.is(MAYBE)).cloned()
    }

    /// What comes of a closure that is given each item, or what is there, and makes
    /// it `to`.
    pub(super) fn mapped(&self, to: Self) -> Self {
        if !self.is(MAYBE) {
            return Self::list(to);
        }
        let others = self.of.iter().skip(1).cloned();
        Self {
            path: self.path.clone(),
            of: std::iter::once(to).chain(others).collect(),
        }
    }

    /// What is left open in it, as in `Vec<_>`, taken from the value of that type.
    pub(super) fn or_parts_of(self, value: &Self) -> Self {
        if self.path.is_empty() {
            return value.clone();
        }
        if !self.is(LISTS) || !value.is(LISTS) {
            return self;
        }
        let parts = self.of.into_iter().enumerate();
        let parts = parts.map(|(at, own)| match value.of.get(at) {
            Some(value) => own.or_parts_of(value),
            None => own,
        });
        Self {
            of: parts.collect(),
            ..self
        }
    }

    /// What a pattern's variables are, each by its name.
    pub(super) fn bound(&self, pat: &Pat, fields: &Fields<'_>, bound: &mut Vec<(String, Self)>) {
        match pat {
            pat if self.is_opaque() => {
                let names = pattern::bindings(pat).into_iter();
                bound.extend(names.map(|name| (name.ident.to_string(), self.clone())));
            }
            Pat::Ident(ident) => bound.push((ident.ident.to_string(), self.clone())),
            Pat::Paren(paren) => self.bound(&paren.pat, fields, bound),
            Pat::Guard(guard) => self.bound(&guard.pat, fields, bound),
            Pat::Reference(reference) => self.bound(&reference.pat, fields, bound),
            Pat::Type(typed) => {
                let ty = Self::of_type(&typed.ty).unwrap_or_default();
                ty.or_parts_of(self).bound(&typed.pat, fields, bound);
            }
            Pat::Tuple(tuple) if self.is(&[TUPLE]) => {
                for (part, pat) in self.of.iter().zip(&tuple.elems) {
                    part.bound(pat, fields, bound);
                }
            }
            Pat::TupleStruct(variant) if self.is(MAYBE) || self.is(&[RACE]) => {
                let name = variant.path.segments.last();
                let is_second = name.is_some_and(|v| v.ident == "Err" || v.ident == "Other");
                let held = self.of.get(usize::from(is_second));
                if let (Some(held), Some(pat)) = (held, variant.elems.first()) {
                    held.bound(pat, fields, bound);
                }
            }
            Pat::TupleStruct(variant) => {
                for (number, pat) in variant.elems.iter().enumerate() {
                    if let Some(field) = last_of(&variant.path, &number.to_string(), fields) {
                        field.bound(pat, fields, bound);
                    }
                }
            }
            Pat::Struct(variant) => {
                for part in &variant.fields {
                    let name = part.member.to_token_stream().to_string();
                    if let Some(field) = last_of(&variant.path, &name, fields) {
                        field.bound(&part.pat, fields, bound);
                    }
                }
            }
            Pat::Slice(slice) => {
                for (item, pat) in slice
                    .elems
                    .iter()
                    .filter_map(|pat| Some((self.item()?, pat)))
                {
                    item.bound(pat, fields, bound);
                }
            }
            _ => {}
        }
    }
}

/// `AsRef<Type>`: what it is used for.
fn lent(bound: &TypeParamBound) -> Option<Known> {
    let TypeParamBound::Trait(bound) = bound else {
        return None;
    };
    let last = bound.path.segments.last()?;
    let held = given(&last.arguments).next()?;
    Known::of_type(held).filter(|_| last.ident == "AsRef")
}

/// Finds the type of a field, by `Type.name`.
pub(super) type Fields<'f> = dyn Fn(&str) -> Option<Known> + 'f;

fn last_of(path: &syn::Path, field: &str, fields: &Fields<'_>) -> Option<Known> {
    let last = &path.segments.last()?.ident;
    fields(&format!("{last}.{field}"))
}

/// The types in angle brackets.
fn given(arguments: &PathArguments) -> impl Iterator<Item = &Type> {
    let list = match arguments {
        PathArguments::AngleBracketed(list) => Some(&list.args),
        _ => None,
    };
    list.into_iter()
        .flatten()
        .filter_map(|argument| match argument {
            GenericArgument::Type(ty) => Some(ty),
            _ => None,
        })
}

/// The name and the type of a field; the name of one without is its number.
pub(super) fn field((number, field): (usize, &Field)) -> Option<(String, Known)> {
    let name = field.ident.as_ref();
    let name = name.map_or_else(|| number.to_string(), ToString::to_string);
    Some((name, Known::of_type(&field.ty)?))
}
