//! What other crates give, and what has the name of a crate or a macro of std.

use expect_test::expect;
use quote::quote;

use super::super::source;
use super::{check, module, refusals_in};

#[test]
fn what_functions_of_other_crates_give_has_methods_of_its_own() {
    let bodies = quote! {
        dep::open("a").canonicalize();
        open("b").read_dir();
        let found = dep::kit::open("c");
        found.canonicalize();
        found.inner().try_exists();
        let url = Form::parse("d")?;
        url.read_link();
        Form::read("e").await?.symlink_metadata();
        dep::open("f").unwrap().canonicalize();
        f64::from(1).read_dir();
    };
    check(
        "use dep::{open, kit::Form};",
        &bodies,
        &expect![[r#"
        `.symlink_metadata()` asks the file system
        `.read_dir()` asks the file system
    "#]],
    );
}

#[test]
fn what_functions_of_other_files_give_has_methods_of_its_own() {
    let bodies = quote! {
        far::open("a").canonicalize();
        let found = open("b");
        found.read_dir();
        far::all().iter().map(|one| one.canonicalize());
        dep::Kit::all().iter().filter(|one| one.try_exists());
        for (name, one) in far::all() {
            name.read_link();
            one?.canonicalize();
        }
        let far::Pair { one, .. } = crate::pair();
        one.canonicalize();
        let Some(two) = far::all().pop() else { return };
        two.canonicalize();
    };
    check("mod far; use far::open;", &bodies, &expect![[""]]);
    check(
        "mod far;",
        &quote! {
            let open = || std::path::PathBuf::new();
            open().canonicalize();
            far::all().map(|name| std::path::Path::new(name)).filter(|path| path.exists());
        },
        &expect![[r#"
            `.canonicalize()` asks the file system
            `std::path::Path::exists` asks the file system
        "#]],
    );
}

#[test]
fn what_std_and_the_file_give_is_a_path_as_before() {
    let bodies = quote! {
        root().canonicalize();
        std::path::PathBuf::from("a").read_dir();
        PathBuf::from("b").parent()?.canonicalize();
        unknown.try_exists();
        some()?.read_link();
        let path: PathBuf = made();
        path.join("c").exists();
    };
    check(
        "use dep::prelude::*; use std::path::PathBuf; fn root() -> PathBuf { todo!() }",
        &bodies,
        &expect![[r#"
            `.canonicalize()` asks the file system
            `.read_dir()` asks the file system
            `.canonicalize()` asks the file system
            `.try_exists()` asks the file system
            `.read_link()` asks the file system
            `std::path::Path::exists` asks the file system
        "#]],
    );
}

#[test]
fn an_own_module_by_a_glob_hides_a_crate() {
    let body = quote! {
        tokio::spawn(1);
        rand::random();
        Instant::now();
    };
    check(
        "use own::*; use std::time::*;
         mod own { pub mod tokio { pub fn spawn(n: u8) {} } pub struct Instant; }",
        &body,
        &expect![[r#"
            `rand::random` takes random numbers from the system
        "#]],
    );
    // Its functions are in another file.
    check(
        "use own::*; mod own { pub mod tokio; }",
        &quote!(tokio::spawn(1);),
        &expect![[""]],
    );
    check(
        "use own::*;
         mod own { pub use std::time::Instant; pub mod tokio { pub use tokio::spawn; } }",
        &body,
        &expect![[r#"
            `tokio::spawn` belongs to an async runtime, which a flow does not run on
            `rand::random` takes random numbers from the system
            `std::time::Instant::now` reads the monotonic clock
        "#]],
    );
}

#[test]
fn an_own_macro_counts_where_it_may_be_said() {
    let body = quote!(dbg!(1););
    let told = "`std::dbg!` prints, and prints again whenever the step is run again\n";
    let at = |file: &str, line| refusals_in(Some(&source::around(&module(file), line)), &body);
    let inside = "macro_rules! dbg { ($a:expr) => { $a } }
        mod inner {
            mod flows { }
        }";
    assert_eq!(at(inside, 3), "");
    let taken = "#[macro_use]
        mod macros { macro_rules! dbg { ($a:expr) => { $a } } }
        mod flows {
        }";
    assert_eq!(at(taken, 1), "");
    assert_eq!(at(taken, 3), "");
    let beside = "mod macros { macro_rules! dbg { ($a:expr) => { $a } } }
        mod flows {
        }";
    assert_eq!(at(beside, 2), told);
    assert_eq!(at(beside, 99), told);
}
