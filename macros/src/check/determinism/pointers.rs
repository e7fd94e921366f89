//! Raw pointers: where a value lies is another place in each run.

use syn::{Expr, ExprCall, Type};

use super::receiver;
use super::resolve::Resolver;

/// Whether a value is surely a pointer, if it is cast to an integer.
pub(super) fn is_cast(expr: &Expr, resolver: &mut Resolver) -> bool {
    match expr {
        Expr::Paren(paren) => is_cast(&paren.expr, resolver),
        Expr::Group(group) => is_cast(&group.expr, resolver),
        Expr::Cast(cast) if matches!(*cast.ty, Type::FnPtr(_)) => true,
        // Nothing else can be cast that such a function gives.
        Expr::Call(call) if ends(call, &["from_ref", "from_mut", "into_raw"]) => true,
        expr => receiver::type_of(expr, resolver).is_some_and(|ty| ty.is_pointer()),
    }
}

/// Whether a function of std gives a pointer.
pub(super) fn are_made_by(call: &ExprCall) -> bool {
    let Expr::Path(path) = &*call.func else {
        return false;
    };
    let mut segments = path.path.segments.iter().rev();
    segments.next();
    let Some(owner) = segments.next() else {
        return false;
    };
    let is = |names: &[&str]| names.iter().any(|name| owner.ident == name);
    is(&["ptr"]) && ends(call, &["from_ref", "from_mut"])
        || is(&["Box", "Rc", "Arc"]) && ends(call, &["into_raw", "as_ptr"])
}

fn ends(call: &ExprCall, names: &[&str]) -> bool {
    let Expr::Path(path) = &*call.func else {
        return false;
    };
    let last = path.path.segments.last();
    last.is_some_and(|last| names.iter().any(|name| last.ident == name))
}

pub(super) fn is_integer(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.get_ident().is_some_and(|name| {
        let name = name.to_string();
        name.starts_with(['u', 'i']) && name != "str"
    }))
}
