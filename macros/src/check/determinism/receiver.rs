//! What the receiver of a method is, as far as tokens say.

use std::rc::Rc;

use syn::{
    Block, Expr, ExprCall, ExprField, ExprIf, ExprMatch, ExprPath, Member, ReturnType, Stmt, Type,
    TypeParamBound, UnOp,
};

use super::meaning::{Function, Meaning, Space};
use super::names::{self, Segments};
use super::resolve::Resolver;
use super::types::{self, Known};
use super::{chains, home, pointers, table};
use crate::syntax::{fork, macros};

/// The type of `expr`, if it is written down where the value is made, bound, or
/// given by a function of the file.
pub(super) fn type_of(expr: &Expr, resolver: &mut Resolver) -> Option<Known> {
    match expr {
        Expr::Paren(paren) => type_of(&paren.expr, resolver),
        Expr::Group(group) => type_of(&group.expr, resolver),
        Expr::Reference(reference) => type_of(&reference.expr, resolver),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Deref(_)) => type_of(&unary.expr, resolver),
        Expr::Path(path) if path.qself.is_none() => of_path(path, resolver),
        Expr::Struct(made) => Some(of_maker(&names::segments(&made.path))),
        Expr::Call(call) => of_call(call, resolver),
        Expr::MethodCall(call) => chains::type_of(call, resolver),
        Expr::Try(tried) => type_of(&tried.expr, resolver)?.inside(),
        Expr::Await(awaited) => of_operation(&awaited.base, resolver),
        Expr::Binary(binary) => type_of(&binary.left, resolver),
        Expr::Index(index) => type_of(&index.expr, resolver)?.element(),
        Expr::Field(field) => of_field(field, resolver),
        Expr::Tuple(tuple) => {
            let parts = tuple.elems.iter();
            let parts = parts.map(|part| type_of(part, resolver).unwrap_or_default());
            Some(Known::tuple(parts.collect()))
        }
        Expr::Array(array) => type_of(array.elems.first()?, resolver).map(Known::list),
        Expr::Repeat(repeat) => type_of(&repeat.expr, resolver).map(Known::list),
        Expr::Block(block) => of_block(&block.block, resolver),
        Expr::If(branch) => of_branch(branch, resolver),
        Expr::Match(matched) => of_match(matched, resolver),
        Expr::Macro(mac) if mac.mac.path.is_ident("vec") => {
            let items = macros::arguments(&mac.mac)?.exprs;
            let item = items.first().and_then(|item| type_of(item, resolver));
            Some(Known {
                path: vec!["Vec".to_owned()],
                of: item.into_iter().collect(),
            })
        }
        Expr::Macro(mac) if mac.mac.path.is_ident("format") => {
            Some(Known::of_path(vec!["String".to_owned()]))
        }
        Expr::Cast(cast) => Known::of_type(&cast.ty),
        Expr::RawAddr(_) => Some(Known::pointer()),
        _ => None,
    }
}

fn of_block(block: &Block, resolver: &mut Resolver) -> Option<Known> {
    let (Stmt::Expr(value, None), before) = block.stmts.split_last()? else {
        return None;
    };
    resolver.within(|resolver| {
        for stmt in before {
            if let Stmt::Local(local) = stmt {
                let init = local.init.as_ref();
                let ty = init.and_then(|init| type_of(&init.expr, resolver));
                resolver.bind(&local.pat, ty);
            }
        }
        type_of(value, resolver)
    })
}

fn of_branch(branch: &ExprIf, resolver: &mut Resolver) -> Option<Known> {
    let then = resolver.within(|resolver| {
        if let Expr::Let(bound) = &*branch.cond {
            let ty = type_of(&bound.expr, resolver);
            resolver.bind(&bound.pat, ty);
        }
        of_block(&branch.then_branch, resolver)
    });
    then.or_else(|| type_of(&branch.else_branch.as_ref()?.1, resolver))
}

/// What the first arm gives of which that is known.
fn of_match(matched: &ExprMatch, resolver: &mut Resolver) -> Option<Known> {
    let ty = type_of(&matched.expr, resolver);
    matched.arms.iter().find_map(|arm| {
        resolver.within(|resolver| {
            resolver.bind(&arm.pat, ty.clone());
            type_of(&arm.body, resolver)
        })
    })
}

fn of_field(field: &ExprField, resolver: &mut Resolver) -> Option<Known> {
    let name = match &field.member {
        Member::Named(name) => name.to_string(),
        Member::Unnamed(index) => index.index.to_string(),
    };
    let base = type_of(&field.base, resolver)?;
    let part = name.parse::<usize>().ok();
    let part = part.and_then(|number| base.of.get(number).cloned());
    part.or_else(|| home::field_of(resolver, &base.path, &name))
}

/// A variable, a unit struct, a variant or a constant.
fn of_path(path: &ExprPath, resolver: &Resolver) -> Option<Known> {
    let path = names::segments(&path.path);
    if let [name] = path.as_slice() {
        let mut scopes = resolver.scopes.iter().rev();
        if let Some(known) = scopes.find_map(|scope| scope.bound.get(name)) {
            return known.clone();
        }
    }
    if let Some(known) = typed(&path, resolver) {
        return Some(known);
    }
    if let Meaning::Full(found) = resolver.meaning(&path, Space::Value)
        && found
            .iter()
            .any(|found| found.path.join("::") == "std::time::UNIX_EPOCH")
    {
        let path = ["std", "time", "SystemTime"].map(ToOwned::to_owned);
        return Some(Known::of_path(path.to_vec()));
    }
    let last = path.last()?;
    let is_type = matches!(resolver.meaning(&path, Space::Type), Meaning::Own);
    if is_name_of_type(last) && (is_type || path.len() > 1) {
        return Some(of_maker(&path));
    }
    // `Type::CONSTANT`, which mostly is one of them.
    let is_constant = last.starts_with(char::is_uppercase);
    owner(&path).filter(|_| is_constant).map(Known::of_path)
}

