//! What the receiver of a method is, as far as tokens say.

use std::rc::Rc;

use syn::{Block, Expr, ExprCall, ExprMethodCall, ExprPath, Member, ReturnType, Stmt};

use super::meaning::{Function, Meaning, Space};
use super::names::{self, Segments};
use super::resolve::Resolver;
use super::types::Known;
use crate::syntax::{fork, macros};

/// The type of `expr`, if it is written down where the value is made, bound, or
/// given by a function of the file.
pub(super) fn type_of(expr: &Expr, resolver: &Resolver) -> Option<Known> {
    let of = |expr| type_of(expr, resolver);
    match expr {
        Expr::Paren(paren) => of(&paren.expr),
        Expr::Group(group) => of(&group.expr),
        Expr::Reference(reference) => of(&reference.expr),
        Expr::Unary(unary) if matches!(unary.op, syn::UnOp::Deref(_)) => of(&unary.expr),
        Expr::Path(path) if path.qself.is_none() => of_path(path, resolver),
        Expr::Struct(made) => Some(of_maker(&names::segments(&made.path))),
        Expr::Call(call) => of_call(call, resolver),
        Expr::MethodCall(call) => of_method(call, resolver),
        Expr::Try(tried) => of(&tried.expr)?.inside(),
        Expr::Await(awaited) => of_operation(&awaited.base, resolver),
        Expr::Binary(binary) => of(&binary.left),
        Expr::Index(index) => of(&index.expr)?.element(),
        Expr::Field(field) => {
            let name = match &field.member {
                Member::Named(name) => name.to_string(),
                Member::Unnamed(index) => index.index.to_string(),
            };
            field_of(&of(&field.base)?, &name, resolver)
        }
        Expr::Tuple(tuple) => {
            let parts = tuple.elems.iter().map(|part| of(part).unwrap_or_default());
            Some(Known::tuple(parts.collect()))
        }
        Expr::Array(array) => of(array.elems.first()?).map(Known::list),
        Expr::Repeat(repeat) => of(&repeat.expr).map(Known::list),
        Expr::Block(block) => of_block(&block.block, resolver),
        Expr::If(branch) => of_block(&branch.then_branch, resolver),
        Expr::Match(matched) => of(&matched.arms.first()?.body),
        Expr::Macro(mac) if mac.mac.path.is_ident("vec") => {
            let items = macros::arguments(&mac.mac)?.exprs;
            let item = items.first().and_then(of);
            Some(Known {
                path: vec!["Vec".to_owned()],
                of: item.into_iter().collect(),
            })
        }
        Expr::Macro(mac) if mac.mac.path.is_ident("format") => {
            Some(Known::of_path(vec!["String".to_owned()]))
        }
        _ => None,
    }
}

/// What a method gives to the closures among its arguments.
pub(super) fn given_to_closures(call: &ExprMethodCall, resolver: &Resolver) -> Vec<Known> {
    if !call
        .args
        .iter()
        .any(|value| matches!(value, Expr::Closure(_)))
    {
        return Vec::new();
    }
    let item = type_of(&call.receiver, resolver).and_then(|ty| ty.item());
    match item {
        Some(item) if call.method == "fold" => vec![Known::default(), item],
        item => item.into_iter().collect(),
    }
}

