//! What rustc would tell twice: of a value that does not fit it also tells where a variable
//! has its type from, and in the machine that is elsewhere than in the plain copy. There it
//! shall say nothing, so such values go through `types.known(..)`.
//!
//! Only where the type is known without them: it would not be known at all, and rustc
//! would blame what is right.

use proc_macro2::{Span, TokenStream};
use syn::visit_mut::{self, VisitMut};
use syn::{
    Block, Expr, ExprArray, ExprAssign, ExprAsync, ExprBreak, ExprCall, ExprClosure,
    ExprMethodCall, ExprReturn, ExprStruct, Item, Macro, Stmt, Type, parse_quote,
};

use super::Desugar;
use super::code::Purpose;
use crate::ids::LocalId;
use crate::model::Code;
use crate::names;
use crate::syntax::{macros, made, order, place};

impl Desugar {
    /// Rewrites code that is copied as it stands.
    pub(super) fn tell_once(&mut self, expr: &mut Expr) {
        Once(self).visit_expr_mut(expr);
    }

    /// The same for a value of which the flow says the type.
    pub(super) fn tell_once_of_type(&mut self, expr: &mut Expr) {
        Once(self).of_type(expr);
    }

    /// The code of what the flow returns: of what does not fit rustc tells more in the plain
    /// copy, as of a semicolon.
    pub(super) fn returned_code(&mut self, value: &Expr) -> Code {
        // A variable goes through it as a whole.
        let purpose = if self.is_operand || self.variable(value).is_some() {
            Purpose::Any
        } else {
            Purpose::Typed
        };
        let code = self.code_for(value, purpose);
        self.told_of_return(code)
    }

    /// The same of code that is there.
    pub(super) fn told_of_return(&self, mut code: Code) -> Code {
        if !self.is_operand && !code.diverges {
            code.tokens = names::known(Span::call_site(), &code.tokens);
        }
        code
    }

    /// The code of `let pat: ty = value`, where the value may not fit.
    pub(super) fn told_once(&mut self, mut code: Code, value: &Expr, ty: Option<&Type>) -> Code {
        if ty.is_some() && (self.inferred(value).is_some() || self.projected(value).is_some()) {
            code.tokens = names::known(Span::call_site(), &code.tokens);
        }
        code
    }

    /// The local that `expr` names, if rustc infers its type from what is done with it.
    fn inferred(&self, expr: &Expr) -> Option<LocalId> {
        // The value of a branch is of the type of whichever comes first.
        if let Some(temp) = self.named_temp(expr) {
            return self.scopes.given.contains_key(&temp).then_some(temp);
        }
        let local = self.variable(expr)?;
        self.scopes.inferred.contains(&local).then_some(local)
    }

    /// Whether `expr` is a number that rustc calls `{integer}` in one place and by its type
    /// in another.
    fn is_number(&self, expr: &Expr) -> bool {
        let local = self.variable(expr);
        local.is_some_and(|local| self.scopes.numbers.contains(&local))
    }

    fn variable(&self, expr: &Expr) -> Option<LocalId> {
        match expr {
            Expr::Path(path) => self.scopes.local(place::variable(path)?),
            _ => None,
        }
    }

    /// Whether a local is the `self` of a method.
    fn is_receiver(&self, local: LocalId) -> bool {
        self.locals[local].stored == "self"
    }

    /// Whether the type of a local is known without what is done with it now.
    fn is_settled(&mut self, local: LocalId) -> bool {
        // What is declared without a value has another type in each state that gives it one.
        !self.scopes.unsettled.remove(&local) && !self.scopes.deferred.contains(&local)
    }
}

struct Once<'a>(&'a mut Desugar);

impl Once<'_> {
    /// A value of which a type is wanted.
    fn of_type(&mut self, expr: &mut Expr) {
        if self.0.inferred(expr).is_some() || self.0.is_number(expr) {
            hide(expr);
            return;
        }
        match expr {
            Expr::Paren(paren) => self.of_type(&mut paren.expr),
            Expr::Group(group) => self.of_type(&mut group.expr),
            Expr::Tuple(tuple) => tuple.elems.iter_mut().for_each(|part| self.of_type(part)),
            Expr::Array(array) => array.elems.iter_mut().for_each(|item| self.of_type(item)),
            Expr::Call(call) => call.args.iter_mut().for_each(|arg| self.of_type(arg)),
            Expr::Macro(mac) if mac.mac.path.is_ident("vec") => {
                macros::rewrite(&mut mac.mac, |item| self.of_type(item));
            }
            Expr::Block(block) => self.block(&mut block.block),
            Expr::If(branch) => {
                self.visit_expr_mut(&mut branch.cond);
                self.block(&mut branch.then_branch);
                if let Some((_, otherwise)) = &mut branch.else_branch {
                    self.of_type(otherwise);
                }
            }
            Expr::Match(matched) => {
                self.visit_expr_mut(&mut matched.expr);
                for arm in &mut matched.arms {
                    self.visit_pat_mut(&mut arm.pat);
                    self.of_type(&mut arm.body);
                }
            }
            other => self.visit_expr_mut(other),
        }
    }

    fn item(&mut self, item: &mut Expr, at: usize) {
        if at == 0 {
            self.visit_expr_mut(item);
        } else {
            self.of_type(item);
        }
    }

    fn block(&mut self, block: &mut Block) {
        let last = match block.stmts.pop() {
            Some(Stmt::Expr(mut value, None)) => {
                self.visit_block_mut(block);
                self.of_type(&mut value);
                Some(Stmt::Expr(value, None))
            }
            last => {
                block.stmts.extend(last);
                self.visit_block_mut(block);
                None
            }
        };
        block.stmts.extend(last);
    }
}

