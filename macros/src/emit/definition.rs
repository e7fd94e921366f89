//! The items around a machine: the function that captures a call, the type
//! that carries the machine, its shape, and its registration.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Type};

use super::generics::{self, Parameters};
use super::lasting::Lasting;
use super::{fork, pristine, state};
use crate::machine::Machine;
use crate::model::{Flow, Param, Point};
use crate::{names, sketch};

pub(super) fn items(flow: &Flow, machine: &Machine<'_>) -> TokenStream {
    let runtime = names::runtime(flow.ident.span());
    let (ident, vis, output) = (&flow.ident, &flow.vis, &flow.ret);
    let cfg: Vec<&Attribute> = flow
        .attrs
        .iter()
        .filter(|attr| attr.path().is_ident("cfg"))
        .collect();
    let (call, shape) = (call(flow), shape(flow, machine));
    let (resume, pristine) = (
        state::resume(flow, machine),
        pristine::copy(flow, &Lasting::of(machine)),
    );
    let (arguments, result) = (arguments(flow), result(flow));
    let opened = names::opened(flow.ident.span());
    let (registered, mark) = (registered(flow), mark(flow));
    let Parameters {
        declared,
        named,
        bounds,
        unbounded,
        marker,
        ..
    } = generics::of(flow);
    let doc = format!("The machine of the flow `{}`.", flow.name());
    quote! {
        #call

        #[doc = #doc]
        #(#cfg)*
        #[allow(non_camel_case_types, missing_debug_implementations, dead_code)]
        #vis struct #ident #unbounded { #marker }

        #(#cfg)*
        const _: () = {
            #opened
            #shape

            #mark

            #[automatically_derived]
            #[allow(dead_code)]
            impl #declared #ident #named #bounds {
                #arguments

                /// The name under which the flow is registered and stored.
                pub const NAME: &'static str = SHAPE.name;

                /// What the compiler knows about the flow.
                #[must_use]
                pub fn shape() -> &'static #runtime::Shape {
                    &SHAPE
                }

                /// The flow drawn: where it waits, and what leads from there to where.
                #[must_use]
                pub fn graph() -> #runtime::Graph {
                    #runtime::Graph::of(&SHAPE)
                }
            }

            #[automatically_derived]
            impl #declared #runtime::Machine for #ident #named #bounds {
                type Output = #output;
                #result
                const SHAPE: &'static #runtime::Shape = &SHAPE;
                #resume
            }

            #runtime::inventory::submit! { #runtime::Registration::#registered }

            #pristine
        };
    }
}