fn of_block(block: &Block, resolver: &Resolver) -> Option<Known> {
    match block.stmts.last()? {
        Stmt::Expr(value, None) => type_of(value, resolver),
        _ => None,
    }
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

fn of_call(call: &ExprCall, resolver: &Resolver) -> Option<Known> {
    if fork::of(call).is_some_and(|kind| kind == fork::Kind::Join) {
        let operands = call.args.iter().map(|op| of_operation(op, resolver));
        return Some(Known::tuple(
            operands.map(Option::unwrap_or_default).collect(),
        ));
    }
    let Expr::Path(path) = &*call.func else {
        return None;
    };
    let path = names::segments(&path.path);
    if let Meaning::Function(function) = resolver.meaning(&path, Space::Value) {
        return output(&function, resolver);
    }
    let last = path.last()?;
    if last == "Some" {
        return type_of(call.args.first()?, resolver).map(Known::option);
    }
    if is_name_of_type(last) {
        return Some(of_maker(&path));
    }
    // `Type::new(..)` makes one, as far as names say.
    owner(&path).map(Known::of_path)
}

/// What an action or a flow of the file gives, or a channel.
fn of_operation(op: &Expr, resolver: &Resolver) -> Option<Known> {
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

fn of_method(call: &ExprMethodCall, resolver: &Resolver) -> Option<Known> {
    let receiver = type_of(&call.receiver, resolver)?;
    let path = [receiver.path.as_slice(), &[call.method.to_string()]].concat();
    if let Meaning::Function(function) = resolver.meaning(&path, Space::Value) {
        return output(&function, resolver);
    }
    let of_path = matches!(
        receiver.path.last().map(String::as_str),
        Some("Path" | "PathBuf")
    );
    match call.method.to_string().as_str() {
        "join" | "with_extension" | "with_file_name" | "as_path" | "to_path_buf" if of_path => {
            Some(receiver)
        }
        "parent" if of_path => Some(Known::option(receiver)),
        "clone" | "to_owned" | "as_ref" | "as_mut" | "as_deref" | "borrow" | "borrow_mut"
        | "cloned" | "copied" | "take" | "by_ref" | "rev" | "skip" | "step_by" | "filter"
        | "chain" | "peekable" | "or" | "or_else" | "ok_or" | "ok_or_else" | "ok" | "as_slice"
        | "as_mut_slice" => Some(receiver),
        "unwrap" | "expect" | "unwrap_or" | "unwrap_or_else" | "unwrap_or_default" => {
            receiver.inside()
        }
        "flatten" => Some(Known::list(receiver.item()?.item()?)),
        "iter" | "iter_mut" | "into_iter" | "drain" => receiver.item().map(Known::list),
        "values" | "values_mut" | "into_values" => receiver.value().map(Known::list),
        "enumerate" => {
            let item = receiver.item()?;
            Some(Known::list(Known::tuple(vec![Known::default(), item])))
        }
        "get" | "get_mut" | "remove" => receiver.element().map(Known::option),
        "first" | "last" | "first_mut" | "last_mut" | "pop" | "pop_front" | "pop_back" | "next"
        | "nth" | "find" | "max_by_key" | "min_by_key" => receiver.item().map(Known::option),
        _ => None,
    }
}

fn field_of(of: &Known, name: &str, resolver: &Resolver) -> Option<Known> {
    if let Ok(number) = name.parse::<usize>()
        && let Some(part) = of.of.get(number)
    {
        return Some(part.clone());
    }
    let modules = resolver.modules.as_ref()?;
    let fields = &modules.last()?.names.fields;
    let owner = match of.path.as_slice() {
        [own] if own == "Self" => resolver.owner.as_ref()?,
        [one] => one,
        _ => return None,
    };
    fields.get(&format!("{owner}.{name}")).cloned()
}

/// What a function of the file gives, said as it is said here.
fn output(function: &Function, resolver: &Resolver) -> Option<Known> {
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
    let known = Known::of_type(ty).filter(|_| is_inside)?;
    Some(said_from(&known, &prefix, body.owner.as_deref()))
}

/// A type of an inner module, by its path from outside; what is not the module's is
/// found through it as well.
fn said_from(known: &Known, prefix: &Segments, owner: Option<&str>) -> Known {
    let path = match (known.path.as_slice(), owner) {
        ([own], Some(owner)) if own == "Self" => vec![owner.to_owned()],
        (path, _) => path.to_vec(),
    };
    let of = known.of.iter().map(|part| said_from(part, prefix, owner));
    let is_std = path.len() == 1 && !known.of.is_empty();
    let prefix = if is_std { &[][..] } else { prefix };
    Known {
        of: of.collect(),
        path: [prefix, &path].concat(),
    }
}
