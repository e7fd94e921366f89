//! What a path, a method or a construct is, and the rule that forbids it.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Expr, ExprCall, ExprMethodCall, ItemStatic, Path, QSelf};

use super::meaning::{Candidate, Meaning, Space};
use super::names::{self, Segments};
use super::sink::{Hit, What};
use super::statics::{self, Static};
use super::table::{self, At, Found, GLOBAL_STATE, LAZY_STATIC, STATIC, Use};
use super::types::Known;
use super::walk::Walker;
use super::{receiver, traits};

impl Walker<'_> {
    /// Looks up `path`, and tells of `tokens` if a rule forbids it.
    pub(super) fn look_up(
        &mut self,
        path: &Segments,
        tokens: impl ToTokens,
        space: Space,
        given: usize,
    ) {
        let (written, tokens) = (path.join("::"), tokens.to_token_stream());
        let places = |given: usize| places(space, given);
        let hit = match self.resolver.meaning(path, space) {
            Meaning::Own => return,
            Meaning::Function(function) => return self.sink.called(tokens, function),
            Meaning::Static(kind) => Some(shared(written, kind)),
            Meaning::Full(candidates) => candidates.iter().find_map(|candidate| {
                let Candidate {
                    given: more, guess, ..
                } = *candidate;
                let places = places(more.unwrap_or(given).max(given));
                let path = in_std(&candidate.path, space);
                let by_path = table::forbids(&path, &places, !guess);
                // `Type::method(&value)`
                let ufcs = || match path.split_last() {
                    Some((name, ty)) if space == Space::Value && ends_in_type(ty) => {
                        table::method(name, Some(&ty.to_vec()))
                    }
                    _ => None,
                };
                by_path.or_else(ufcs).map(hit)
            }),
            Meaning::Unknown if space == Space::Macro && path.len() == 1 => {
                table::forbids(&in_std(path, space), &places(given), true).map(hit)
            }
            Meaning::Unknown => {
                let found = table::resembles(path, &places(given));
                found.map(|(found, full)| Hit {
                    what: match full {
                        full if full == written => What::Path(full),
                        full => What::Likely(written, full),
                    },
                    found,
                })
            }
        };
        if let Some(hit) = hit {
            self.sink.found(tokens, hit);
        }
    }

    /// `Type::function` or `<Type>::function`.
    pub(super) fn look_up_value(&mut self, qself: Option<&QSelf>, path: &Path) {
        match qself {
            None => {
                self.look_up(&names::segments(path), path, Space::Value, 0);
                self.look_up_owner(path);
            }
            Some(qself) if qself.position == 0 => {
                if let Some((mut segments, _)) = names::path_of(&qself.ty) {
                    segments.extend(
                        path.segments
                            .iter()
                            .map(|segment| segment.ident.to_string()),
                    );
                    let (start, end) = (qself.lt_token, path);
                    self.look_up(&segments, quote::quote!(#start #end), Space::Value, 0);
                }
            }
            // `<Type as Trait>::function`
            Some(qself) => {
                let ty = names::path_of(&qself.ty);
                let name = path.segments.last().map(|last| last.ident.to_string());
                if let (Some((ty, _)), Some(name)) = (ty, name) {
                    self.made_by(&ty, &name, path.to_token_stream());
                }
            }
        }
    }

    /// `Trait::method(value)`, of an own type.
    pub(super) fn look_up_call(&mut self, call: &ExprCall) {
        let Expr::Path(path) = &*call.func else {
            return;
        };
        if path.path.segments.len() < 2 {
            return;
        }
        let segments = names::segments(&path.path);
        if let ([.., _, method], Some(value)) = (segments.as_slice(), call.args.first())
            && self.resolver.has_method(method)
            && matches!(self.resolver.meaning(&segments, Space::Value), Meaning::Own)
            && let Some(known) = self.type_of(value)
            && let Some(function) = traits::called(&known.path, method, &self.resolver)
        {
            self.sink.called(path.path.to_token_stream(), function);
        }
    }

    /// `HashMap::<_, _>::default`: the type is written out.
    fn look_up_owner(&mut self, path: &Path) {
        let owner = Path {
            leading_colon: path.leading_colon,
            segments: path.segments.iter().rev().skip(1).rev().cloned().collect(),
        };
        let given = names::arguments(&owner);
        if given > 0 {
            self.look_up(&names::segments(&owner), path, Space::Type, given);
        }
    }

    /// `receiver.method(..)`
    pub(super) fn look_up_method(&mut self, call: &ExprMethodCall) {
        self.made_by_call(call);
        let Some(file) = self
            .resolver
            .modules
            .as_ref()
            .and_then(|modules| modules.first())
        else {
            return;
        };
        let method = call.method.to_string();
        let own = &file.names.methods;
        let is_own = own.contains(&method);
        // Of which type the receiver is, is much to ask; most methods lead nowhere.
        if !is_own && !table::may_end(&method, Use::Method) && !traits::may_call(&method, own) {
            return;
        }
        // `Instant::now().elapsed()`: told of already.
        if self.is_forbidden(&call.receiver) {
            return;
        }
        let known = receiver::type_of(&call.receiver, &mut self.resolver);
        if method == "unwrap_or_default"
            && let Some(inside) = known.as_ref().and_then(Known::inside)
        {
            self.made_by(&inside.path, "default", call.method.to_token_stream());
        }
        let ty = known.map(|known| known.path);
        // An own trait may give it to types that are not its own, or to all.
        let any = || vec!["*".to_owned()];
        let by_type = |ty: Option<&Segments>| ty.map_or_else(any, Clone::clone);
        let is_given =
            is_own && (self.called(call, &by_type(ty.as_ref())) || self.called(call, &any()));
        let found = match ty.filter(|path| !path.is_empty()) {
            _ if is_given => None,
            None if is_own => None,
            None => table::method(&method, None),
            Some(ty) => match self.resolver.meaning(&ty, Space::Type) {
                Meaning::Full(candidates) => candidates.iter().find_map(|candidate| {
                    // The file's own trait may give it to types that are not its own.
                    let is_float =
                        matches!(candidate.path.as_slice(), [ty] if ty == "f32" || ty == "f64");
                    let found = table::method(&method, Some(&candidate.path));
                    found.filter(|(found, _)| !is_own || is_float || !found.is_of_any_type())
                }),
                Meaning::Own => {
                    self.called(call, &ty);
                    return;
                }
                Meaning::Unknown | Meaning::Static(_) | Meaning::Function(_) => None,
            },
        };
        if let Some(found) = found {
            self.sink.found(call.method.to_token_stream(), hit(found));
        }
    }

    /// Whether a value is what a forbidden function gives.
    pub(super) fn is_forbidden(&self, value: &Expr) -> bool {
        let Expr::Call(call) = value else {
            return false;
        };
        let Expr::Path(path) = &*call.func else {
            return false;
        };
        match self
            .resolver
            .meaning(&names::segments(&path.path), Space::Value)
        {
            Meaning::Full(candidates) => candidates
                .iter()
                .any(|found| table::forbids(&found.path, &[At::Value], !found.guess).is_some()),
            Meaning::Own | Meaning::Static(_) | Meaning::Function(_) | Meaning::Unknown => false,
        }
    }

    /// A method of the user's own. Whether the type has it.
    fn called(&mut self, call: &ExprMethodCall, ty: &Segments) -> bool {
        let method = call.method.to_string();
        let function = traits::called(ty, &method, &self.resolver);
        let is_called = function.is_some();
        if let Some(function) = function {
            self.sink.called(call.method.to_token_stream(), function);
        }
        is_called
    }

    /// A construct of the language that the table has under `name`.
    pub(super) fn construct(&mut self, name: &'static str, tokens: TokenStream) {
        if let Some(found) = table::construct(name) {
            let what = What::Construct(name);
            self.sink.found(tokens, Hit { what, found });
        }
    }

    /// A static in a body.
    pub(super) fn shared(&mut self, item: &ItemStatic) {
        if let Some(kind) = statics::in_body(item) {
            let hit = shared(item.ident.to_string(), kind);
            self.sink.found(item.ident.to_token_stream(), hit);
        }
    }
}

fn ends_in_type(path: &[String]) -> bool {
    path.last()
        .is_some_and(|last| last.starts_with(char::is_uppercase) || last == "f32" || last == "f64")
}

fn hit((found, full): (Found, String)) -> Hit {
    let what = What::Path(full);
    Hit { what, found }
}

fn shared(name: String, kind: Static) -> Hit {
    let rule = match kind {
        Static::Written => &STATIC,
        Static::Filled => &LAZY_STATIC,
    };
    let found = Found::of(&GLOBAL_STATE, rule);
    let what = What::Static(name);
    Hit { what, found }
}

/// The rows in which a path is looked for that is given so many types.
fn places(space: Space, given: usize) -> Vec<At> {
    match space {
        Space::Value => vec![At::Value],
        Space::Macro => vec![At::Macro],
        Space::Type => [At::Type]
            .into_iter()
            .chain((given..=2).map(At::Unhashed))
            .collect(),
    }
}

/// A macro that nothing else explains is of std's prelude.
fn in_std(path: &Segments, space: Space) -> Segments {
    let bare = space == Space::Macro && path.len() == 1;
    let std = bare.then(|| "std".to_owned());
    std.into_iter().chain(path.iter().cloned()).collect()
}
