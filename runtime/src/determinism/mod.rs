//! What a flow cannot use, group by group, and how that is found.
//!
//! After a crash a flow goes on from its last `.await`, and the code from there to the
//! next one runs again. It must do the same again: so nothing in a flow may depend on
//! anything but its arguments and what it awaited. What touches the world is an
//! [`action`](macro@crate::action): its result is stored.
//!
//! # Groups
//!
//! | group | what | told as |
//! | --- | --- | --- |
//! | [`wall_clock`] | The time of day | error |
//! | [`monotonic_clock`] | The time since the machine was started | error |
//! | [`timezone_locale`] | The zone and the language of the machine | error |
//! | [`randomness`] | Random numbers of the system | error |
//! | [`ids`] | Ids from the clock or from random numbers | error |
//! | [`environment_process`] | The environment of the process | error |
//! | [`filesystem`] | Files and folders | error |
//! | [`network_and_clients`] | The network, and clients of services | error |
//! | [`async_runtime`] | Timers, tasks and locks of an async runtime | error |
//! | [`threads_sync`] | Threads, and what they share | error |
//! | [`global_state`] | Statics that can change | error |
//! | [`unordered_collections`] | Collections without an order | error |
//! | [`printing`] | The output and input of the process | error |
//! | [`logging`] | Lines of a log | warning |
//! | [`pointer_identity`] | Addresses | error |
//! | [`restore_sensitive`] | What storing does not keep | warning |
//! | [`reflection_location`] | Names and places of the program | warning |
//! | [`floats`] | The last digits of floats | strict |
//! | [`panics_backtraces`] | Catching panics, and backtraces | error |
//! | [`unsafe_ffi`] | `unsafe` code, and calls of the system | error |
//!
//! `allow(group, reason = "..")` in `#[flow(..)]` lets one flow use a group; nothing else
//! does. Warnings are told as uses of a deprecated constant, the one way that stable Rust
//! has for it. `#![allow(deprecated)]` does not hide them in flows (it does for what an
//! action gives, which has no `allow`), `#![allow(warnings)]` does; `-D warnings` makes
//! errors of them.
//!
//! # Four layers
//!
//! 1. **The macro** refuses what stands in the flow's body, and in functions, methods and
//!    macros of the same file that it calls, by name: through imports, aliases, globs,
//!    function pointers and arguments of macros. Of which type the receiver of a method is
//!    it reads from annotations, signatures and fields. A type of your own that has the
//!    same name is not meant.
//! 2. **Types**: only operations can be awaited, only what can be stored is kept. A file,
//!    a lock, a random generator, an `Instant` cannot cross an `.await`.
//! 3. **The audit** (`flowstone audit`, `testing::assert_deterministic`) follows the
//!    compiled code, through all crates and std, down to calls of the system.
//! 4. **Tests** (`testing::check_segments`) run each step eight times, in fresh threads,
//!    with calls of the system trapped, and compare what comes of it.
//!
//! | how it is hidden | macro | types | audit | tests |
//! | --- | --- | --- | --- | --- |
//! | called in the flow, by any name | yes | | yes | yes |
//! | as a function pointer, in a closure, in a macro's arguments | yes | | yes | yes |
//! | in a function or a `macro_rules!` of the same file | yes | | yes | yes |
//! | in a method of an own type, on a value that the file says the type of | yes | | yes | yes |
//! | in what an own trait provides or gives to other types, `fmt` behind `{}`, `next` of an iterator | of an own type of the same file; `fmt` and `next` in the flow itself | | yes | yes |
//! | behind `Default::default()`, derived or not, `.into()`, `.parse()` | of an own type that is written there | | yes | yes |
//! | in one of several `From` of a type | no | | yes | yes |
//! | in another file, module or crate | no | | yes | yes |
//! | in a method of what a function of another file or crate gives | no | | yes | yes |
//! | in a function of the same file that is called by `crate::its_module::name` | of a crate's own file | | yes | yes |
//! | in a function that a macro of the same file makes, or by a name that it is given | no | | yes | yes |
//! | behind a generic parameter, `dyn`, an operator, the `From` of a `?` | no | | yes | yes |
//! | in what Rust calls by itself: an own `Drop`, `Deref`, `Ord` of sorting, `Debug` of a format | no | | yes | yes |
//! | in a function that derived code calls: `#[serde(default = "..")]` | no | | yes | yes |
//! | inside of a macro of another file or crate | no | | yes | yes |
//! | awaited: a timer, a request of a client | by name | yes | | |
//! | kept over an `.await`: a lock, a file, an `Instant` | | yes | | |
//! | the order of a `HashMap` of a dependency | `into_group_map` and the like; not `counts` | if kept | yes | nearly always |
//! | a `HashMap` in a field of an own type, that is stored | warned of, if the same file has the type | no | yes | nearly always |
//! | a `HashMap` that is only looked up in | warned of, if stored | warned of, if kept | yes: allow it | no: its order does not show |
//! | a static that changes, if by a part of its type | of the same file, with its type | | yes | if it changes |
//! | names and places of the program (`Location::caller`, `type_name`), `DefaultHasher`, `strong_count` | in the flow, not in a helper | | no | no |
//! | lines of a log | in the flow, not in a helper | | no | if somebody listens |
//! | an address as a number | in the flow | | no | mostly |
//! | instructions: `rdtsc` | by name | | no | yes |
//! | instructions: `rdrand` | by name | | no | no |
//! | behind `#[cfg]` | what ships: see below | | what is built | what is built |
//! | code that no test runs | | | yes | no |
//! | what a hook or a logger does that is set at run time | no | | no | yes |
//!
//! Of items and statements behind `#[cfg]` the macro looks at what ships. `test` is never
//! set: a double for tests is left out, and what it stands in for is looked at, in tests
//! too; what has no other item of its name is there. Features, and the platform unless
//! `--target` is given, are those of the build. Of what else a `cfg` may ask for nothing is
//! known: each alternative of a name is looked at, and what one of them does is told.
//!
//! How often the layers are right, on a corpus of flows, is counted in
//! `docs/determinism-corpus.md` of the repository, with the names of what they miss.

pub mod async_runtime;
pub mod environment_process;
pub mod filesystem;
pub mod floats;
pub mod global_state;
pub mod ids;
pub mod logging;
pub mod monotonic_clock;
pub mod network_and_clients;
pub mod panics_backtraces;
pub mod pointer_identity;
pub mod printing;
pub mod randomness;
pub mod reflection_location;
pub mod restore_sensitive;
pub mod threads_sync;
pub mod timezone_locale;
pub mod unordered_collections;
pub mod unsafe_ffi;
pub mod wall_clock;

/// A collection without an order: kept over an `.await` it may come back in another one.
#[doc(hidden)]
pub trait Unordered {
    /// Accepts it, with a warning.
    #[deprecated(
        note = "a `HashMap` or `HashSet` that is kept over an `.await` may come back in \
                another order\n\n\
                help: use a `BTreeMap` or `BTreeSet`, or an `IndexMap` of the crate `indexmap`\n\
                note: if it is never iterated: \
                `#[flow(allow(unordered_collections, reason = \"..\"))]`; see \
                https://docs.rs/flowstone/latest/flowstone/determinism/unordered_collections"
    )]
    fn kept(&self) {}
}

/// What comes back as it was stored.
#[doc(hidden)]
pub trait Ordered {
    /// Accepts it.
    fn kept(&self) {}
}