/// The ties of the arguments: the only place that demands them to be stored.
fn arguments(flow: &Flow) -> TokenStream {
    let ties = flow
        .params
        .iter()
        .enumerate()
        .map(|(number, Param { ty, .. })| {
            let (tie, runtime) = (names::argument(number), names::runtime(start(ty)));
            let local = Literal::usize_unsuffixed(number);
            let made = quote_spanned!(start(ty)=> <#ty as #runtime::FlowArgument>::TIE.of(#local));
            quote!(#[doc(hidden)] const #tie: #runtime::Tie<#ty> = #made;)
        });
    ties.collect()
}

fn result(flow: &Flow) -> TokenStream {
    let (ty, span) = (&flow.ret, start(&flow.ret));
    let runtime = names::runtime(span);
    let same = flow.params.iter().position(|param| param.ty == flow.ret);
    let made = if let Some(number) = same {
        // What cannot be stored is told of the argument.
        let tie = names::argument(number);
        quote_spanned!(span=> Self::#tie.as_result())
    } else {
        quote_spanned!(span=> <#ty as #runtime::FlowResult>::TIE)
    };
    quote!(const RESULT: #runtime::Tie<Self::Output> = #made;)
}

/// A generic flow is called by others; an engine runs it once it is registered
/// for some types.
fn registered(flow: &Flow) -> TokenStream {
    let (ident, runtime) = (&flow.ident, names::runtime(flow.ident.span()));
    if flow.is_generic() {
        quote!(Shape(&SHAPE))
    } else {
        quote!(Flow(#runtime::FlowDef::of::<#ident>()))
    }
}

/// What `flowstone audit` finds in the compiled program: which flow a machine
/// is of, where it stands, and what it may use. Parts end with U+001F.
fn mark(flow: &Flow) -> TokenStream {
    let runtime = names::runtime(flow.ident.span());
    let (name, line) = (flow.name(), line(flow.ident.span()));
    let allows = flow.args.allows.iter();
    let allows = allows.map(|allow| format!("{}\u{1f}{}\u{1f}", allow.group, allow.reason));
    let allows = allows.collect::<Vec<_>>().concat();
    let end = format!("\u{1f}{line}\u{1f}{allows}\u{1e}");
    let start = format!("\u{1e}flowstone-audit/1\u{1f}{name}\u{1f}");
    quote! {
        #[used]
        static AUDITED: (&str, &#runtime::Shape) =
            (::core::concat!(#start, ::core::file!(), #end), &SHAPE);
    }
}

/// The user's function, which captures its arguments and runs nothing.
pub(crate) fn call(flow: &Flow) -> TokenStream {
    let runtime = names::door(flow.ident.span());
    let (ident, vis) = (&flow.ident, &flow.vis);
    let attrs = flow
        .attrs
        .iter()
        .filter(|attr| !attr.path().is_ident("must_use"));
    let params = flow.params.iter().map(param);
    let fields = names::ident("fields");
    let Parameters {
        declared,
        named,
        bounds,
        ..
    } = generics::of(flow);
    // Without these rustc would tell of a type that is none as of a parameter that is
    // missing: here, and so twice.
    let declared = if flow.is_generic() {
        declared
    } else {
        quote!(<>)
    };
    let pushes = flow.params.iter().enumerate().map(|(number, param)| {
        let (name, param, tie) = (&param.stored, &param.ident, names::argument(number));
        quote!(#fields.argument(#name, <#ident #named>::#tie.encode(&#param))?;)
    });
    quote! {
        #(#attrs)*
        #[allow(
            clippy::needless_pass_by_value,
            clippy::too_many_arguments,
            clippy::used_underscore_binding
        )]
        #vis fn #ident #declared (#(#params),*) -> #runtime::FlowCall<#ident #named> #bounds {
            #runtime::FlowCall::capture(|#fields| {
                #(#pushes)*
                let _ = #fields;
                ::core::result::Result::Ok(())
            })
        }
    }
}

fn param(param: &Param) -> TokenStream {
    let Param {
        attrs, ident, ty, ..
    } = param;
    quote!(#(#attrs)* #ident: #ty)
}

/// The span of a type's first token: on stable, spans cannot be joined.
pub(super) fn start(ty: &Type) -> Span {
    ty.span()
}

fn shape(flow: &Flow, machine: &Machine<'_>) -> TokenStream {
    let runtime = names::runtime(flow.ident.span());
    let (name, version) = (flow.name(), flow.version());
    let flow_line = line(flow.ident.span());
    let fingerprint = machine.fingerprint;
    let locals = machine
        .stored
        .iter()
        .map(|local| &machine.plain.locals[*local].stored);
    let params = machine.plain.params.len();
    let points = &machine.plain.points;
    let states = machine.waits().map(|(point, state)| {
        let kept = machine.stored_at(state);
        site(
            &points[point],
            kept.map(|local| machine.stored_index(local)),
        )
    });
    let operands = fork::operands(machine);
    let operands = operands.map(|point| site(&points[point], std::iter::empty()));
    let allows = flow.args.allows.iter().map(|allow| {
        let (group, reason) = (allow.group.to_string(), &allow.reason);
        quote!(#runtime::Allow { group: #group, reason: #reason })
    });
    let waits: Vec<Span> = machine
        .waits()
        .map(|(point, _)| points[point].span)
        .collect();
    let operated = fork::operands(machine).map(|point| points[point].span);
    let drawn = sketch::of(flow).written(&waits, &operated.collect::<Vec<_>>());
    quote! {
        const AT: #runtime::Site = #runtime::Site::of(#name, ::core::file!());
        static SHAPE: #runtime::Shape = #runtime::Shape {
            name: #name,
            version: #version,
            file: AT.file,
            line: #flow_line,
            fingerprint: #fingerprint,
            locals: &[#(#locals),*],
            params: #params,
            allows: &[#(#allows),*],
            states: &[#(#states),*],
            operands: &[#(#operands),*],
            drawn: #drawn,
        };
    }
}

fn site(point: &Point, kept: impl Iterator<Item = u16>) -> TokenStream {
    let (label, twins, line) = (&point.label, point.twins, line(point.span));
    let column = u32::try_from(point.span.start().column + 1).unwrap_or(0);
    let kept = kept.map(|local| {
        let local = char::from_u32(local.into());
        local.expect("`check::size` refuses flows that could have as many")
    });
    let kept: String = kept.collect();
    quote!(AT.state(#label, (#line, #column), #twins, #kept))
}

fn line(span: Span) -> u32 {
    u32::try_from(span.start().line).unwrap_or(0)
}
