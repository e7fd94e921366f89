//! The signature of an action: a function to [`Param`]s, and the refusal of
//! each function that no engine could call.

use syn::visit::{self, Visit};
use syn::{
    Attribute, FnArg, GenericArgument, ItemFn, Lifetime, Pat, PatType, PathArguments, ReturnType,
    Safety, Signature, Type, TypeImplTrait, TypeReference, TypeTraitObject, parse_quote,
};

use super::catalog;
use super::model::{Argument, Form, Param};
use crate::diag::Diagnostics;

/// Sorts the parameters; those that are refused are left out.
pub(super) fn params(function: &ItemFn, diag: &mut Diagnostics) -> Vec<Param> {
    qualifiers(&function.sig, diag);
    let inputs = function.sig.inputs.iter();
    inputs
        .filter_map(|input| match input {
            FnArg::Receiver(receiver) => {
                diag.refuse(receiver, catalog::SELF_ACTION);
                None
            }
            FnArg::Typed(typed) => param(typed, diag),
        })
        .collect()
}

/// The return type, refused or not.
pub(super) fn ret(function: &ItemFn, diag: &mut Diagnostics) -> Type {
    let ReturnType::Type(_, ty) = &function.sig.output else {
        return parse_quote!(());
    };
    let texts = Texts {
        implied: catalog::IMPL_RESULT,
        dynamic: catalog::DYN_RESULT,
        borrow: catalog::BORROWED_RESULT,
        lifetime: catalog::BORROWED_RESULT,
    };
    texts.check(ty, diag);
    (**ty).clone()
}

/// Types of std that are no `Result`; another name may be an alias of one.
const NO_RESULTS: [&str; 22] = [
    "bool", "char", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128",
    "isize", "f32", "f64", "String", "Vec", "Option", "Box", "BTreeMap", "Duration",
];

/// Whether a function has a result for `retry_if`, as far as can be seen.
pub(super) fn may_fail(ret: &Type) -> bool {
    match ret {
        Type::Tuple(_) | Type::Array(_) | Type::Never(_) => false,
        Type::Path(path) => {
            let last = path.path.segments.last();
            last.is_none_or(|last| NO_RESULTS.iter().all(|name| last.ident != name))
        }
        _ => true,
    }
}

/// `T` and `E` of a return type that is written `Result<T, E>`.
pub(super) fn result_of(ret: &Type) -> Option<(&Type, &Type)> {
    match types_in(ret, "Result")?.as_slice() {
        [ok, err] => Some((ok, err)),
        _ => None,
    }
}

/// Whether a type has no part that is refused.
pub(super) fn is_storable(ty: &Type) -> bool {
    let mut diag = Diagnostics::new();
    let texts = Texts {
        implied: "",
        dynamic: "",
        borrow: "",
        lifetime: "",
    };
    let fits = texts.check(ty, &mut diag);
    diag.finish();
    fits
}

/// Whether a parameter does not appear in the call.
pub(super) fn is_given(input: &FnArg) -> bool {
    match input {
        FnArg::Receiver(_) => false,
        FnArg::Typed(typed) => match &*typed.ty {
            Type::Reference(reference) => is_injected(&reference.elem),
            ty => is_injected(ty),
        },
    }
}

fn qualifiers(sig: &Signature, diag: &mut Diagnostics) {
    if let Some(constness) = &sig.constness {
        diag.refuse(constness, catalog::CONST_ACTION);
    }
    if let Safety::Unsafe(keyword) = &sig.safety {
        diag.refuse(keyword, catalog::UNSAFE_ACTION);
    }
    if let Some(abi) = &sig.abi {
        diag.refuse(abi, catalog::EXTERN_ACTION);
    }
    if let Some(variadic) = &sig.variadic {
        diag.refuse(variadic, catalog::VARIADIC_ACTION);
    }
    if !sig.generics.params.is_empty() {
        diag.refuse(&sig.generics.params, catalog::GENERIC_ACTION);
    } else if let Some(clause) = &sig.generics.where_clause {
        diag.refuse(clause, catalog::GENERIC_ACTION);
    }
}

fn param(typed: &PatType, diag: &mut Diagnostics) -> Option<Param> {
    if let Some(cfg) = typed.attrs.iter().find(|attr| is_conditional(attr)) {
        diag.refuse(cfg, catalog::CFG_ARGUMENT);
        return None;
    }
    if is_injected(&typed.ty) {
        return injected(&typed.ty, diag);
    }
    if let Type::Reference(reference) = &*typed.ty
        && is_injected(&reference.elem)
    {
        diag.refuse(reference, catalog::BORROWED_DEP);
        return None;
    }
    argument(typed, diag).map(Box::new).map(Param::Argument)
}

