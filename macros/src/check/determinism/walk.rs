//! Walks code and looks up each path in it: calls, functions handed on,
//! types, macros and the arguments of macros.

use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{
    Block, Expr, ExprCast, ExprClosure, ExprForLoop, ExprIf, ExprLet, ExprMatch, ExprMethodCall,
    ExprPath, ExprUnsafe, ExprWhile, FnArg, Item, Local, Macro, Pat, ReturnType, Signature, Stmt,
    Type, TypePath,
};

use super::meaning::Space;
use super::names::{self, Names, is_ours};
use super::receiver;
use super::resolve::{Resolver, Scope};
use super::sink::Sink;
use super::types::Known;
use crate::model::Flow;
use crate::syntax::pattern;

pub(super) struct Walker<'a> {
    pub(super) resolver: Resolver,
    pub(super) sink: &'a mut dyn Sink,
}

impl<'a> Walker<'a> {
    pub(super) fn new(resolver: Resolver, sink: &'a mut dyn Sink) -> Self {
        Self { resolver, sink }
    }

    /// The types of a flow's arguments and result.
    pub(super) fn signature(&mut self, flow: &Flow) {
        for param in &flow.params {
            self.visit_type(&param.ty);
        }
        self.visit_type(&flow.ret);
    }

    /// The body of a flow.
    pub(super) fn body(&mut self, flow: &Flow) {
        self.scoped(|walker| {
            if let Some(scope) = walker.resolver.scopes.last_mut() {
                let params = flow.params.iter();
                scope.bound.extend(
                    params.map(|param| (param.ident.to_string(), Known::of_type(&param.ty))),
                );
            }
            walker.visit_block(&flow.body);
        });
    }

    /// A function of the file.
    pub(super) fn function(&mut self, signature: &Signature, block: &Block) {
        if let ReturnType::Type(_, ty) = &signature.output {
            self.visit_type(ty);
        }
        self.scoped(|walker| {
            for input in &signature.inputs {
                if let FnArg::Typed(param) = input {
                    walker.bind_as(&param.pat, Known::of_type(&param.ty));
                }
            }
            if let (Some(_), Some(scope)) =
                (signature.receiver(), walker.resolver.scopes.last_mut())
            {
                let ty = Known::of_path(vec!["Self".to_owned()]);
                scope.bound.insert("self".to_owned(), Some(ty));
            }
            walker.visit_block(block);
        });
    }

    fn scoped(&mut self, walk: impl FnOnce(&mut Self)) {
        self.resolver.scopes.push(Scope::default());
        walk(self);
        self.resolver.scopes.pop();
    }

    /// Binds the variables of a pattern in the innermost scope.
    fn bind(&mut self, pat: &Pat) {
        self.bind_as(pat, None);
    }

    /// The same of a value whose type is known.
    fn bind_as(&mut self, pat: &Pat, ty: Option<Known>) {
        self.visit_pat(pat);
        let written = match pat {
            Pat::Type(typed) => Known::of_type(&typed.ty),
            _ => None,
        };
        let mut known = Vec::new();
        let module = self
            .resolver
            .modules
            .as_ref()
            .and_then(|modules| modules.last());
        let fields = |name: &str| module?.names.fields.get(name).cloned();
        let ty = written.or(ty).unwrap_or_default();
        ty.bound(pat, &fields, &mut known);
        if let Some(scope) = self.resolver.scopes.last_mut() {
            let bound = pattern::bindings(pat).into_iter();
            scope
                .bound
                .extend(bound.map(|pat| (pat.ident.to_string(), None)));
            let known = known.into_iter().filter(|(_, ty)| !ty.path.is_empty());
            scope.bound.extend(known.map(|(name, ty)| (name, Some(ty))));
        }
    }

    fn type_of(&self, value: &Expr) -> Option<Known> {
        receiver::type_of(value, &self.resolver)
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
                Stmt::Item(item) => Some(item),
                _ => None,
            });
            if let Some(scope) = walker.resolver.scopes.last_mut() {
                scope.names = Names::of_body(items);
                // A static in the body is told of where it stands.
                let statics = std::mem::take(&mut scope.names.statics);
                scope.names.values.extend(statics.into_keys());
            }
            visit::visit_block(walker, block);
        });
    }

    fn visit_local(&mut self, local: &'ast Local) {
        let (mut ty, mut is_told) = (None, false);
        if let Some(init) = &local.init {
            self.visit_expr(&init.expr);
            if let Some((_, otherwise)) = &init.diverge {
                self.visit_expr(otherwise);
            }
            ty = self.type_of(&init.expr);
            is_told = self.is_forbidden(&init.expr);
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
        self.scoped(|walker| {
            walker.visit_expr(&branch.cond);
            walker.visit_block(&branch.then_branch);
        });
        if let Some((_, otherwise)) = &branch.else_branch {
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
        let item = self.type_of(&looped.expr).and_then(|ty| ty.item());
        self.scoped(|walker| {
            walker.bind_as(&looped.pat, item);
            walker.visit_block(&looped.body);
        });
    }

    fn visit_expr_match(&mut self, matched: &'ast ExprMatch) {
        self.visit_expr(&matched.expr);
        let ty = self.type_of(&matched.expr);
        for arm in &matched.arms {
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

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        self.look_up_method(call);
        self.visit_expr(&call.receiver);
        if let Some(turbofish) = &call.turbofish {
            self.visit_angle_bracketed_generic_arguments(turbofish);
        }
        let given = receiver::given_to_closures(call, &self.resolver);
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
        if is_pointer(&cast.expr) && is_integer(&cast.ty) {
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
            Item::Static(item) => self.shared(&item.ident),
            Item::ForeignMod(item) => {
                self.construct("extern", item.abi.extern_token.to_token_stream());
            }
            Item::Fn(item) if item.attrs.iter().any(is_ours) => {}
            Item::Macro(item) if item.ident.is_some() => {}
            _ => visit::visit_item(self, item),
        }
    }
}

/// Whether a value is surely a pointer.
fn is_pointer(expr: &Expr) -> bool {
    match expr {
        Expr::Paren(paren) => is_pointer(&paren.expr),
        Expr::Group(group) => is_pointer(&group.expr),
        Expr::Cast(cast) => matches!(*cast.ty, Type::Ptr(_) | Type::FnPtr(_)),
        Expr::Call(call) => match &*call.func {
            Expr::Path(path) => path.path.segments.last().is_some_and(|last| {
                ["from_ref", "from_mut", "into_raw"]
                    .iter()
                    .any(|name| last.ident == name)
            }),
            _ => false,
        },
        Expr::RawAddr(_) => true,
        Expr::MethodCall(call) => call.method == "as_ptr" || call.method == "as_mut_ptr",
        _ => false,
    }
}

fn is_integer(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.get_ident().is_some_and(|name| {
        let name = name.to_string();
        name.starts_with(['u', 'i']) && name != "str"
    }))
}
