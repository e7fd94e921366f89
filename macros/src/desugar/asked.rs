//! Which variables rustc is asked about: what may hold a shared borrow is stored in
//! another form than what does not. Only the types say for sure, so in doubt a
//! variable is asked about; where none is, rustc has less to do.

use std::collections::BTreeSet;

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{
    Arm, Block, Expr, ExprAssign, ExprBreak, ExprForLoop, ExprLet, ExprMatch, ExprMethodCall,
    Local, Macro, Member, Pat, Stmt, Type,
};

use crate::syntax::{iterator, macros, methods, order, pattern, place};

/// The variables of a body that may hold a borrow, by their names.
#[derive(Default)]
pub(super) struct Asked {
    names: BTreeSet<String>,
    /// Those that may be structs with borrows in their fields.
    made: BTreeSet<String>,
    /// Those that are asked for their next item.
    stepped: BTreeSet<String>,
}

impl Asked {
    pub(super) fn of(body: &Block) -> Self {
        let mut finder = Finder::default();
        loop {
            let known = finder.asked.count();
            finder.visit_block(body);
            // What is found may lie in what was looked at before.
            if finder.asked.count() == known {
                return finder.asked;
            }
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// Whether a variable may be a struct with borrows in its fields. What a
    /// borrowed struct gives by its name is a copy.
    pub(super) fn is_made(&self, name: &str) -> bool {
        self.made.contains(name)
    }

    /// Whether a variable is an iterator with a closure in it, which is of another
    /// type wherever the closure is written.
    pub(super) fn has_closure(&self, name: &str, value: &Expr) -> bool {
        iterator::has_closure(value)
            || self.stepped.contains(name) && iterator::may_have_closure(value)
    }

    fn count(&self) -> usize {
        self.names.len() + self.made.len()
    }

    /// Whether a value may hold a borrow.
    pub(super) fn may_hold(&self, value: &Expr) -> bool {
        match value {
            Expr::Lit(_) => place::is_borrow(value),
            Expr::Reference(_) => true,
            Expr::Path(path) => match place::variable(path) {
                Some(name) => self.has(&name.to_string()),
                // A constant, unless it is a variant.
                None => path.path.segments.last().is_some_and(|last| {
                    let name = last.ident.to_string();
                    !name.contains(char::is_lowercase)
                }),
            },
            Expr::Paren(paren) => self.may_hold(&paren.expr),
            Expr::Group(group) => self.may_hold(&group.expr),
            Expr::Try(tried) => self.may_hold(&tried.expr),
            Expr::Field(field) => {
                let is_named = matches!(field.member, Member::Named(_));
                (!is_named || self.may_be_made(&field.base)) && self.may_hold(&field.base)
            }
            Expr::Index(index) => self.may_hold(&index.expr),
            Expr::Repeat(repeat) => self.may_hold(&repeat.expr),
            Expr::Unary(unary) => {
                matches!(unary.op, syn::UnOp::Deref(_)) && self.may_hold(&unary.expr)
            }
            Expr::Array(array) => array.elems.iter().any(|item| self.may_hold(item)),
            Expr::Tuple(tuple) => tuple.elems.iter().any(|part| self.may_hold(part)),
            Expr::Struct(built) => built.fields.iter().any(|field| self.may_hold(&field.expr)),
            Expr::Call(call) => {
                is_function(&call.func) || call.args.iter().any(|value| self.may_hold(value))
            }
            Expr::MethodCall(call) => self.may_give(call),
            // One of which nothing is known may give a `&'static str`.
            Expr::Macro(mac) => macros::arguments(&mac.mac).is_none_or(|known| {
                mac.mac.path.is_ident("vec") && known.exprs.iter().any(|item| self.may_hold(item))
            }),
            Expr::Block(block) => self.may_end_in(&block.block) || self.may_break(&block.block),
            Expr::Closure(closure) => self.may_hold(&closure.body),
            Expr::Unsafe(block) => self.may_end_in(&block.block),
            Expr::If(branch) => {
                let otherwise = branch.else_branch.as_ref();
                self.may_end_in(&branch.then_branch)
                    || otherwise.is_some_and(|(_, otherwise)| self.may_hold(otherwise))
            }
            Expr::Match(matched) => matched.arms.iter().any(|arm| self.may_hold(&arm.body)),
            Expr::Loop(looped) => self.may_break(&looped.body),
            _ => false,
        }
    }

    fn may_be_made(&self, value: &Expr) -> bool {
        match value {
            Expr::Struct(_) | Expr::Call(_) => true,
            Expr::Try(tried) => self.may_be_made(&tried.expr),
            _ => place::of(value).is_some_and(|place| self.is_made(&place.root.to_string())),
        }
    }

    fn may_end_in(&self, block: &Block) -> bool {
        match block.stmts.last() {
            Some(Stmt::Expr(value, None)) => self.may_hold(value),
            _ => false,
        }
    }

    /// Whether a jump out of `body` may bring a borrow.
    fn may_break(&self, body: &Block) -> bool {
        let mut breaks = Breaks(self, false);
        breaks.visit_block(body);
        breaks.1
    }

    fn may_give(&self, call: &ExprMethodCall) -> bool {
        let method = call.method.to_string();
        let of_place = place::of(&call.receiver).is_some();
        !methods::gives_owned(&method)
            && (of_place
                || iterator::is_source(&method)
                || self.may_hold(&call.receiver)
                || call.args.iter().any(|value| self.may_hold(value)))
    }

    /// Whether a type says that there is a borrow.
    pub(super) fn borrows(ty: &Type) -> bool {
        ty.to_token_stream().to_string().contains(['&', '\''])
    }

    /// Whether a type leaves something open.
    pub(super) fn is_open(ty: &Type) -> bool {
        words(ty).iter().any(|word| word == "_")
    }

    /// Whether there may be a borrow in a type: a lifetime need not be written.
    pub(super) fn may_borrow(ty: &Type) -> bool {
        let is_known = |word: &str| OWNED.contains(&word) || !word.starts_with(char::is_uppercase);
        Self::borrows(ty) || Self::is_open(ty) || !words(ty).iter().all(|word| is_known(word))
    }
}

struct Breaks<'a>(&'a Asked, bool);

impl<'ast> Visit<'ast> for Breaks<'_> {
    fn visit_expr_break(&mut self, jump: &'ast ExprBreak) {
        self.1 |= jump
            .expr
            .as_ref()
            .is_some_and(|value| self.0.may_hold(value));
        visit::visit_expr_break(self, jump);
    }
}