/// What a struct, a variant, or the function by its name makes.
fn of_maker(path: &Segments) -> Known {
    Known::of_path(owner(path).unwrap_or_else(|| path.clone()))
}

/// `Type::name`  =>  `Type`
fn owner(path: &Segments) -> Option<Segments> {
    let (_, owner) = path.split_last()?;
    let is_type = owner.last().is_some_and(|name| is_name_of_type(name));
    is_type.then(|| owner.to_vec())
}

fn is_name_of_type(name: &str) -> bool {
    name.starts_with(char::is_uppercase) && (name.contains(char::is_lowercase) || name.len() == 1)
}

fn of_call(call: &ExprCall, resolver: &mut Resolver) -> Option<Known> {
    if let Some(kind) = fork::of(call) {
        let operands = call.args.iter();
        let operands = operands.map(|op| of_operation(op, resolver).unwrap_or_default());
        return Some(match kind {
            fork::Kind::Join => Known::tuple(operands.collect()),
            fork::Kind::Race => Known::race(operands.collect()),
            fork::Kind::TryJoin => return None,
        });
    }
    if pointers::are_made_by(call) {
        return Some(Known::pointer());
    }
    let Expr::Path(path) = &*call.func else {
        return None;
    };
    let path = names::segments(&path.path);
    if path.last()? == "Some" {
        let held = type_of(call.args.first()?, resolver);
        return Some(Known::option(held.unwrap_or_default()));
    }
    if let ([.., around, maker], Some(held)) = (path.as_slice(), call.args.first())
        && (maker == "new" || maker == "from")
        && types::lends(around)
    {
        return type_of(held, resolver);
    }
    made_by(&path, resolver)
}

/// Types whose names are no crates', although they begin paths as these do.
const PRIMITIVES: &[&str] = &[
    "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32",
    "f64", "bool", "char", "str",
];

/// What a function gives: one of the file what it says, `Type::new` a `Type`, as far as
/// names say. What one of another file or crate gives is theirs, by the name of
/// the function.
pub(super) fn made_by(path: &Segments, resolver: &Resolver) -> Option<Known> {
    let meaning = resolver.meaning(path, Space::Value);
    if let Meaning::Function(function) = &meaning {
        return output(function, resolver);
    }
    if is_name_of_type(path.last()?) {
        return Some(of_maker(path));
    }
    if let [primitive, _] = path.as_slice()
        && PRIMITIVES.contains(&primitive.as_str())
    {
        return Some(Known::of_path(vec![primitive.clone()]));
    }
    let of_type = owner(path).map(Known::of_path);
    of_type.or_else(|| match meaning {
        Meaning::Full(found) => {
            let mut found = found.into_iter().filter(|found| !found.guess);
            let full = found.find(|found| table::is_foreign(&found.path))?;
            Some(Known::of_path(full.path))
        }
        Meaning::Own if !resolver.is_variable(path) => {
            let root = (path.len() == 1).then(|| "self".to_owned());
            Some(Known::of_path(
                root.into_iter().chain(path.clone()).collect(),
            ))
        }
        _ => None,
    })
}

/// What an action or a flow of the file gives, or a channel.
fn of_operation(op: &Expr, resolver: &mut Resolver) -> Option<Known> {
    match op {
        Expr::Paren(paren) => of_operation(&paren.expr, resolver),
        // `.label(..)` and other options.
        Expr::MethodCall(call) => of_operation(&call.receiver, resolver),
        Expr::Call(call) => {
            let Expr::Path(path) = &*call.func else {
                return None;
            };
            let path = names::segments(&path.path);
            if path.last()? == "receive" {
                return type_of(call.args.first()?, resolver)?.of.first().cloned();
            }
            typed(&path, resolver)
        }
        _ => None,
    }
}

/// What is known of a name in the innermost module.
fn typed(path: &Segments, resolver: &Resolver) -> Option<Known> {
    let [name] = path.as_slice() else {
        return None;
    };
    let module = resolver.modules.as_ref()?.last()?;
    module.names.typed.get(name).cloned()
}

/// What a function of the file gives, said as it is said here.
pub(super) fn output(function: &Function, resolver: &Resolver) -> Option<Known> {
    let body = function.body()?;
    let ReturnType::Type(_, ty) = &body.signature.as_ref()?.output else {
        return None;
    };
    let here = resolver.modules.as_ref()?;
    let inner = function.modules.get(here.len()..)?;
    let is_inside = here
        .iter()
        .zip(&function.modules)
        .all(|(a, b)| Rc::ptr_eq(a, b));
    let prefix: Segments = inner.iter().map(|module| module.name.clone()).collect();
    let known = Known::of_type(ty)
        .or_else(|| only(ty, function))
        .filter(|_| is_inside)?;
    Some(home::said_from(&known, &prefix, body.owner.as_deref()))
}

/// `impl Trait`, if one type of the file is all that has it.
fn only(ty: &Type, function: &Function) -> Option<Known> {
    let Type::ImplTrait(ty) = ty else {
        return None;
    };
    let names = &function.modules.last()?.names;
    let mut traits = ty.bounds.iter().filter_map(|bound| match bound {
        TypeParamBound::Trait(bound) => bound.path.get_ident(),
        _ => None,
    });
    match traits
        .find_map(|of| names.implemented.get(&of.to_string()))?
        .as_slice()
    {
        [one] => Some(Known::of_path(vec![one.clone()])),
        _ => None,
    }
}
