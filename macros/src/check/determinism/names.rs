//! The names that the items of a module or of a block bring into scope.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{
    Attribute, Expr, Fields, ImplItem, ImplItemFn, Item, ItemEnum, ItemFn, ItemImpl, ItemMacro,
    ItemMod, PathArguments, ReturnType, TraitItem, Type,
};

use super::body::{Body, has_functions};
use super::skim::Bodies;
use super::statics::{self, Static};
use super::types::{self, Known};
use super::{defaults, traits, transcribed};

/// A path, segment by segment. An empty first segment is a leading `::`.
pub(super) type Segments = Vec<String>;

/// Names, each with what is known of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    /// Imports: the name, and the path that it stands for.
    pub(super) uses: BTreeMap<String, Segments>,
    /// The paths before `::*`.
    pub(super) globs: Vec<Segments>,
    /// Own types, traits and modules.
    pub(super) types: BTreeSet<String>,
    /// Own functions and constants.
    pub(super) values: BTreeSet<String>,
    /// Own macros.
    pub(super) macros: BTreeSet<String>,
    /// `type Name = Path<..>;`: the path, and how many types it is given.
    pub(super) aliases: BTreeMap<String, (Segments, usize)>,
    /// Statics whose value can change.
    pub(super) statics: BTreeMap<String, Static>,
    /// The fields of own structs and variants whose types are written down, as
    /// `Type.name`.
    pub(super) fields: BTreeMap<String, Known>,
    /// What own actions and flows give, and the types of constants.
    pub(super) typed: BTreeMap<String, Known>,
    /// Own actions and flows.
    pub(super) marked: BTreeSet<String>,
    /// Own functions, those of own types as `Type::name`, and macros as `name!`.
    pub(super) functions: BTreeMap<String, Rc<Body>>,
    /// Functions of own types that two traits, or two of a trait, give them.
    doubtful: BTreeSet<String>,
    /// Inner modules whose macros are those of this one: `#[macro_use] mod name`.
    pub(super) macro_uses: BTreeSet<String>,
    /// Traits, each with the types that have it here.
    pub(super) implemented: BTreeMap<String, Vec<String>>,
    /// The variants of own enums.
    pub(super) variants: BTreeMap<String, Vec<String>>,
    /// The names of own methods, here and in inner modules.
    pub(super) methods: BTreeSet<String>,
    /// Methods marked as flows where their `impl` is not: the line of the mark, and
    /// the name.
    pub(super) unseen: BTreeSet<(usize, String)>,
}

