//! Blocks and statements.

use std::collections::BTreeSet;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::{Expr, Local, LocalInit, Pat, Stmt as Source, Type};

use super::by_ref::borrowed;
use super::{Dest, Desugar, again, tuples, vague};
use crate::ids::LocalId;
use crate::model::{Bind, Block, Code, Otherwise, Stmt};
use crate::syntax::{awaits, items, iterator, macros, order, pattern, place};

impl Desugar {
    /// A block whose value goes to `dest`.
    pub(super) fn block(&mut self, block: &syn::Block, dest: Dest) -> Block {
        self.scoped(|own| own.stmts(block, dest))
    }

    pub(super) fn stmts(&mut self, block: &syn::Block, dest: Dest) {
        self.items(block);
        self.in_order(&block.stmts, block.brace_token.span.close(), dest);
    }

    fn in_order(&mut self, stmts: &[Source], end: Span, dest: Dest) {
        let (last, rest) = match stmts.split_last() {
            Some((Source::Expr(value, None), rest)) => (Some(value.clone()), rest),
            Some((Source::Macro(mac), rest)) if mac.semi_token.is_none() && is_value(mac) => {
                (Some(macros::as_expr(mac)), rest)
            }
            _ => (None, stmts),
        };
        for (at, stmt) in rest.iter().enumerate() {
            let behind = stmts.get(at + 1..).unwrap_or_default();
            if let Some(behind) = self.stepped(stmt, behind) {
                return self.in_order(&behind, end, dest);
            }
            let taking = self.capturing(stmt, behind);
            self.stmt(taking.as_ref().unwrap_or(stmt));
        }
        match last {
            Some(value) => self.lower_to(&value, dest),
            None => self.end(end, dest),
        }
    }

    /// The items of a block, which its code sees from its beginning. Types
    /// must be the same in all states: a block that has some gives its items
    /// to the flow.
    fn items(&mut self, block: &syn::Block) {
        let tokens: TokenStream = block
            .stmts
            .iter()
            .filter_map(|stmt| match stmt {
                Source::Item(item) => Some(item.to_token_stream()),
                _ => None,
            })
            .collect();
        if items::in_flow(block) || self.is_outermost() {
            self.hoisted.push(tokens);
        } else if !tokens.is_empty() {
            self.push(Stmt::Items(tokens));
        }
    }

