//! Which variables may be moved out of, a field at a time.
//!
//! Without types a move looks like a copy: what is used by its value counts
//! as moved. Saying so where nothing is moved is safe: then the fields that
//! are still needed are stored, instead of the whole.

use std::collections::{BTreeMap, BTreeSet};

use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{
    BinOp, Block, Expr, ExprAssign, ExprBinary, ExprCast, ExprField, ExprIndex, ExprLet, ExprMatch,
    ExprMethodCall, ExprPath, ExprReference, ExprUnary, Item, Local, Macro, Member, Pat, Token,
};

use super::uses::{fields_of, path_name, path_of};
use super::{macros, methods, order, pattern, place};

/// For each variable that something may be moved out of, what: paths of fields.
pub(crate) type Moved = BTreeMap<String, BTreeMap<String, Part>>;

/// What may be moved out of a variable.
pub(crate) struct Part {
    pub(crate) fields: Vec<Member>,
    /// Whether a pattern does it, which names the field nowhere else.
    pub(crate) is_matched: bool,
}

/// What code of `body` may move out of variables.
pub(crate) fn out_of(body: &Block) -> Moved {
    let mut moves = Moves::default();
    moves.visit_block(body);
    moves.all()
}

/// What code surely moves out of variables, if it is no copy: paths of fields, none
/// for all of it.
pub(crate) fn surely_in(expr: &Expr) -> BTreeSet<(String, String)> {
    let mut moves = Moves {
        wholes: Some(BTreeSet::new()),
        ..Moves::default()
    };
    moves.visit_expr(expr);
    let fields = moves.moved.iter().flat_map(|(name, parts)| {
        let paths = parts.keys().cloned();
        paths.map(move |path| (name.clone(), path))
    });
    let wholes = moves.wholes.into_iter().flatten();
    fields
        .chain(wholes.map(|name| (name, String::new())))
        .collect()
}

#[derive(Default)]
struct Moves {
    moved: Moved,
    /// What patterns take out of variables, if it is a field.
    taken: Vec<Field>,
    /// The fields that assignments give back.
    given: BTreeSet<(String, String)>,
    /// The variables that are used by their value, if these are asked for, and
    /// receivers are not.
    wholes: Option<BTreeSet<String>>,
}

/// A variable, and the way to a field of it.
type Field = (String, Vec<Member>);

impl Moves {
    /// What was found. Of what patterns take only that counts which is surely a
    /// field: the others may be those of a variant.
    fn all(mut self) -> Moved {
        for (name, fields) in self.taken {
            let field = (name, path_name(&fields));
            if self.given.contains(&field) {
                let moved = self.moved.entry(field.0).or_default();
                moved.entry(field.1).or_insert(Part {
                    fields,
                    is_matched: true,
                });
            }
        }
        self.moved
    }

    /// What matching `value` with `pat` takes out of it.
    fn taken_by(&mut self, pat: &Pat, value: &Expr) {
        if let Some((name, fields)) = path_of(value) {
            taken(pat, &fields, &mut |fields| {
                self.taken.push((name.to_string(), fields));
            });
        }
    }
}

/// Says which of what lies at `fields` a pattern moves away.
fn taken(pat: &Pat, fields: &[Member], say: &mut dyn FnMut(Vec<Member>)) {
    let inner = |member: Member| [fields, &[member]].concat();
    let is_rest = |pat: &&Pat| !matches!(pat, Pat::Rest(_));
    let mut in_order = |elems: &Punctuated<Pat, _>| {
        for (at, elem) in elems.iter().take_while(is_rest).enumerate() {
            taken(elem, &inner(Member::Unnamed(at.into())), say);
        }
    };
    match pat {
        Pat::Ident(bound) if bound.by_ref.is_none() => say(fields.to_vec()),
        Pat::Tuple(tuple) => in_order(&tuple.elems),
        Pat::TupleStruct(tuple) => {
            in_order(&tuple.elems);
            say_if_bound(pat, fields, say);
        }
        Pat::Struct(built) => {
            for field in &built.fields {
                taken(&field.pat, &inner(field.member.clone()), say);
            }
            say_if_bound(pat, fields, say);
        }
        Pat::Or(or) => or.cases.iter().for_each(|pat| taken(pat, fields, say)),
        Pat::Paren(paren) => taken(&paren.pat, fields, say),
        Pat::Guard(guarded) => taken(&guarded.pat, fields, say),
        Pat::Slice(_) => say_if_bound(pat, fields, say),
        _ => {}
    }
}

/// What a pattern takes out of a variant is gone from all of it.
fn say_if_bound(pat: &Pat, fields: &[Member], say: &mut dyn FnMut(Vec<Member>)) {
    let mut bound = pattern::bindings(pat).into_iter();
    if bound.any(|bound| bound.by_ref.is_none()) {
        say(fields.to_vec());
    }
}

impl Moves {
    /// Notes the fields that an assignment to `left` replaces.
    fn give(&mut self, left: &Expr) {
        if let Some((name, fields)) = path_of(left) {
            self.given.insert((name.to_string(), path_name(&fields)));
        }
        for left in order::targets(left).unwrap_or_default() {
            self.give(left);
        }
    }

