//! Walks code and looks up each path in it: calls, functions handed on,
//! types, macros and the arguments of macros.

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{
    Arm, Block, Expr, ExprAssign, ExprCall, ExprCast, ExprClosure, ExprForLoop, ExprIf, ExprLet,
    ExprMatch, ExprMethodCall, ExprPath, ExprStruct, ExprUnsafe, ExprWhile, Item, Local, Macro,
    Pat, Stmt, TypePath,
};

use super::meaning::Space;
use super::names::{self, Names, is_ours};
use super::resolve::Resolver;
use super::scope::Scope;
use super::sink::Sink;
use super::stored::made_of_items;
use super::types::Known;
use super::{chains, conditions, pointers, receiver, worlds};

pub(super) struct Walker<'a> {
    pub(super) resolver: Resolver,
    pub(super) sink: &'a mut dyn Sink,
    /// Whether what it walks is a flow, which stores what it keeps.
    pub(super) in_flow: bool,
}

impl<'a> Walker<'a> {
    pub(super) fn new(resolver: Resolver, sink: &'a mut dyn Sink) -> Self {
        Self {
            resolver,
            sink,
            in_flow: false,
        }
    }

    pub(super) fn scoped(&mut self, walk: impl FnOnce(&mut Self)) {
        self.resolver.scopes.push(Scope::default());
        walk(self);
        self.resolver.scopes.pop();
    }

    /// Binds the variables of a pattern in the innermost scope.
    fn bind(&mut self, pat: &Pat) {
        self.bind_as(pat, None);
    }

    /// The same of a value whose type is known.
    pub(super) fn bind_as(&mut self, pat: &Pat, ty: Option<Known>) {
        self.visit_pat(pat);
        self.resolver.bind(pat, ty);
    }

    pub(super) fn type_of(&mut self, value: &Expr) -> Option<Known> {
        receiver::type_of(value, &mut self.resolver)
    }

    /// A closure, and what it is given if that is known.
    fn closure(&mut self, closure: &ExprClosure, given: &[Known]) {
        self.scoped(|walker| {
            for (at, input) in closure.inputs.iter().enumerate() {
                walker.bind_as(input, given.get(at).cloned());
            }
            walker.visit_expr(&closure.body);
        });
    }
}

