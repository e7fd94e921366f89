//! What methods give, as far as tokens say: of own types what they say, of those of std
//! what they are known for. A closure is asked what it makes of what it is given.

use syn::{Expr, ExprClosure, ExprMethodCall, GenericArgument};

use super::meaning::{Meaning, Space};
use super::resolve::Resolver;
use super::types::Known;
use super::{names, receiver, table};

/// The type of what a method gives.
pub(super) fn type_of(call: &ExprMethodCall, resolver: &mut Resolver) -> Option<Known> {
    let method = call.method.to_string();
    let receiver = receiver::type_of(&call.receiver, resolver);
    if let Some(receiver) = &receiver {
        let path = [receiver.path.as_slice(), std::slice::from_ref(&method)].concat();
        if let Meaning::Function(function) = resolver.meaning(&path, Space::Value) {
            return receiver::output(&function, resolver);
        }
    }
    let is_pointer = method == "as_ptr" || method == "as_mut_ptr";
    // An own type may have a method of that name.
    if is_pointer && (receiver.is_some() || !resolver.has_method(&method)) {
        return Some(Known::pointer());
    }
    let Some(receiver) = receiver.filter(|known| !known.path.is_empty()) else {
        return of_closure(&method, &Known::default(), call, resolver);
    };
    if receiver.is_opaque() {
        return of_closure(&method, &receiver, call, resolver).or(Some(receiver));
    }
    let known = of_path(&method, &receiver)
        .or_else(|| of_collection(&method, &receiver))
        .or_else(|| of_closure(&method, &receiver, call, resolver));
    if known.is_none() && is_foreign(&receiver, resolver) {
        return Some(Known::of_path([receiver.path, vec![method]].concat()));
    }
    known
}

/// Whether a type is of another crate than std: what it gives is unknown, and has
/// methods of its own.
fn is_foreign(known: &Known, resolver: &Resolver) -> bool {
    match resolver.meaning(&known.path, Space::Type) {
        Meaning::Full(found) => {
            let mut found = found.iter().filter(|found| !found.guess);
            found.any(|found| table::is_foreign(&found.path))
        }
        _ => false,
    }
}

fn of_path(method: &str, receiver: &Known) -> Option<Known> {
    let last = receiver.path.last()?;
    if last != "Path" && last != "PathBuf" {
        return None;
    }
    match method {
        "join" | "with_extension" | "with_file_name" | "as_path" | "to_path_buf" => {
            Some(receiver.clone())
        }
        "parent" => Some(Known::option(receiver.clone())),
        _ => None,
    }
}

fn of_collection(method: &str, receiver: &Known) -> Option<Known> {
    match method {
        "clone" | "to_owned" | "as_ref" | "as_mut" | "as_deref" | "borrow" | "borrow_mut"
        | "cloned" | "copied" | "take" | "by_ref" | "rev" | "skip" | "step_by" | "filter"
        | "chain" | "peekable" | "or" | "or_else" | "ok_or" | "ok_or_else" | "ok" | "as_slice"
        | "as_mut_slice" | "inspect" | "take_while" | "skip_while" | "fuse" | "map_err"
        | "to_vec" => Some(receiver.clone()),
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
        | "nth" | "find" | "max_by_key" | "min_by_key" | "max_by" | "min_by" => {
            receiver.item().map(Known::option)
        }
        _ => None,
    }
}

/// What a method gives that hands to its closure what it has.
fn of_closure(
    method: &str,
    receiver: &Known,
    call: &ExprMethodCall,
    resolver: &mut Resolver,
) -> Option<Known> {
    if method == "collect" {
        let written = call.turbofish.as_ref().and_then(|turbofish| {
            turbofish.args.first().and_then(|argument| match argument {
                GenericArgument::Type(ty) => Known::of_type(ty),
                _ => None,
            })
        });
        return Some(written.unwrap_or_default().or_parts_of(receiver));
    }
    if !matches!(
        method,
        "map" | "filter_map" | "flat_map" | "and_then" | "map_or" | "map_or_else"
    ) {
        return None;
    }
    let made = made(call.args.last()?, &given(method, receiver), resolver)?;
    match method {
        "map" => Some(receiver.mapped(made)),
        "filter_map" => made.item().map(Known::list),
        "flat_map" => Some(Known::list(made.item()?)),
        _ => Some(made),
    }
}

/// What a method gives to the closures among its arguments.
pub(super) fn given_to_closures(call: &ExprMethodCall, resolver: &mut Resolver) -> Vec<Known> {
    let mut values = call.args.iter();
    if !values.any(|value| matches!(value, Expr::Closure(_))) {
        return Vec::new();
    }
    let receiver = receiver::type_of(&call.receiver, resolver);
    receiver.map_or_else(Vec::new, |receiver| {
        given(&call.method.to_string(), &receiver)
    })
}

fn given(method: &str, receiver: &Known) -> Vec<Known> {
    let of_error = matches!(
        method,
        "map_err" | "or_else" | "unwrap_or_else" | "inspect_err"
    );
    let item = if of_error {
        receiver.error()
    } else {
        receiver.item()
    };
    match (item, method) {
        (Some(item), "fold") => vec![Known::default(), item],
        (Some(item), "sort_by" | "max_by" | "min_by" | "reduce" | "dedup_by") => {
            vec![item.clone(), item]
        }
        (item, _) => item.into_iter().collect(),
    }
}

/// What a function makes of what it is `given`.
fn made(function: &Expr, given: &[Known], resolver: &mut Resolver) -> Option<Known> {
    match function {
        Expr::Closure(closure) => of_body(closure, given, resolver),
        Expr::Path(path) => receiver::made_by(&names::segments(&path.path), resolver),
        _ => None,
    }
}

fn of_body(closure: &ExprClosure, given: &[Known], resolver: &mut Resolver) -> Option<Known> {
    resolver.within(|resolver| {
        for (at, input) in closure.inputs.iter().enumerate() {
            resolver.bind(input, given.get(at).cloned());
        }
        receiver::type_of(&closure.body, resolver)
    })
}
