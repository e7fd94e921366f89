//! Which variables may be moved out of, a field at a time.
//!
//! Without types a move looks like a copy: what is used by its value counts
//! as moved. Saying so where nothing is moved is safe: then the fields that
//! are still needed are stored, instead of the whole.

use std::collections::BTreeSet;

use syn::visit::{self, Visit};
use syn::{
    BinOp, Block, Expr, ExprAssign, ExprBinary, ExprCast, ExprField, ExprIndex, ExprLet, ExprMatch,
    ExprMethodCall, ExprPath, ExprReference, ExprUnary, Item, Local, Macro, Member, Pat,
};

use super::taken::{self, Taken};
use super::uses::{Paths, fields_of, path_name, path_of};
use super::{macros, methods, order, place};

/// What code of `body` may move out of variables.
pub(crate) fn out_of(body: &Block) -> Paths {
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
    moved: Paths,
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
    /// What was found. Of what may be a field that counts which is given back: the rest
    /// may be that of a variant.
    fn all(mut self) -> Paths {
        for (name, fields) in std::mem::take(&mut self.taken) {
            if self.given.contains(&(name.clone(), path_name(&fields))) {
                self.matched(&name, fields);
            }
        }
        self.moved
    }

    /// What matching `value` with `pat` takes out of it.
    fn taken_by(&mut self, pat: &Pat, value: &Expr, always: bool) {
        for (name, taken) in taken::by(value, pat, always) {
            match taken {
                Taken::Field(fields) => self.matched(&name, fields),
                Taken::Maybe(fields) => self.taken.push((name, fields)),
                Taken::Within(_) => {}
            }
        }
    }

    /// Notes that a pattern moves a field away.
    fn matched(&mut self, name: &str, fields: Vec<Member>) {
        let moved = self.moved.entry(name.to_owned()).or_default();
        if !fields.is_empty() {
            moved.insert(path_name(&fields), fields);
        }
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

impl<'ast> Visit<'ast> for Moves {
    // What is named counts as named, so it is looked at before what takes it apart.

    fn visit_local(&mut self, local: &'ast Local) {
        visit::visit_local(self, local);
        if let Some(init) = &local.init {
            self.taken_by(&local.pat, &init.expr, init.diverge.is_none());
        }
    }

    fn visit_expr_let(&mut self, bound: &'ast ExprLet) {
        visit::visit_expr_let(self, bound);
        self.taken_by(&bound.pat, &bound.expr, false);
    }

    fn visit_expr_match(&mut self, matched: &'ast ExprMatch) {
        visit::visit_expr_match(self, matched);
        let always = matched.arms.len() == 1;
        for arm in &matched.arms {
            self.taken_by(&arm.pat, &matched.expr, always);
        }
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
                moved.insert(path_name(&fields), fields);
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
