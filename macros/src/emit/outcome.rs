//! What a fork comes to: all outputs, the first error, or the winner.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::fork::number;
use crate::machine::Machine;
use crate::model::Fork;
use crate::names;
use crate::syntax::fork::Kind;

/// The first error ends a `try_join!`: what else its operands come to is dropped.
pub(super) fn failing(output: &Ident, failed: &Ident, span: Span) -> TokenStream {
    let [error, value] = ["error", "value"].map(names::ident);
    // Of errors of two types the plain copy tells.
    let known = names::known(Span::call_site(), &error);
    // If it is no `Result`, this operand is where that is told.
    let runtime = names::runtime_as_written(span);
    let tried = quote_spanned!(span=> #runtime::MayFail::tried({ #output }));
    quote! {
        let mut #output = match #output {
            ::core::option::Option::None => ::core::option::Option::None,
            ::core::option::Option::Some(#output) => match #tried {
                ::core::result::Result::Ok(#value) => {
                    ::core::option::Option::Some(::core::result::Result::Ok(#value))
                }
                ::core::result::Result::Err(#error) => {
                    #failed = ::core::option::Option::Some(#known);
                    ::core::option::Option::None
                }
            },
        };
    }
}

pub(super) fn tried(machine: &Machine<'_>, fork: &Fork, into: &Ident) -> TokenStream {
    let [error, failed] = ["error", "failed"].map(names::ident);
    let known = names::known(Span::call_site(), &error);
    let (outputs, settled) = settled(machine, fork);
    let values = (0..outputs.len()).map(|at| names::ident(&format!("ok{at}")));
    let values: Vec<Ident> = values.collect();
    let all = quote!(::core::result::Result::Ok((#(#values,)*)));
    let inner_first = outputs.iter().zip(&values).rev();
    // An error would have been found above.
    let tried = inner_first.fold(all, |inner, (output, value)| {
        quote! {
            match #output {
                ::core::result::Result::Ok(#value) => #inner,
                ::core::result::Result::Err(#error) => ::core::result::Result::Err(#known),
            }
        }
    });
    quote! {
        let mut #into = if let ::core::option::Option::Some(#error) = #failed {
            ::core::result::Result::Err(#error)
        } else {
            #settled
            #tried
        };
    }
}

pub(super) fn joined(machine: &Machine<'_>, fork: &Fork, into: &Ident) -> TokenStream {
    let (outputs, settled) = settled(machine, fork);
    quote! {
        #settled
        let mut #into = (#(#outputs,)*);
    }
}

/// Binds the outputs of all operands, or waits for those that have not ended.
fn settled(machine: &Machine<'_>, fork: &Fork) -> (Vec<Ident>, TokenStream) {
    let [run, forked] = ["run", "fork"].map(names::ident);
    let label = names::machine_label();
    let outputs: Vec<Ident> = (0..fork.operands.len()).map(|at| number("r", at)).collect();
    let settled = fork.operands.iter().zip(&outputs).enumerate();
    let settled = settled.map(|(at, (operand, output))| {
        // If its type cannot be stored, this operand is where that is told.
        let span = machine.plain.points[operand.point].op_span;
        let runtime = names::runtime_as_written(span);
        let tie = quote_spanned!(span=> #runtime::OperandOutput::TIE);
        quote!(#forked.joined(&mut #run, #at, #output, #tie))
    });
    let settled = quote! {
        let (#(::core::option::Option::Some(#outputs),)*) = (#(#settled,)*) else {
            #forked.wait(&mut #run);
            break #label
        };
    };
    (outputs, settled)
}

pub(super) fn raced(fork: &Fork, into: &Ident) -> TokenStream {
    let [run, forked] = ["run", "fork"].map(names::ident);
    let (runtime, label) = (names::runtime(Span::call_site()), names::machine_label());
    let last = fork.operands.len().saturating_sub(1);
    let won = (0..fork.operands.len()).map(|at| {
        let output = number("r", at);
        let mut winner = quote!(#output);
        if at < last {
            winner = quote!(#runtime::Won::This(#winner));
        }
        for _ in 0..at {
            winner = quote!(#runtime::Won::Other(#winner));
        }
        quote!(if let ::core::option::Option::Some(#output) = #output { #winner } else)
    });
    quote! {
        let mut #into = #(#won)* {
            #forked.wait(&mut #run);
            break #label
        };
    }
}

/// What a fork comes to whose operands come to these, for code that is never run.
pub(super) fn never(
    kind: Kind,
    outputs: Vec<TokenStream>,
    spans: impl Iterator<Item = Span>,
) -> TokenStream {
    match kind {
        Kind::Join => quote!((#(#outputs,)*)),
        Kind::TryJoin => all_or_error(outputs, spans),
        Kind::Race => any_of(outputs),
    }
}

/// All values of these results or an error, for code that is never run. The errors are of
/// one type: the operand that has another is where that is told.
fn all_or_error(outputs: Vec<TokenStream>, spans: impl Iterator<Item = Span>) -> TokenStream {
    let runtime = names::runtime(Span::call_site());
    let (mut results, mut values, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    for (at, (output, span)) in outputs.into_iter().zip(spans).enumerate() {
        let runtime = names::runtime_as_written(span);
        results.push(quote_spanned!(span=> #runtime::MayFail::tried({ #output })));
        values.push(names::ident(&format!("ok{at}")));
        let mut error = names::ident(&format!("error{at}"));
        error.set_span(error.span().located_at(span));
        errors.push(error);
    }
    let error = names::ident("error");
    quote! {
        match (#(#results,)*) {
            (#(::core::result::Result::Ok(#values),)*) => ::core::result::Result::Ok((#(#values,)*)),
            (#(::core::result::Result::Err(#errors),)*) => {
                let [#error, ..] = [#(#errors),*];
                ::core::result::Result::Err(#error)
            }
            _ => #runtime::diverge(),
        }
    }
}

/// Whichever of `outputs`, for code that is never run.
fn any_of(outputs: Vec<TokenStream>) -> TokenStream {
    let runtime = names::runtime(Span::call_site());
    let mut inner_first = outputs.into_iter().rev();
    let last = inner_first.next().unwrap_or_default();
    inner_first.fold(last, |others, output| {
        quote! {
            if #runtime::diverge::<bool>() {
                #runtime::Won::This(#output)
            } else {
                #runtime::Won::Other(#others)
            }
        }
    })
}
