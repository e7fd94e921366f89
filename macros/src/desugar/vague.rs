//! Variables of a type that their first value does not say: as in
//! `let mut last = None;`, where what is assigned further on says it, or in
//! `let all = read();`, where only rustc knows.

use proc_macro2::Ident;
use syn::{BinOp, Block, Expr, Lit, Stmt, Type};

use super::Desugar;
use super::asked::Asked;
use crate::ids::LocalId;
use crate::syntax::{awaits, macros, place, uses};

/// The methods whose result the code around them picks.
const PICKED: &[&str] = &[
    "collect",
    "into",
    "parse",
    "product",
    "sum",
    "try_into",
    "unwrap_or_default",
    "unzip",
];

impl Desugar {
    /// Marks `locals` if neither `ty` nor `value` says all of their type.
    pub(super) fn mark_vague(
        &mut self,
        locals: &[LocalId],
        ty: Option<&Type>,
        value: Option<&Expr>,
    ) {
        let is_open = ty.is_none_or(Asked::is_open);
        if is_open && value.is_some_and(is_number) {
            self.scopes.numbers.extend(locals);
        }
        if is_open && value.is_none_or(|value| self.is_vague(value)) {
            let own = |local: &&LocalId| self.locals[**local].derived_from.is_none();
            let own: Vec<LocalId> = locals.iter().filter(own).copied().collect();
            self.scopes.vague.extend(&own);
            self.mark_inferred(&own, value);
        }
    }

    /// Marks `locals`, of which `value` does not say all of their type.
    fn mark_inferred(&mut self, locals: &[LocalId], value: Option<&Expr>) {
        if !matches!(value, Some(Expr::Lit(_) | Expr::Unary(_) | Expr::Binary(_))) {
            self.scopes.inferred.extend(locals);
        }
        let is_settled = match value {
            Some(Expr::Call(call)) => is_of_one_type(&call.func),
            _ => false,
        };
        if !is_settled {
            self.scopes.unsettled.extend(locals);
        }
    }

    /// Marks `locals` if they are bound to what neither an action gives, whose type has
    /// been looked at, nor the tokens say.
    pub(super) fn mark_unseen(&mut self, locals: &[LocalId], value: &Expr) {
        if locals.is_empty() || awaits::in_expr(value) || is_no_collection(value) {
            return;
        }
        // By name only: parts of what it names would be parts of `locals`, which are
        // bound by now and may hide it.
        let mut names = uses::paths_of_expr(value).into_keys();
        let local = |name: &str| {
            let temp = self.temps.get(name).copied();
            temp.or_else(|| self.scopes.named(name))
        };
        let is_awaited = |local: LocalId| self.awaited.contains_key(&local);
        if !names.any(|name| local(&name).is_some_and(is_awaited)) {
            self.scopes.unseen.extend(locals);
        }
    }

    pub(super) fn is_vague(&self, value: &Expr) -> bool {
        match value {
            Expr::Lit(_) => is_number(value),
            Expr::Path(path) => match place::variable(path) {
                Some(name) => self
                    .found(name)
                    .is_some_and(|local| self.scopes.vague.contains(&local)),
                // `None`, and other variants.
                None => path.path.segments.last().is_some_and(|last| {
                    last.arguments.is_none() && last.ident.to_string().contains(char::is_lowercase)
                }),
            },
            Expr::Paren(paren) => self.is_vague(&paren.expr),
            Expr::Group(group) => self.is_vague(&group.expr),
            Expr::Try(tried) => self.is_vague(&tried.expr),
            Expr::Field(field) => self.is_vague(&field.base),
            Expr::Index(index) => self.is_vague(&index.expr),
            Expr::Reference(reference) => self.is_vague(&reference.expr),
            Expr::Unary(unary) => self.is_vague(&unary.expr),
            Expr::Binary(binary) => self.is_vague(&binary.left) && self.is_vague(&binary.right),
            Expr::Repeat(repeat) => self.is_vague(&repeat.expr),
            Expr::Array(array) => {
                array.elems.is_empty() || array.elems.iter().any(|item| self.is_vague(item))
            }
            Expr::Tuple(tuple) => tuple.elems.iter().any(|part| self.is_vague(part)),
            Expr::Struct(built) => built.fields.iter().any(|field| self.is_vague(&field.expr)),
            // What is awaited is of the type that its action or flow says.
            _ if awaits::in_expr(value) => false,
            Expr::Call(call) if is_variant(&call.func) => {
                call.args.iter().any(|value| self.is_vague(value))
            }
            Expr::Call(_) => true,
            Expr::MethodCall(call) => {
                let picked = PICKED.iter().any(|name| call.method == name);
                picked && call.turbofish.is_none() || self.is_vague(&call.receiver)
            }
            Expr::Macro(mac) => {
                let known = macros::arguments(&mac.mac);
                mac.mac.path.is_ident("vec")
                    && known.is_none_or(|known| {
                        known.exprs.is_empty() || known.exprs.iter().any(|item| self.is_vague(item))
                    })
            }
            Expr::Block(block) => self.ends_vague(&block.block),
            Expr::If(branch) => {
                let otherwise = branch.else_branch.as_ref();
                self.ends_vague(&branch.then_branch)
                    && otherwise.is_some_and(|(_, otherwise)| self.is_vague(otherwise))
            }
            Expr::Match(matched) => matched.arms.iter().all(|arm| self.is_vague(&arm.body)),
            _ => false,
        }
    }

