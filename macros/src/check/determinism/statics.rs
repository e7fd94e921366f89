//! Statics whose value can change, and how.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Item, ItemStatic, Macro, StaticMutability, TypePath};

use super::names::{self, Segments};

/// How a static can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Static {
    /// Whenever somebody writes it.
    Written,
    /// When it is first used.
    Filled,
}

/// Types that fill a static when it is first used.
const FILLED: &[&str] = &["LazyLock", "OnceLock", "OnceCell", "Lazy", "LazyCell"];

/// Types that make a static changeable. Those that begin with `Atomic` do so
/// too.
const CHANGEABLE: &[&str] = &[
    "Mutex",
    "RwLock",
    "Cell",
    "RefCell",
    "UnsafeCell",
    "ArcSwap",
    "DashMap",
];

/// The statics among `items` that can change, if only by a part of an own type.
pub(super) fn among(
    items: &[&Item],
    uses: &BTreeMap<String, Segments>,
) -> BTreeMap<String, Static> {
    let statics = items.iter().filter_map(|item| match item {
        Item::Static(item) => Some(item),
        _ => None,
    });
    let mut statics = statics.peekable();
    if statics.peek().is_none() {
        return BTreeMap::new();
    }
    let renamed = uses.iter().filter(|(name, path)| path.last() != Some(name));
    let renamed = renamed.map(|(name, path)| (name.clone(), vec![path.join("::")]));
    let own = items.iter().filter_map(|item| parts(item));
    let own = renamed.chain(own).collect();
    let found = statics.filter_map(|item| Some((item.ident.to_string(), kind(item, &own)?)));
    found.collect()
}

/// The same of a static in a body: what its types are made of is not looked up, but
/// numbers and texts never change.
pub(super) fn in_body(item: &ItemStatic) -> Option<Static> {
    let mut words = Words::default();
    words.visit_type(&item.ty);
    let is_plain = |word: &String| word.starts_with(char::is_lowercase) && !word.contains("::");
    let known = kind(item, &BTreeMap::new());
    known.or_else(|| (!words.0.iter().all(is_plain)).then_some(Static::Written))
}

/// Own types, each with those that it is made of.
type Own = BTreeMap<String, Vec<String>>;

fn kind(item: &ItemStatic, own: &Own) -> Option<Static> {
    let mut words = Words::default();
    words.visit_type(&item.ty);
    let mut open = words.0;
    let (mut seen, mut words) = (BTreeSet::new(), Vec::new());
    while let Some(word) = open.pop() {
        if let Some(parts) = own.get(&word) {
            if seen.insert(word) {
                open.extend(parts.iter().cloned());
            }
        } else {
            words.push(word);
        }
    }
    // Of `std::sync::Mutex` the path is kept, as an own type may have that name.
    let words = words.iter().map(|path| path.rsplit("::").next());
    let words: Vec<&str> = words.flatten().collect();
    let has = |types: &[&str]| words.iter().any(|word| types.contains(word));
    let is_mut = matches!(item.mutability, StaticMutability::Mut(_));
    let is_atomic = words.iter().any(|word| word.starts_with("Atomic"));
    if is_mut || is_atomic || has(CHANGEABLE) {
        return Some(Static::Written);
    }
    has(FILLED).then_some(Static::Filled)
}

/// The name of an own type, and what it is made of.
fn parts(item: &Item) -> Option<(String, Vec<String>)> {
    let mut words = Words::default();
    let name = match item {
        Item::Struct(item) => {
            words.visit_fields(&item.fields);
            &item.ident
        }
        Item::Enum(item) => {
            let fields = item.variants.iter().map(|variant| &variant.fields);
            fields.for_each(|fields| words.visit_fields(fields));
            &item.ident
        }
        Item::Type(item) => {
            words.visit_type(&item.ty);
            &item.ident
        }
        _ => return None,
    };
    Some((name.to_string(), words.0))
}

/// The paths of all types in one.
#[derive(Default)]
struct Words(Vec<String>);

impl<'ast> Visit<'ast> for Words {
    fn visit_type_path(&mut self, ty: &'ast TypePath) {
        let path = names::segments(&ty.path);
        self.0
            .push(path.join("::").trim_start_matches("self::").to_owned());
        visit::visit_type_path(self, ty);
    }
}

/// The static that a macro makes.
pub(super) fn in_macro(mac: &Macro) -> Option<(String, Static)> {
    let kind = match mac.path.segments.last()?.ident.to_string().as_str() {
        "thread_local" => Static::Written,
        "lazy_static" => Static::Filled,
        _ => return None,
    };
    let words = idents(mac.tokens.clone());
    let after = words.into_iter().skip_while(|word| word != "static");
    let mut names = after.skip(1).filter(|word| word != "ref" && word != "mut");
    Some((names.next()?, kind))
}

/// All identifiers in `tokens`, in order.
fn idents(tokens: TokenStream) -> Vec<String> {
    tokens
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Ident(ident) => vec![ident.to_string()],
            TokenTree::Group(group) => idents(group.stream()),
            TokenTree::Punct(_) | TokenTree::Literal(_) => Vec::new(),
        })
        .collect()
}