    /// Visits what is read where it is.
    fn read<'ast>(&mut self, expr: &'ast Expr)
    where
        Self: Visit<'ast>,
    {
        match expr {
            Expr::Field(field) => self.read(&field.base),
            Expr::Paren(paren) => self.read(&paren.expr),
            Expr::Group(group) => self.read(&group.expr),
            Expr::Path(_) => {}
            other => self.visit_expr(other),
        }
    }
}

impl Moves {
    /// `let Order { address, .. } = order;` and `let (address, ..) = pair;` move a
    /// field away.
    fn taken_apart(&mut self, pat: &Pat, value: &Expr) {
        let Some((name, at)) = path_of(value) else {
            return;
        };
        let moved = self.moved.entry(name.to_string()).or_default();
        for field in fields_bound_by(pat) {
            let fields = [at.as_slice(), &[field]].concat();
            let entry = moved.entry(path_name(&fields));
            let is_matched = true;
            entry.or_insert(Part { fields, is_matched });
        }
    }
}

/// The fields of a struct or tuple of which a pattern that always matches binds
/// something, as far as they can be named.
fn fields_bound_by(pat: &Pat) -> Vec<Member> {
    let is_bound = |pat: &Pat| !pattern::bindings(pat).is_empty();
    let in_order = |elems: &Punctuated<Pat, Token![,]>| {
        let elems = elems.iter().enumerate();
        let known = elems.take_while(|(_, pat)| !matches!(pat, Pat::Rest(_)));
        let bound = known.filter(|(_, pat)| is_bound(pat));
        bound.map(|(at, _)| Member::Unnamed(at.into())).collect()
    };
    match pat {
        Pat::Struct(built) => {
            let bound = built.fields.iter().filter(|field| is_bound(&field.pat));
            bound.map(|field| field.member.clone()).collect()
        }
        Pat::Tuple(tuple) => in_order(&tuple.elems),
        Pat::TupleStruct(tuple) => in_order(&tuple.elems),
        _ => Vec::new(),
    }
}

impl<'ast> Visit<'ast> for Moves {
    fn visit_local(&mut self, local: &'ast Local) {
        if let Some(init) = &local.init {
            if init.diverge.is_none() {
                self.taken_apart(&local.pat, &init.expr);
            }
            self.taken_by(&local.pat, &init.expr);
        }
        visit::visit_local(self, local);
    }

    fn visit_expr_let(&mut self, bound: &'ast ExprLet) {
        self.taken_by(&bound.pat, &bound.expr);
        visit::visit_expr_let(self, bound);
    }

    fn visit_expr_match(&mut self, matched: &'ast ExprMatch) {
        for arm in &matched.arms {
            self.taken_by(&arm.pat, &matched.expr);
        }
        visit::visit_expr_match(self, matched);
    }

    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        let name = place::variable(path).map(ToString::to_string);
        self.wholes
            .iter_mut()
            .for_each(|wholes| wholes.extend(name.clone()));
    }

    fn visit_expr_field(&mut self, field: &'ast ExprField) {
        match fields_of(field) {
            Ok((name, fields)) => {
                let moved = self.moved.entry(name.to_string()).or_default();
                let part = moved.entry(path_name(&fields));
                part.or_insert(Part {
                    fields,
                    is_matched: false,
                });
            }
            Err(base) => self.visit_expr(base),
        }
    }

    fn visit_expr_reference(&mut self, reference: &'ast ExprReference) {
        self.read(&reference.expr);
    }

    fn visit_expr_index(&mut self, index: &'ast ExprIndex) {
        self.read(&index.expr);
        self.visit_expr(&index.index);
    }

    fn visit_expr_unary(&mut self, unary: &'ast ExprUnary) {
        self.read(&unary.expr);
    }

    fn visit_expr_cast(&mut self, cast: &'ast ExprCast) {
        self.read(&cast.expr);
    }

    fn visit_expr_assign(&mut self, assign: &'ast ExprAssign) {
        self.give(&assign.left);
        self.read(&assign.left);
        self.visit_expr(&assign.right);
    }

    fn visit_expr_binary(&mut self, binary: &'ast ExprBinary) {
        // `String + &str` moves; numbers are copied.
        if matches!(binary.op, BinOp::Add(_)) {
            self.visit_expr(&binary.left);
        } else {
            self.read(&binary.left);
        }
        self.read(&binary.right);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        if self.wholes.is_some() || methods::borrows(&call.method.to_string()) {
            self.read(&call.receiver);
        } else {
            self.visit_expr(&call.receiver);
        }
        for argument in &call.args {
            self.visit_expr(argument);
        }
    }

    /// All but `vec!` borrow their arguments.
    fn visit_macro(&mut self, mac: &'ast Macro) {
        let arguments = macros::arguments(mac).map_or(Vec::new(), |known| known.exprs);
        for argument in &arguments {
            if mac.path.is_ident("vec") {
                self.visit_expr(argument);
            } else {
                self.read(argument);
            }
        }
    }

    fn visit_item(&mut self, _: &'ast Item) {}
}
