//! Labels of awaits: the callee's name, numbered when it occurs again, or the
//! one given by `.label("..")`. What `flow::timeout` and `flow::shield` wrap gives its name
//! with theirs behind it: what was stored of the one is no frame of the other.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Expr, ExprCall, Ident};

use crate::ids::{PointId, Table};
use crate::model::Point;
use crate::syntax::{calls, labels};

/// The label that an awaited expression has before numbering, and whether it
/// was given in the source.
pub(super) fn label(op: &Expr) -> (String, bool) {
    match labels::given(op) {
        Some(given) => (given.value(), true),
        None => (callee(op), false),
    }
}

/// The name of what is called.
fn callee(op: &Expr) -> String {
    match op {
        Expr::MethodCall(call) if call.method == "label" => callee(&call.receiver),
        Expr::MethodCall(call) => {
            let name = callee(&call.receiver);
            if name == FALLBACK {
                call.method.to_string()
            } else {
                name
            }
        }
        Expr::Call(call) => match wrapped(call) {
            Some((wrapper, op)) => format!("{}.{wrapper}", callee(op)),
            None => callee(&call.func),
        },
        Expr::Path(path) => {
            let last = path.path.segments.last().map(|segment| &segment.ident);
            last.map_or(FALLBACK.to_owned(), |ident| {
                syn::ext::IdentExt::unraw(ident).to_string()
            })
        }
        Expr::Paren(paren) => callee(&paren.expr),
        Expr::Group(group) => callee(&group.expr),
        _ => FALLBACK.to_owned(),
    }
}

/// What `flow::timeout` or `flow::shield` waits for, if it is called there.
fn wrapped(call: &ExprCall) -> Option<(&Ident, &Expr)> {
    let wrapper = calls::of_flow(call).filter(|name| *name == "timeout" || *name == "shield")?;
    let op = call.args.last()?;
    matches!(op, Expr::Call(_) | Expr::MethodCall(_)).then_some((wrapper, op))
}

const FALLBACK: &str = "await";

/// Numbers labels that occur again, be it as one that was given: no two states
/// may have one label. A point comes here with `twins` 0 when its label was
/// given, else 1.
pub(super) fn number(points: &mut Table<PointId, Point>) {
    let mut counts = BTreeMap::<String, u16>::new();
    for (_, point) in points.iter().filter(|(_, point)| point.twins > 0) {
        *counts.entry(point.label.clone()).or_default() += 1;
    }
    let given = points.iter().filter(|(_, point)| point.twins == 0);
    let given: BTreeSet<String> = given.map(|(_, point)| point.label.clone()).collect();
    let mut seen = BTreeMap::<String, u16>::new();
    let ids: Vec<PointId> = points.ids().collect();
    for id in ids {
        let point = &mut points[id];
        if point.twins == 0 {
            continue;
        }
        point.twins = counts.get(&point.label).copied().unwrap_or(1);
        let number = seen.entry(point.label.clone()).or_default();
        let label = loop {
            *number += 1;
            let label = match *number {
                1 => point.label.clone(),
                again => format!("{}#{again}", point.label),
            };
            if !given.contains(&label) {
                break label;
            }
        };
        point.label = label;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(op: &str) -> String {
        label(&syn::parse_str(op).unwrap()).0
    }

    #[test]
    fn what_is_wrapped_gives_its_name() {
        assert_eq!(
            of("flow::timeout(limit, bank::charge(id).retry(3))"),
            "charge.timeout"
        );
        assert_eq!(
            of("flow::shield(flow::timeout(limit, pay(1)))"),
            "pay.timeout.shield"
        );
        assert_eq!(of("flowstone::flow::shield(pay(1))"), "pay.shield");
        // Not what a variable is called.
        assert_eq!(of("flow::timeout(limit, all)"), "timeout");
        // An action of the user's.
        assert_eq!(of("bank::shield(pay(1))"), "shield");
        assert_eq!(of("flow::timeout(limit, pay(1)).label(\"now\")"), "now");
    }
}
