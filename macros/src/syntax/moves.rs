//! Which variables may be moved out of, a field at a time.
//!
//! Without types a move looks like a copy: what is used by its value counts
//! as moved. Saying so where nothing is moved is safe: then the fields that
//! are still needed are stored, instead of the whole.

use std::collections::BTreeMap;

use syn::visit::{self, Visit};
use syn::{
    BinOp, Block, Expr, ExprAssign, ExprBinary, ExprCast, ExprField, ExprIndex, ExprMethodCall,
    ExprReference, ExprUnary, FieldPat, Item, Local, Macro, Member, Pat,
};

use super::uses::{fields_of, path_name};
use super::{macros, methods, pattern, place};

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
    let mut moves = Moves(Moved::new());
    moves.visit_block(body);
    moves.0
}

struct Moves(Moved);

impl Moves {
    /// Visits what is read where it is.
    fn read<'ast>(&mut self, expr: &'ast Expr)
    where
        Self: Visit<'ast>,
    {
        match expr {
            Expr::Field(field) => self.read(&field.base),
            Expr::Paren(paren) => self.read(&paren.expr),
            Expr::Group(group) => self.read(&group.expr),
            other => self.visit_expr(other),
        }
    }
}

impl Moves {
    /// `let Order { address, .. } = order;` moves a field away.
    fn taken_apart(&mut self, pat: &Pat, value: &Expr) {
        let (Pat::Struct(pat), Expr::Path(path)) = (pat, value) else {
            return;
        };
        let Some(name) = place::variable(path) else {
            return;
        };
        let is_bound = |field: &&FieldPat| !pattern::bindings(&field.pat).is_empty();
        let fields = pat.fields.iter().filter(is_bound);
        let moved = self.0.entry(name.to_string()).or_default();
        for field in fields {
            let fields = vec![field.member.clone()];
            let name = path_name(&fields);
            let is_matched = true;
            moved.insert(name, Part { fields, is_matched });
        }
    }
}

impl<'ast> Visit<'ast> for Moves {
    fn visit_local(&mut self, local: &'ast Local) {
        if let Some(init) = &local.init {
            self.taken_apart(&local.pat, &init.expr);
        }
        visit::visit_local(self, local);
    }

    fn visit_expr_field(&mut self, field: &'ast ExprField) {
        match fields_of(field) {
            Ok((name, fields)) => {
                let moved = self.0.entry(name.to_string()).or_default();
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
        if methods::borrows(&call.method.to_string()) {
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