impl Names {
    /// The names of the items in a body of a flow, which is walked as a whole.
    pub(super) fn of_body<'a>(items: impl IntoIterator<Item = &'a Item>) -> Self {
        Self::of_items(items, &Bodies::new())
    }

    /// The names of items whose functions have these `bodies`.
    pub(super) fn of_items<'a>(items: impl IntoIterator<Item = &'a Item>, bodies: &Bodies) -> Self {
        let mut names = Self::default();
        let items: Vec<&Item> = items.into_iter().collect();
        for item in &items {
            names.add(item, bodies);
        }
        names.statics.extend(statics::among(&items, &names.uses));
        traits::provide(&items, bodies, &mut names);
        defaults::derive(&items, &mut names);
        for name in std::mem::take(&mut names.doubtful) {
            names.functions.remove(&name);
        }
        names
    }

    fn add(&mut self, item: &Item, bodies: &Bodies) {
        match item {
            Item::Use(item) => {
                let start = item.leading_colon.map(|_| String::new());
                self.add_use(&item.tree, &mut start.into_iter().collect());
            }
            Item::ExternCrate(item) => {
                let name = item.rename.as_ref().map_or(&item.ident, |(_, name)| name);
                self.uses
                    .insert(name.to_string(), vec![item.ident.to_string()]);
            }
            Item::Type(item) => {
                let name = item.ident.to_string();
                if let Some(alias) = path_of(&item.ty) {
                    self.aliases.insert(name, alias);
                } else {
                    self.types.insert(name);
                }
            }
            Item::Struct(item) => {
                self.add_fields(&item.ident.to_string(), &item.fields);
                self.add_both(item.ident.to_string());
            }
            Item::Enum(item) => self.add_enum(item),
            Item::Union(item) => self.add_type(item.ident.to_string()),
            Item::Trait(item) => {
                self.add_type(item.ident.to_string());
                let methods = item.items.iter().filter_map(|item| match item {
                    TraitItem::Fn(item) => Some(item.sig.ident.to_string()),
                    _ => None,
                });
                self.methods.extend(methods);
            }
            Item::Mod(item) => self.add_mod(item),
            Item::Fn(item) => self.add_function(item, bodies),
            Item::Impl(item) => self.add_impl(item, bodies),
            Item::Const(item) => {
                let name = item.ident.to_string();
                self.typed
                    .extend(Known::of_type(&item.ty).map(|ty| (name.clone(), ty)));
                self.add_pointer(&name, &item.ty, &item.expr);
                self.add_value(name);
            }
            Item::Static(item) => {
                let name = item.ident.to_string();
                self.add_pointer(&name, &item.ty, &item.expr);
                self.add_value(name);
            }
            Item::Macro(item) => self.add_macro(item),
            _ => {}
        }
    }

    fn add_enum(&mut self, item: &ItemEnum) {
        let name = item.ident.to_string();
        for variant in &item.variants {
            self.add_fields(&variant.ident.to_string(), &variant.fields);
        }
        let variants = item.variants.iter();
        let variants = variants.map(|variant| variant.ident.to_string());
        self.variants.insert(name.clone(), variants.collect());
        self.add_type(name);
    }

    fn add_mod(&mut self, item: &ItemMod) {
        let name = item.ident.to_string();
        let mut attrs = item.attrs.iter();
        if attrs.any(|attr| attr.path().is_ident("macro_use")) {
            self.macro_uses.insert(name.clone());
        }
        self.add_type(name);
    }

    fn add_function(&mut self, item: &ItemFn, bodies: &Bodies) {
        let name = item.sig.ident.to_string();
        if item.attrs.iter().any(is_ours) {
            self.marked.insert(name.clone());
            if let ReturnType::Type(_, ty) = &item.sig.output {
                self.typed
                    .extend(Known::of_type(ty).map(|ty| (name.clone(), ty)));
            }
        } else if let Some(body) = Body::of(&item.sig, &item.block, bodies, None) {
            self.functions.insert(name.clone(), body);
        }
        self.add_value(name);
    }

    /// A constant of functions: what calls one does what is named there.
    fn add_pointer(&mut self, name: &str, ty: &Type, value: &Expr) {
        if has_functions(ty) {
            let named = Body::written(value.to_token_stream());
            self.functions.insert(name.to_owned(), named);
        }
    }

    fn add_impl(&mut self, item: &ItemImpl, bodies: &Bodies) {
        let owner = traits::owner(item);
        if let (Some((of, _)), Some(owner)) = (&item.trait_, &owner)
            && let Some(of) = of.segments.last()
        {
            let implemented = self.implemented.entry(of.ident.to_string()).or_default();
            implemented.push(owner.clone());
        }
        for constant in &item.items {
            if let (ImplItem::Const(constant), Some(owner)) = (constant, &owner) {
                let name = format!("{owner}::{}", constant.ident);
                self.add_pointer(&name, &constant.ty, &constant.expr);
            }
        }
        let is_seen = item.attrs.iter().any(is_ours);
        for function in item.items.iter().filter_map(function) {
            let name = function.sig.ident.to_string();
            let marks = function.attrs.iter();
            let marks = marks.filter(|attr| !is_seen && is_ours(attr));
            let marks = marks.map(|attr| (attr.span().start().line, name.clone()));
            self.unseen.extend(marks);
            if let Some(owner) = &owner
                && !function.attrs.iter().any(is_ours)
                && let Some(body) = Body::of(&function.sig, &function.block, bodies, Some(owner))
            {
                let name = format!("{owner}::{name}");
                // Two `From`: which one is meant, types tell.
                if item.trait_.is_some() && self.functions.contains_key(&name) {
                    self.doubtful.insert(name.clone());
                }
                self.functions.insert(name, body);
            }
            self.methods.insert(name);
        }
    }

    fn add_fields(&mut self, of: &str, fields: &Fields) {
        let fields = fields.iter().enumerate().filter_map(types::field);
        self.fields
            .extend(fields.map(|(name, ty)| (format!("{of}.{name}"), ty)));
    }

    fn add_type(&mut self, name: String) {
        self.types.insert(name);
    }

    fn add_value(&mut self, name: String) {
        self.values.insert(name);
    }

    /// A struct is a type, and may be a function that makes one.
    fn add_both(&mut self, name: String) {
        self.values.insert(name.clone());
        self.types.insert(name);
    }

    fn add_macro(&mut self, item: &ItemMacro) {
        let Some(name) = &item.ident else {
            self.statics.extend(statics::in_macro(&item.mac));
            return;
        };
        self.macros.insert(name.to_string());
        let code = transcribed::code(item.mac.tokens.clone());
        let body = Body::written(code);
        self.functions.insert(format!("{name}!"), body);
    }
}

fn function(item: &ImplItem) -> Option<&ImplItemFn> {
    match item {
        ImplItem::Fn(function) => Some(function),
        _ => None,
    }
}

/// Whether an attribute makes an item a flow or an action of its own.
pub(super) fn is_ours(attr: &Attribute) -> bool {
    let last = attr.path().segments.last();
    last.is_some_and(|last| last.ident == "flow" || last.ident == "action")
}

/// A type that is a plain path, and how many types its last segment is given.
pub(super) fn path_of(ty: &Type) -> Option<(Segments, usize)> {
    match ty {
        Type::Path(path) if path.qself.is_none() => {
            Some((segments(&path.path), arguments(&path.path)))
        }
        Type::Reference(reference) => path_of(&reference.elem),
        _ => None,
    }
}

/// A path as segments.
pub(super) fn segments(path: &syn::Path) -> Segments {
    let start = path.leading_colon.map(|_| String::new());
    start
        .into_iter()
        .chain(
            path.segments
                .iter()
                .map(|segment| segment.ident.to_string()),
        )
        .collect()
}

/// How many types the last segment of `path` is given.
pub(super) fn arguments(path: &syn::Path) -> usize {
    path.segments
        .last()
        .map_or(0, |last| match &last.arguments {
            PathArguments::AngleBracketed(arguments) => arguments
                .args
                .iter()
                .filter(|argument| matches!(argument, syn::GenericArgument::Type(_)))
                .count(),
            _ => 0,
        })
}