fn is_conditional(attr: &Attribute) -> bool {
    attr.path().is_ident("cfg") || attr.path().is_ident("cfg_attr")
}

fn is_injected(ty: &Type) -> bool {
    types_in(ty, "Dep").is_some() || types_in(ty, "ActionCx").is_some()
}

/// A `Dep<T>` or an `ActionCx`.
fn injected(ty: &Type, diag: &mut Diagnostics) -> Option<Param> {
    let Some(types) = types_in(ty, "Dep") else {
        return Some(Param::Cx);
    };
    match types.as_slice() {
        [Type::TraitObject(object)] => diag.refuse(object, catalog::DYN_DEP),
        [given] => return Some(Param::Dep(Box::new((*given).clone()))),
        // rustc says on the body that `Dep` lacks its type.
        _ => {}
    }
    None
}

fn argument(typed: &PatType, diag: &mut Diagnostics) -> Option<Argument> {
    let texts = Texts {
        implied: catalog::IMPL_ARGUMENT,
        dynamic: catalog::DYN_ARGUMENT,
        borrow: catalog::NESTED_BORROW,
        lifetime: catalog::NAMED_LIFETIME,
    };
    let ty = (*typed.ty).clone();
    let (form, fits) = match &ty {
        Type::Reference(TypeReference {
            mutability: Some(mutability),
            ..
        }) => {
            diag.refuse(mutability, catalog::MUT_ARGUMENT);
            return None;
        }
        Type::Reference(TypeReference {
            lifetime: Some(lifetime),
            ..
        }) => {
            diag.refuse(lifetime, catalog::NAMED_LIFETIME);
            return None;
        }
        Type::Reference(reference) => (
            borrowed(&reference.elem),
            texts.check(&reference.elem, diag),
        ),
        _ => (Form::Owned, texts.check(&ty, diag)),
    };
    match &*typed.pat {
        Pat::Ident(pat) if pat.subpat.is_none() && pat.by_ref.is_none() => fits.then(|| Argument {
            ident: pat.ident.clone(),
            ty,
            form,
        }),
        pat => {
            diag.refuse(pat, catalog::PATTERN_ARGUMENT);
            None
        }
    }
}

fn borrowed(target: &Type) -> Form {
    let unsized_type = ["str", "Path"]
        .iter()
        .any(|name| types_in(target, name).is_some());
    match target {
        Type::Slice(slice) => Form::Slice((*slice.elem).clone()),
        _ if unsized_type => Form::Unsized(target.clone()),
        _ => Form::Borrowed(target.clone()),
    }
}

/// The type arguments of a path whose last segment is `name`.
fn types_in<'a>(ty: &'a Type, name: &str) -> Option<Vec<&'a Type>> {
    let Type::Path(path) = ty else { return None };
    let last = path
        .path
        .segments
        .last()
        .filter(|last| last.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return Some(Vec::new());
    };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    Some(types.collect())
}

/// What to say of the parts of a type that cannot be stored.
struct Texts {
    implied: &'static str,
    dynamic: &'static str,
    borrow: &'static str,
    lifetime: &'static str,
}

impl Texts {
    /// Refuses each such part; whether there was none.
    fn check(&self, ty: &Type, diag: &mut Diagnostics) -> bool {
        let mut parts = Parts {
            texts: self,
            diag,
            fits: true,
        };
        parts.visit_type(ty);
        parts.fits
    }
}

struct Parts<'a> {
    texts: &'a Texts,
    diag: &'a mut Diagnostics,
    fits: bool,
}

impl<'ast> Visit<'ast> for Parts<'_> {
    fn visit_type_impl_trait(&mut self, ty: &'ast TypeImplTrait) {
        self.diag.refuse(ty, self.texts.implied);
        self.fits = false;
    }

    fn visit_type_trait_object(&mut self, ty: &'ast TypeTraitObject) {
        self.diag.refuse(ty, self.texts.dynamic);
        self.fits = false;
    }

    fn visit_type_reference(&mut self, ty: &'ast TypeReference) {
        self.diag.refuse(ty, self.texts.borrow);
        self.fits = false;
    }

    fn visit_lifetime(&mut self, lifetime: &'ast Lifetime) {
        self.diag.refuse(lifetime, self.texts.lifetime);
        self.fits = false;
        visit::visit_lifetime(self, lifetime);
    }
}
