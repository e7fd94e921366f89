//! Bodies that rustc knows how to parse, and we do not.

use expect_test::expect;
use quote::quote;

use crate::check::Source;

#[test]
fn what_cannot_be_parsed_is_told_unless_rustc_tells_of_it() {
    let told = crate::expand::flow(
        quote!(),
        quote!(async fn flow() { newer => syntax }),
        &Source::default(),
    );
    let text = told.to_string();
    let lint = text.split("# [allow").next().map(str::trim);
    expect![[r#"const _ : () = { # [must_use = "unexpected token, expected `;`; a newer version may know more of Rust"] const fn syntax_that_flowstone_does_not_know () -> bool { true } # [deny (unused_must_use)] { syntax_that_flowstone_does_not_know () ; } } ;"#]].assert_eq(lint.unwrap_or_default());
}
