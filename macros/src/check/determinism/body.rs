//! What a function of the file does, as text until somebody asks.

use std::rc::Rc;

use proc_macro2::TokenStream;
use syn::spanned::Spanned;
use syn::{Block, Signature, Type};

use super::skim::{self, Bodies};

/// A function, or a macro, of the file that holds a flow.
#[derive(Debug)]
pub(super) struct Body {
    /// Not of a macro.
    pub(super) signature: Option<Signature>,
    /// What `Self` is in it.
    pub(super) owner: Option<String>,
    code: Code,
}

/// What stands between the braces.
#[derive(Debug)]
enum Code {
    /// Text that begins in this line.
    Text(String, usize),
    /// What a macro writes.
    Written(TokenStream),
}

impl Body {
    /// The body of a function for which `block` stands.
    pub(super) fn of(
        signature: &Signature,
        block: &Block,
        bodies: &Bodies,
        owner: Option<&String>,
    ) -> Option<Rc<Self>> {
        let text = skim::body(block, bodies)?;
        Some(Rc::new(Self {
            signature: Some(signature.clone()),
            owner: owner.cloned(),
            code: Code::Text(text.clone(), block.span().start().line),
        }))
    }

    /// What a macro writes.
    pub(super) fn written(code: TokenStream) -> Rc<Self> {
        Rc::new(Self {
            signature: None,
            owner: None,
            code: Code::Written(code),
        })
    }

    /// The text of a function.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.code {
            Code::Text(text, _) => Some(text),
            Code::Written(_) => None,
        }
    }

    /// The code, if it can be parsed, and the line that its first line is of the file.
    pub(super) fn code(&self) -> Option<(TokenStream, usize)> {
        match &self.code {
            Code::Text(text, line) => Some((text.parse().ok()?, *line)),
            Code::Written(code) => Some((code.clone(), 1)),
        }
    }
}

/// Whether values of a type are functions, or have some.
pub(super) fn has_functions(ty: &Type) -> bool {
    match ty {
        Type::FnPtr(_) => true,
        Type::Array(array) => has_functions(&array.elem),
        Type::Slice(slice) => has_functions(&slice.elem),
        Type::Reference(reference) => has_functions(&reference.elem),
        Type::Tuple(tuple) => tuple.elems.iter().any(has_functions),
        _ => false,
    }
}