#[derive(Default)]
struct Finder {
    asked: Asked,
}

impl Finder {
    fn bind(&mut self, pat: &Pat, value: &Expr) {
        let holds = self.asked.may_hold(value);
        let is_made = holds && self.asked.may_be_made(value);
        for bound in pattern::bindings(pat) {
            let name = bound.ident.to_string();
            if is_made {
                self.asked.made.insert(name.clone());
            }
            if holds || bound.by_ref.is_some() {
                self.asked.names.insert(name);
            }
        }
    }
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_local(&mut self, local: &'ast Local) {
        visit::visit_local(self, local);
        let ty = match &local.pat {
            Pat::Type(typed) => Some(&*typed.ty),
            _ => None,
        };
        if ty.is_some_and(Asked::borrows) {
            let names = pattern::bindings(&local.pat).into_iter();
            let names = names.map(|bound| bound.ident.to_string());
            self.asked.names.extend(names);
        }
        if let Some(init) = &local.init
            && ty.is_none_or(Asked::may_borrow)
            && !iterator::has_closure(&init.expr)
        {
            self.bind(&local.pat, &init.expr);
        }
    }

    fn visit_expr_for_loop(&mut self, looped: &'ast ExprForLoop) {
        self.bind(&looped.pat, &looped.expr);
        visit::visit_expr_for_loop(self, looped);
    }

    fn visit_expr_match(&mut self, matched: &'ast ExprMatch) {
        for Arm { pat, .. } in &matched.arms {
            self.bind(pat, &matched.expr);
        }
        visit::visit_expr_match(self, matched);
    }

    fn visit_expr_let(&mut self, bound: &'ast ExprLet) {
        self.bind(&bound.pat, &bound.expr);
        visit::visit_expr_let(self, bound);
    }

    fn visit_expr_assign(&mut self, assign: &'ast ExprAssign) {
        for (left, right) in order::assigned(&assign.left, &assign.right) {
            if self.asked.may_hold(right) {
                let root = place::of(left).map(|place| place.root.to_string());
                self.asked.names.extend(root);
            }
        }
        visit::visit_expr_assign(self, assign);
    }

    /// What is put into a collection.
    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        visit::visit_expr_method_call(self, call);
        if matches!(
            call.method.to_string().as_str(),
            "next" | "next_back" | "peek"
        ) {
            let stepped = place::of(&call.receiver);
            let stepped = stepped.map(|place| place.root.to_string());
            self.asked.stepped.extend(stepped);
        }
        let puts = !methods::reads(&call.method.to_string());
        if puts && call.args.iter().any(|value| self.asked.may_hold(value)) {
            let filled = filled(&call.receiver).map(ToString::to_string);
            self.asked.names.extend(filled);
        }
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        macros::visit_arguments(mac, |expr| self.visit_expr(expr));
    }
}

/// The collection of `all.entry(key).or_default()`.
fn filled(receiver: &Expr) -> Option<&proc_macro2::Ident> {
    match receiver {
        Expr::MethodCall(call) => filled(&call.receiver),
        other => place::of(other).map(|place| place.root),
    }
}

/// Types that hold a borrow only where one is written in them.
const OWNED: [&str; 11] = [
    "String", "Vec", "Option", "Result", "Box", "BTreeMap", "BTreeSet", "VecDeque", "HashMap",
    "HashSet", "Duration",
];

/// The words of a type.
fn words(ty: &Type) -> Vec<String> {
    let text = ty.to_token_stream().to_string();
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .map(ToOwned::to_owned)
        .collect()
}

/// Whether a free function is called, which may give a `&'static str` out of nothing.
fn is_function(function: &Expr) -> bool {
    let Expr::Path(path) = function else {
        return false;
    };
    let mut segments = path.path.segments.iter();
    path.qself.is_none()
        && segments.all(|segment| {
            let name = segment.ident.to_string();
            segment.arguments.is_none() && name.starts_with(|c: char| c.is_lowercase() || c == '_')
        })
}