/// `value`  =>  `types.known(value)`
fn hide(value: &mut Expr) {
    // What a closure takes, rustc knows by where it stands.
    if matches!(value, Expr::Closure(_)) {
        return;
    }
    let types = made::variable(&names::ident("types"));
    let hidden = std::mem::replace(value, Expr::Verbatim(TokenStream::new()));
    *value = made::method_call(types, "known", hidden);
}

/// Whether a function is called, and not a variant or what makes a value of some type:
/// of which type that is, its arguments may say.
fn is_function(function: &Expr) -> bool {
    let Expr::Path(path) = function else {
        return true;
    };
    let mut names = path.path.segments.iter();
    names.all(|segment| !segment.ident.to_string().starts_with(char::is_uppercase))
}

impl VisitMut for Once<'_> {
    fn visit_expr_assign_mut(&mut self, assign: &mut ExprAssign) {
        // What a pattern on the left assigns to are places, not values.
        if order::targets(&assign.left).is_none() {
            self.visit_expr_mut(&mut assign.left);
        }
        match (&*assign.left, self.0.variable(&assign.left)) {
            (_, Some(local)) if self.0.is_settled(local) => {
                self.visit_expr_mut(&mut assign.right);
                hide(&mut assign.right);
            }
            (Expr::Field(_), _) => self.of_type(&mut assign.right),
            _ => self.visit_expr_mut(&mut assign.right),
        }
    }

    fn visit_expr_call_mut(&mut self, call: &mut ExprCall) {
        if is_function(&call.func) {
            self.visit_expr_mut(&mut call.func);
            call.args.iter_mut().for_each(|arg| self.of_type(arg));
        } else {
            visit_mut::visit_expr_call_mut(self, call);
        }
    }

    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        visit_mut::visit_expr_method_call_mut(self, call);
        if !call.args.is_empty()
            && let Some(local) = self.0.inferred(&call.receiver)
            && self.0.is_settled(local)
        {
            call.args.iter_mut().for_each(hide);
        } else if !self.0.is_vague(&call.receiver) {
            let numbers = call.args.iter_mut().filter(|arg| self.0.is_number(arg));
            numbers.for_each(hide);
        }
    }

    fn visit_expr_struct_mut(&mut self, built: &mut ExprStruct) {
        for field in &mut built.fields {
            self.of_type(&mut field.expr);
        }
        if let Some(rest) = &mut built.rest {
            self.visit_expr_mut(rest);
        }
    }

    fn visit_expr_return_mut(&mut self, returned: &mut ExprReturn) {
        match &mut returned.expr {
            Some(value) if self.0.is_operand => self.visit_expr_mut(value),
            Some(value) => self.of_type(value),
            None => {}
        }
    }

    fn visit_expr_break_mut(&mut self, broken: &mut ExprBreak) {
        if let Some(value) = &mut broken.expr {
            self.of_type(value);
        }
    }

    /// The first of several says of which type the others are.
    fn visit_expr_array_mut(&mut self, array: &mut ExprArray) {
        for (at, item) in array.elems.iter_mut().enumerate() {
            self.item(item, at);
        }
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        if mac.path.is_ident("vec") {
            let mut items = 0;
            macros::rewrite(mac, |item| {
                self.item(item, items);
                items += 1;
            });
        } else if let Some(format) = macros::arguments(mac).and_then(|known| known.format) {
            // What `self` means in the text.
            let mut at = 0;
            macros::rewrite(mac, |shown| {
                at += 1;
                if at > format + 1
                    && self
                        .0
                        .variable(shown)
                        .is_some_and(|local| self.0.is_receiver(local))
                {
                    *shown = parse_quote!(&#shown);
                    hide(shown);
                }
            });
        }
    }

    fn visit_expr_closure_mut(&mut self, _: &mut ExprClosure) {}

    fn visit_expr_async_mut(&mut self, _: &mut ExprAsync) {}

    fn visit_item_mut(&mut self, _: &mut Item) {}
}