impl<'ast> Visit<'ast> for Walker<'_> {
    fn visit_block(&mut self, block: &'ast Block) {
        self.scoped(|walker| {
            let items = block.stmts.iter().filter_map(|stmt| match stmt {
                Stmt::Item(item) => Some(item).filter(|_| !worlds::is_left_out(stmt)),
                _ => None,
            });
            if let Some(scope) = walker.resolver.scopes.last_mut() {
                scope.names = Names::of_body(items);
                // A static in the body is told of where it stands.
                let statics = std::mem::take(&mut scope.names.statics);
                scope.names.values.extend(statics.into_keys());
            }
            for (at, stmt) in block.stmts.iter().enumerate() {
                if worlds::is_left_out(stmt) {
                    continue;
                }
                walker.visit_stmt(stmt);
                if let Stmt::Local(local) = stmt
                    && walker.in_flow
                {
                    walker.kept(local, block.stmts.get(at + 1..).unwrap_or_default());
                }
            }
        });
    }

    fn visit_local(&mut self, local: &'ast Local) {
        let (mut ty, mut is_told) = (None, false);
        if let Some(init) = &local.init {
            match made_of_items(&init.expr) {
                // The type that is written out is told of, or has a hasher of its own.
                Some(items) if matches!(local.pat, Pat::Type(_)) => {
                    items.args.iter().for_each(|item| self.visit_expr(item));
                }
                _ => self.visit_expr(&init.expr),
            }
            if let Some((_, otherwise)) = &init.diverge {
                self.visit_expr(otherwise);
            }
            if let Pat::Type(typed) = &local.pat
                && let Some((ty, _)) = names::path_of(&typed.ty)
            {
                self.made_as(&ty, &init.expr);
            }
            ty = self.type_of(&init.expr);
            is_told = self.is_forbidden(&init.expr) && made_of_items(&init.expr).is_none();
        }
        match &local.pat {
            // `let all: HashMap<..> = HashMap::new();`, `let begun = Instant::now();`
            Pat::Type(typed) if is_told => self.bind(&typed.pat),
            pat if is_told => self.bind(pat),
            pat => self.bind_as(pat, ty),
        }
    }

    fn visit_expr_let(&mut self, bound: &'ast ExprLet) {
        self.visit_expr(&bound.expr);
        let ty = self.type_of(&bound.expr);
        self.bind_as(&bound.pat, ty);
    }

    fn visit_expr_if(&mut self, branch: &'ast ExprIf) {
        let is_met = conditions::of_value(&branch.cond);
        if is_met != Some(false) {
            self.scoped(|walker| {
                walker.visit_expr(&branch.cond);
                walker.visit_block(&branch.then_branch);
            });
        }
        if is_met != Some(true)
            && let Some((_, otherwise)) = &branch.else_branch
        {
            self.visit_expr(otherwise);
        }
    }

    fn visit_expr_while(&mut self, looped: &'ast ExprWhile) {
        self.scoped(|walker| {
            walker.visit_expr(&looped.cond);
            walker.visit_block(&looped.body);
        });
    }

    fn visit_expr_for_loop(&mut self, looped: &'ast ExprForLoop) {
        self.visit_expr(&looped.expr);
        let ty = self.type_of(&looped.expr);
        self.iterated(&looped.expr, ty.as_ref());
        let item = ty.and_then(|ty| ty.item());
        self.scoped(|walker| {
            walker.bind_as(&looped.pat, item);
            walker.visit_block(&looped.body);
        });
    }

    fn visit_expr_match(&mut self, matched: &'ast ExprMatch) {
        self.visit_expr(&matched.expr);
        let ty = self.type_of(&matched.expr);
        let there = |arm: &&Arm| !conditions::is_left_out(&arm.attrs);
        for arm in matched.arms.iter().filter(there) {
            self.scoped(|walker| {
                if let Pat::Guard(guarded) = &arm.pat {
                    walker.bind_as(&guarded.pat, ty.clone());
                    walker.visit_expr(&guarded.guard);
                } else {
                    walker.bind_as(&arm.pat, ty.clone());
                }
                walker.visit_expr(&arm.body);
            });
        }
    }

    fn visit_expr_struct(&mut self, made: &'ast ExprStruct) {
        self.visit_path(&made.path);
        let looked_at = self.looked_at(made);
        for value in looked_at {
            self.visit_expr(value);
        }
        if let Some(rest) = &made.rest {
            self.made_as(&names::segments(&made.path), rest);
            self.visit_expr(rest);
        }
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        self.closure(closure, &[]);
    }

    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        self.look_up_value(path.qself.as_ref(), &path.path);
        visit::visit_expr_path(self, path);
    }

    fn visit_type_path(&mut self, ty: &'ast TypePath) {
        if ty.qself.is_none() {
            let given = names::arguments(&ty.path);
            self.look_up(&names::segments(&ty.path), &ty.path, Space::Type, given);
        }
        visit::visit_type_path(self, ty);
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        self.look_up_call(call);
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_assign(&mut self, assigned: &'ast ExprAssign) {
        visit::visit_expr_assign(self, assigned);
        if let Some(name) = self.resolver.untyped(&assigned.left) {
            let ty = self.type_of(&assigned.right);
            self.resolver.assign(&name, ty);
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        self.look_up_method(call);
        self.visit_expr(&call.receiver);
        if let Some(turbofish) = &call.turbofish {
            self.visit_angle_bracketed_generic_arguments(turbofish);
        }
        let given = chains::given_to_closures(call, &mut self.resolver);
        for value in &call.args {
            match value {
                Expr::Closure(closure) => self.closure(closure, &given),
                value => self.visit_expr(value),
            }
        }
    }

    fn visit_expr_unsafe(&mut self, block: &'ast ExprUnsafe) {
        self.construct("unsafe", block.unsafe_token.to_token_stream());
        visit::visit_expr_unsafe(self, block);
    }

    fn visit_expr_cast(&mut self, cast: &'ast ExprCast) {
        if pointers::is_integer(&cast.ty) && pointers::is_cast(&cast.expr, &mut self.resolver) {
            self.construct("pointer as integer", cast.to_token_stream());
        }
        visit::visit_expr_cast(self, cast);
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        self.look_up(&names::segments(&mac.path), &mac.path, Space::Macro, 0);
        self.arguments(mac);
    }

    fn visit_item(&mut self, item: &'ast Item) {
        match item {
            Item::Static(item) => self.shared(item),
            Item::ForeignMod(item) => {
                self.construct("extern", item.abi.extern_token.to_token_stream());
            }
            Item::Fn(item) if item.attrs.iter().any(is_ours) => {}
            Item::Macro(item) if item.ident.is_some() => {}
            _ => visit::visit_item(self, item),
        }
    }
}
