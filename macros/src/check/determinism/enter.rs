//! Where a walk begins: the types of a flow, its body, a function.

use syn::visit::Visit;
use syn::{Block, FnArg, Generics, ReturnType, Signature};

use super::types::Known;
use super::walk::Walker;
use crate::model::Flow;

impl Walker<'_> {
    /// The types of a flow's arguments and result.
    pub(super) fn signature(&mut self, flow: &Flow) {
        for param in &flow.params {
            self.stored(&param.ty);
        }
        self.stored(&flow.ret);
    }

    /// The body of a flow.
    pub(super) fn body(&mut self, flow: &Flow) {
        self.in_flow = true;
        self.scoped(|walker| {
            walker.hide(&flow.generics);
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
            walker.hide(&signature.generics);
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

    /// Parameters hide types of their names.
    fn hide(&mut self, generics: &Generics) {
        let params = generics.type_params().map(|param| param.ident.to_string());
        if let Some(scope) = self.resolver.scopes.last_mut() {
            scope.names.types.extend(params);
        }
    }
}