    /// The end of a block without a value: `()`, or whatever is wanted if its
    /// last statement never ends, which the types say only to rustc.
    fn end(&mut self, span: Span, dest: Dest) {
        let last = self.out.pop_if(|stmt| {
            !matches!(dest, Dest::Drop)
                && matches!(stmt, Stmt::Run { code, sets } if sets.is_empty() && !code.diverges)
        });
        let Some(Stmt::Run { mut code, .. }) = last else {
            return self.finish_unit(span, dest);
        };
        let tokens = &code.tokens;
        code.tokens = quote_spanned!(span=> { #tokens; });
        self.push(match dest {
            Dest::Drop => Stmt::Run {
                code,
                sets: BTreeSet::new(),
            },
            Dest::Local(to) => Stmt::Assign { to, value: code },
            Dest::Return => Stmt::Return {
                value: self.told_of_return(code),
            },
        });
    }

    pub(super) fn stmt(&mut self, stmt: &Source) {
        match stmt {
            Source::Local(local) => match tuples::apart(local) {
                Some(apart) => apart.iter().for_each(|local| self.local(local)),
                None => self.local(local),
            },
            // `items` has seen to it where the block began.
            Source::Item(_) => {}
            Source::Expr(expr, _) => self.run(expr),
            Source::Macro(mac) => self.run(&macros::as_expr(mac)),
        }
    }

    /// An expression for its effect.
    fn run(&mut self, expr: &Expr) {
        if vague::ends_open(expr) {
            // The ends say of each other which type they have.
            let value = self.value(expr);
            self.finish(&value, Dest::Drop);
        } else {
            self.lower_to(expr, Dest::Drop);
        }
    }

    /// Code, and the locals that it replaces if it is an assignment.
    pub(super) fn assigning(&mut self, expr: &Expr) -> (Code, BTreeSet<LocalId>) {
        let mut code = self.code(expr);
        let mut sets = BTreeSet::new();
        if let Expr::Assign(assign) = expr {
            self.replaced(&assign.left, &mut sets);
            self.give(&sets);
            let mut read = self.named_in(&assign.right);
            self.read_by_target(&assign.left, &mut read);
            code.uses
                .retain(|local| read.contains(local) || !sets.contains(local));
        }
        (code, sets)
    }

    /// The locals, and parts of locals, that an assignment to `left` replaces.
    fn replaced(&mut self, left: &Expr, sets: &mut BTreeSet<LocalId>) {
        match left {
            Expr::Path(path) => {
                sets.extend(place::variable(path).and_then(|name| self.scopes.local(name)));
            }
            Expr::Field(field) => sets.extend(self.given_back(field)),
            _ => {
                let inner = order::targets(left).unwrap_or_default();
                for left in inner {
                    self.replaced(left, sets);
                }
            }
        }
    }

    fn local(&mut self, local: &Local) {
        let (pat, ty) = untyped(&local.pat);
        let attrs = local.attrs.iter().map(ToTokens::to_token_stream).collect();
        let init = local
            .init
            .clone()
            .map(|init| self.placed_init(init, &pat, ty.as_ref()));
        let (pat, init) = borrowed(pat, init);
        if init.as_ref().is_some_and(|init| is_nothing(&pat, init)) {
            return;
        }
        let Some(init) = &init else {
            return self.deferred(attrs, pat, ty);
        };
        let value = self.bound_value(init, &pat, ty.as_ref());
        let borrowing = self.borrowing(&value);
        let code = self.code_taken_apart(&borrowing, [&pat], init.diverge.is_none());
        let code = self.told_once(code, &value, ty.as_ref());
        let is_closure = matches!(value, Expr::Closure(_));
        let borrowed = if is_closure {
            self.derivable(&value)
        } else {
            self.matched_again(&value, &pat)
        };
        let is_borrow = borrowed.is_some();
        let roots = borrowed.or(self.made_anew(&value, &pat));
        let otherwise = init
            .diverge
            .as_ref()
            .map(|(_, otherwise)| self.otherwise(otherwise));
        let locals = self.bind_derived(&pat, roots.as_ref());
        for local in &locals {
            self.locals[*local].is_borrow = is_borrow;
        }
        if ty.is_none() {
            self.mark_unseen(&locals, &init.expr);
        }
        if iterator::is_made(&init.expr) {
            self.scopes.iterators.extend(&locals);
        }
        self.lend(&locals, &init.expr);
        self.lend_collected(&locals, &init.expr, ty.as_ref());
        self.lend_annotated(&locals, ty.as_ref());
        self.ask(&locals, ty.as_ref(), Some(&init.expr));
        self.mark_vague(&locals, ty.as_ref(), Some(&init.expr));
        let derived = roots.is_some();
        let again = again::found(&borrowing).filter(|_| derived);
        let again = again.map(|again| self.code(&again));
        self.push(Stmt::Bind(Box::new(Bind {
            attrs,
            pat,
            ty,
            init: Some(code),
            again,
            otherwise,
            locals,
            derived,
            at_entry: false,
            is_closure,
        })));
    }

    /// What a `let` binds, as it can be made again.
    fn bound_value(&mut self, init: &LocalInit, pat: &Pat, ty: Option<&Type>) -> Expr {
        let value = self.initial_value(init, ty);
        let value = self.extended(&value, pat);
        let value = match self.entered(&value) {
            Some(entered) => entered,
            None => self.picked(&value),
        };
        self.borrowing_closure(value)
    }

    /// `let pat: ty;`
    fn deferred(&mut self, attrs: TokenStream, pat: Pat, ty: Option<Type>) {
        let locals = self.bind(&pat);
        self.scopes.deferred.extend(&locals);
        // Of what an action gives it has told already.
        let awaits =
            |local: &LocalId| self.reassigned.get(&self.locals[*local].name) == Some(&true);
        if ty.is_none() && !locals.iter().any(awaits) {
            self.scopes.unseen.extend(&locals);
        }
        self.lend_annotated(&locals, ty.as_ref());
        self.ask(&locals, ty.as_ref(), None);
        self.mark_vague(&locals, ty.as_ref(), None);
        if let (Some(ty), [only]) = (&ty, locals.as_slice()) {
            self.locals[*only].ty = Some(ty.clone());
        }
        self.push(Stmt::Bind(Box::new(Bind {
            attrs,
            pat,
            ty,
            init: None,
            again: None,
            otherwise: None,
            locals,
            derived: false,
            at_entry: false,
            is_closure: false,
        })));
    }

    pub(super) fn initial_value(&mut self, init: &LocalInit, ty: Option<&Type>) -> Expr {
        if awaits::in_expr(&init.expr) {
            self.typed_value(&init.expr, ty)
        } else {
            (*init.expr).clone()
        }
    }

    /// `let r = &value()`  =>  `let t = value(); let r = &t`: so the value is
    /// kept, and the borrow made again. rustc lets both live as long.
    fn extended(&mut self, value: &Expr, pat: &Pat) -> Expr {
        match value {
            Expr::Reference(reference)
                if pattern::rebinds(pat) && place::borrows_value(reference) =>
            {
                let mut extended = reference.clone();
                *extended.expr = self.spill(&reference.expr);
                Expr::Reference(extended)
            }
            _ => value.clone(),
        }
    }

    fn otherwise(&mut self, otherwise: &Expr) -> Otherwise {
        match otherwise {
            Expr::Block(block) if awaits::in_block(&block.block) => {
                Otherwise::Block(self.block(&block.block, Dest::Drop))
            }
            _ => Otherwise::Code(self.code(otherwise)),
        }
    }
}

/// Whether a `let` does nothing at all: `let _ = place;`
fn is_nothing(pat: &Pat, init: &LocalInit) -> bool {
    let place = place::of(&init.expr).filter(place::Place::is_field);
    matches!(pat, Pat::Wild(_)) && init.diverge.is_none() && place.is_some()
}

/// Splits `pat: ty`.
fn untyped(pat: &Pat) -> (Pat, Option<Type>) {
    match pat {
        Pat::Type(typed) => ((*typed.pat).clone(), Some((*typed.ty).clone())),
        other => (other.clone(), None),
    }
}

/// Whether a macro at the end of a block gives its value: with braces and no
/// semicolon it is a statement, unless it is the last, where it is the value.
fn is_value(mac: &syn::StmtMacro) -> bool {
    mac.semi_token.is_none()
}