    fn ends_vague(&self, block: &Block) -> bool {
        match block.stmts.last() {
            Some(Stmt::Expr(value, None)) => self.is_vague(value),
            _ => false,
        }
    }
}

/// Whether a value, or an item of it, is a number whose type it does not say.
pub(super) fn is_number(value: &Expr) -> bool {
    match value {
        Expr::Lit(lit) => match &lit.lit {
            Lit::Int(number) => number.suffix().is_empty(),
            Lit::Float(number) => number.suffix().is_empty(),
            _ => false,
        },
        Expr::Paren(paren) => is_number(&paren.expr),
        Expr::Unary(unary) => is_number(&unary.expr),
        Expr::Range(range) => [&range.start, &range.end]
            .into_iter()
            .flatten()
            .all(|bound| is_number(bound)),
        _ => false,
    }
}

/// Whether some end of a branch is of a type that the other ends must say: `None`.
pub(super) fn ends_open(value: &Expr) -> bool {
    let in_block = |block: &Block| match block.stmts.last() {
        Some(Stmt::Expr(value, None)) => ends_open(value),
        _ => false,
    };
    match value {
        Expr::Path(path) => {
            let last = path.path.segments.last();
            place::variable(path).is_none() && last.is_some_and(|last| last.arguments.is_none())
        }
        Expr::Call(call) => is_variant(&call.func),
        Expr::Paren(paren) => ends_open(&paren.expr),
        Expr::Group(group) => ends_open(&group.expr),
        Expr::Block(block) => in_block(&block.block),
        Expr::If(branch) => {
            let otherwise = branch.else_branch.as_ref();
            otherwise.is_some_and(|(_, otherwise)| ends_open(otherwise))
                || otherwise.is_some() && in_block(&branch.then_branch)
        }
        Expr::Match(matched) => matched.arms.iter().any(|arm| ends_open(&arm.body)),
        _ => false,
    }
}

/// Whether a path names a variant, or a struct of one field or more.
fn is_variant(function: &Expr) -> bool {
    let Expr::Path(path) = function else {
        return false;
    };
    let last = path.path.segments.last();
    last.is_some_and(|last| last.ident.to_string().starts_with(char::is_uppercase))
}

/// Types of which a function of theirs does not say all, and traits.
const OPEN: [&str; 13] = [
    "Arc",
    "BTreeMap",
    "BTreeSet",
    "BinaryHeap",
    "Box",
    "Default",
    "HashMap",
    "HashSet",
    "LinkedList",
    "Option",
    "Rc",
    "Vec",
    "VecDeque",
];

/// Whether a function gives values of one type, as far as its path tells.
fn is_of_one_type(function: &Expr) -> bool {
    let Expr::Path(path) = function else {
        return false;
    };
    let is_open = |name: &Ident| OPEN.iter().any(|open| name == open);
    path.qself.is_none() && !path.path.segments.iter().any(|part| is_open(&part.ident))
}

/// Whether the tokens say that a value is neither a `HashMap` nor a `HashSet`, of which some
/// operators make others.
fn is_no_collection(value: &Expr) -> bool {
    match value {
        Expr::Cast(_) | Expr::Closure(_) | Expr::Lit(_) | Expr::Range(_) => true,
        Expr::Binary(binary) => !matches!(
            binary.op,
            BinOp::BitAnd(_) | BinOp::BitOr(_) | BinOp::BitXor(_) | BinOp::Sub(_)
        ),
        _ => false,
    }
}
