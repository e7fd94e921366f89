//! What the receiver of a method is, as far as tokens say.

use syn::{Expr, FnArg, Pat, Type};

use super::names::{self, Segments};
use super::resolve::Resolver;

/// The path of the type of `expr`, if it is written down where the value is made
/// or bound.
pub(super) fn type_of(expr: &Expr, resolver: &Resolver) -> Option<Segments> {
    match expr {
        Expr::Paren(paren) => type_of(&paren.expr, resolver),
        Expr::Group(group) => type_of(&group.expr, resolver),
        Expr::Reference(reference) => type_of(&reference.expr, resolver),
        Expr::Path(path) => {
            let name = path.path.get_ident()?.to_string();
            let mut scopes = resolver.scopes.iter().rev();
            scopes.find_map(|scope| scope.bound.get(&name))?.clone()
        }
        Expr::Struct(made) => Some(names::segments(&made.path)),
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) => constructed(&names::segments(&path.path)),
            _ => None,
        },
        Expr::Macro(mac) if mac.mac.path.is_ident("vec") => Some(vec!["Vec".to_owned()]),
        Expr::Macro(mac) if mac.mac.path.is_ident("format") => Some(vec!["String".to_owned()]),
        _ => None,
    }
}

/// `Type::new`  =>  `Type`
fn constructed(path: &Segments) -> Option<Segments> {
    let (function, ty) = path.split_last()?;
    let name = ty.last()?;
    let makes = function.starts_with(char::is_lowercase) && name.starts_with(char::is_uppercase);
    makes.then(|| ty.to_vec())
}

/// The path of a type, through borrows.
pub(super) fn of_type(ty: &Type) -> Option<Segments> {
    names::path_of(ty).map(|(path, _)| path)
}

/// The variable and the type of a parameter.
pub(super) fn of_param(param: &FnArg) -> Option<(&Pat, Option<Segments>)> {
    match param {
        FnArg::Typed(param) => Some((&param.pat, of_type(&param.ty))),
        FnArg::Receiver(_) => None,
    }
}
