//! What functions of the file do that holds a flow: a flow that calls one does
//! the same.
//!
//! In: a function. Out: each use that it leads to, with the way there. Each
//! function is looked through once.

use std::collections::VecDeque;
use std::rc::Rc;

use proc_macro2::TokenStream;
use quote::quote;
use syn::Block;
use syn::spanned::Spanned;
use syn::visit::Visit;

use super::meaning::Function;
use super::resolve::Resolver;
use super::sink::{Hit, Sink, What};
use super::source::OwnTokens;
use super::walk::Walker;
use super::words;

/// What one function does.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// What it uses, each with the line.
    hits: Vec<(Hit, usize)>,
    /// The line of the file that the first line of its code is.
    first: usize,
    /// Which functions of the file it names.
    calls: Vec<Function>,
}

/// A use to which a call leads.
#[derive(Debug)]
pub(super) struct Reached {
    pub(super) hit: Hit,
    pub(super) line: usize,
    /// The functions on the way, the called one first.
    pub(super) way: Vec<String>,
}

/// All uses to which a call of `function` leads, the nearest first.
pub(super) fn reached(function: &Function) -> Vec<Reached> {
    let mut reached = Vec::new();
    let mut seen = vec![key(function)];
    let mut open = VecDeque::from([(function.clone(), vec![function.name.clone()])]);
    while let Some((function, way)) = open.pop_front() {
        let Some(facts) = facts(&function) else {
            continue;
        };
        reached.extend(facts.hits.iter().map(|(hit, line)| Reached {
            hit: hit.clone(),
            line: *line,
            way: way.clone(),
        }));
        for next in &facts.calls {
            if !seen.contains(&key(next)) {
                seen.push(key(next));
                let way = way.iter().chain([&next.name]).cloned().collect();
                open.push_back((next.clone(), way));
            }
        }
    }
    reached
}

/// What is the same for the same function.
fn key(function: &Function) -> (Option<*const super::source::Module>, String) {
    (
        function.modules.last().map(Rc::as_ptr),
        function.name.clone(),
    )
}

fn facts(function: &Function) -> Option<Rc<Facts>> {
    let module = function.modules.last()?;
    if let Some(facts) = module.known.borrow().get(&function.name) {
        return Some(facts.clone());
    }
    let facts = Rc::new(found_in(function)?);
    let mut known = module.known.borrow_mut();
    known.insert(function.name.clone(), facts.clone());
    Some(facts)
}

fn found_in(function: &Function) -> Option<Facts> {
    let _own_tokens = OwnTokens::force();
    let body = function.body()?;
    let resolver = Resolver::new(Some(function.modules.clone()), body.owner.clone());
    let is_idle = body
        .text()
        .is_some_and(|text| !words::may_lead(text, &resolver));
    let (code, first) = if is_idle {
        (TokenStream::new(), 1)
    } else {
        body.code()?
    };
    let mut facts = Facts {
        first,
        ..Facts::default()
    };
    let mut walker = Walker::new(resolver, &mut facts);
    match (&body.signature, syn::parse2::<Block>(quote!({ #code }))) {
        (Some(signature), Ok(block)) => walker.function(signature, &block),
        (None, Ok(block)) => walker.visit_block(&block),
        // A macro may write anything.
        (None, Err(_)) => walker.scan(code),
        (Some(_), Err(_)) => return None,
    }
    Some(facts)
}

impl Sink for Facts {
    fn found(&mut self, tokens: TokenStream, hit: Hit) {
        // What a function of the user's vouches for is no matter of the flow.
        if !matches!(hit.what, What::Construct(_)) {
            let line = self.first + tokens.span().start().line - 1;
            self.hits.push((hit, line));
        }
    }

    fn called(&mut self, _: TokenStream, function: Function) {
        self.calls.push(function);
    }
}
