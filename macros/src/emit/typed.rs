//! Where a state says of which type a local is, as the outline knows it.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::reopen::never;
use super::writer::Writer;
use crate::ids::LocalId;
use crate::model::Plain;
use crate::names;

impl Writer<'_> {
    /// Says of which type a local is that gets its value later: what is put into it
    /// here may say too little.
    pub(super) fn typed_later(&self, local: LocalId) -> Option<TokenStream> {
        let (ident, never) = (self.ident(local), never());
        let value = match self.typed(local) {
            Some(typed) => quote!(#typed.never()),
            None => self
                .of_argument(local)
                .or_else(|| self.of_any_type(local))?,
        };
        Some(quote!(if false { #ident = #value; #never; }))
    }

    /// What an argument is put into another time may be of no type here, while a field of it
    /// is needed at once; the signature says its type.
    fn of_argument(&self, local: LocalId) -> Option<TokenStream> {
        let params = &self.machine.plain.params;
        let number = params.iter().position(|param| *param == local)?;
        let argument = names::argument(number);
        Some(quote!(Self::#argument.never()))
    }

    /// What is given to a local in several places may not fit: of that the plain copy tells,
    /// and here the local has no type.
    fn of_any_type(&self, local: LocalId) -> Option<TokenStream> {
        let plain = self.machine.plain;
        let is_given_once = plain.given.get(&local).is_none_or(|given| *given < 2);
        if is_given_once || plain.locals[local].ty.is_some() {
            return None;
        }
        let runtime = names::runtime(Span::call_site());
        Some(names::known(
            Span::call_site(),
            &quote!(#runtime::diverge()),
        ))
    }

    /// The same for one that may be empty at first.
    pub(super) fn typed_now(&self, locals: &[LocalId]) -> TokenStream {
        let typed = locals.iter().filter_map(|local| {
            let (ident, typed) = (self.ident(*local), self.typed(*local)?);
            let (plain, ahead) = (self.machine.plain, &self.machine.ahead);
            let may_change = plain.mutable.contains(local) || ahead.contains(local);
            may_change.then(|| quote!(#typed.is(&#ident);))
        });
        typed.collect()
    }

    /// What has the type of a local from the outline.
    fn typed(&self, local: LocalId) -> Option<Ident> {
        let row = &self.machine.plain.locals[local];
        // What no state keeps has no tie.
        if row.is_asked && self.machine.stored.contains(&local) {
            return Some(names::tie(local));
        }
        let is_told = self.machine.ahead.contains(&local);
        is_told.then(|| names::asked(local, row.ident.span()))
    }
}

/// Gives `locals`, which have been declared without a value, a type: that of what they get,
/// or any if they get it only where nothing is reached.
pub(super) fn without_value(plain: &Plain, locals: &[LocalId]) -> TokenStream {
    let never = names::ident("never");
    let given = locals.iter().map(|local| {
        let (ident, any) = (&plain.locals[*local].ident, quote!(match #never {}));
        // Of values that do not fit each other the plain copy tells.
        let is_given_once = plain.given.get(local) == Some(&1);
        let any = if is_given_once {
            any
        } else {
            names::known(Span::call_site(), &any)
        };
        quote!(#ident = #any;)
    });
    quote!(if false { #(#given)* })
}
