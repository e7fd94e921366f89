//! The text of every refusal of `#[action]`: what, why, and what to write
//! instead. Each has a UI test whose file has the constant's name in lower
//! case.

pub(super) const NOT_A_FUNCTION: &str = "`#[action]` makes a function callable from flows; this is none\n\nhelp: put it on an `async fn` or a `fn`";
pub(super) const GENERIC_ACTION: &str = "an action cannot be generic: an engine finds it by its name, and each type would need one of its own\n\nhelp: write an action for each type";
pub(super) const SELF_ACTION: &str = "an action cannot take `self`: it is called with stored arguments, later and maybe in another process\n\nhelp: write a function outside of the `impl`; take what it uses of `self` as a `Dep<..>` or as arguments";
pub(super) const CONST_ACTION: &str = "an action cannot be `const`: it touches the world, which is not there at compile time\n\nhelp: remove `const`; a flow can call a `const fn` as it is";
pub(super) const UNSAFE_ACTION: &str = "an action cannot be `unsafe`: an engine calls it, and could keep no promise\n\nhelp: remove `unsafe`; put an `unsafe` block in the body";
pub(super) const EXTERN_ACTION: &str = "an action cannot have a foreign ABI: only an engine calls it\n\nhelp: remove `extern`; call the foreign function in the body";
pub(super) const VARIADIC_ACTION: &str = "an action cannot be variadic: its arguments are stored, each with its type\n\nhelp: take a `Vec`";
pub(super) const PATTERN_ARGUMENT: &str = "an argument of an action needs a name: it is stored under it\n\nhelp: give it a name, and take it apart in the body";
pub(super) const CFG_ARGUMENT: &str = "an argument of an action cannot be conditional: which arguments are stored would depend on how the program was built\n\nhelp: remove `cfg`, or put it on the whole action";
pub(super) const IMPL_ARGUMENT: &str = "an action cannot take `impl Trait`: what it takes is stored, so its type must be known\n\nhelp: name the type";
pub(super) const DYN_ARGUMENT: &str = "an action cannot take a `dyn Trait`: what it takes is stored, so its type must be known\n\nhelp: name the type; a service to use is a `Dep<Box<dyn Trait>>`, which the engine provides";
pub(super) const MUT_ARGUMENT: &str = "an action cannot change its caller's value: it is given a stored copy\n\nhelp: take `&` or the value itself, and return what has changed";
pub(super) const NESTED_BORROW: &str = "an argument of an action can borrow as a whole only: `&T`, `&str`, `&[T]`\n\nhelp: take an owned value here, such as `Option<String>` for `Option<&str>`";
pub(super) const NAMED_LIFETIME: &str = "an action cannot name a lifetime: an attempt borrows from stored arguments, which end with it\n\nhelp: leave the lifetime out, or take an owned value";
pub(super) const IMPL_RESULT: &str = "an action cannot return `impl Trait`: its result is stored, so its type must be known\n\nhelp: name the type";
pub(super) const DYN_RESULT: &str = "an action cannot return a `dyn Trait`: its result is stored, so its type must be known\n\nhelp: name the type; for an error, use an enum or a struct of your own that derives `serde::Serialize` and `serde::Deserialize`";
pub(super) const BORROWED_RESULT: &str = "an action cannot return a borrow: its result is stored, and read long after it has ended\n\nhelp: return an owned value, such as `String` for `&str`";
pub(super) const BORROWED_DEP: &str = "`Dep<..>` and `ActionCx` are given to an attempt by value: a `Dep` is a shared pointer itself\n\nhelp: remove the `&`";
pub(super) const DYN_DEP: &str = "an engine provides values of known types, and finds each by its type\n\nhelp: write `Dep<Box<dyn Trait>>`, and provide a `Box<dyn Trait>`";

pub(super) const UNKNOWN_OPTION: &str = "`#[action]` does not have this option\n\nhelp: it takes `name = \"..\"`, `retry(..)`, `retry = CONSTANT`, `retry_if = path`, `timeout = \"5s\"`, `total_timeout = \"1m\"`, `heartbeat = \"30s\"` and `at_most_once`";
pub(super) const UNKNOWN_RETRY: &str = "`retry` does not have this option\n\nhelp: it takes `never`, `forever`, `attempts = 5`, `first_delay = \"100ms\"`, `factor = 2.0`, `max_delay = \"1m\"` and `jitter = 0.2`";
pub(super) const REPEATED_OPTION: &str = "this option is given twice\n\nhelp: remove one of them";
pub(super) const EMPTY_NAME: &str = "an action's name cannot be empty: it is found and stored under it\n\nhelp: leave `name` out to use the function's own";
pub(super) const BAD_NAME: &str = "an action's name is a string\n\nhelp: write `name = \"..\"`";
pub(super) const BAD_DURATION: &str = "this is no duration\n\nhelp: write a whole number with its unit: \"250us\", \"100ms\", \"5s\", \"2m\", \"1h\" or \"7d\"";
pub(super) const ZERO_TIMEOUT: &str = "with no time at all, no attempt can end\n\nhelp: give a longer time, or leave the option out for no limit";
pub(super) const TIMEOUT_ORDER: &str = "all attempts together cannot have less time than one of them\n\nhelp: make `total_timeout` longer than `timeout`";
pub(super) const BAD_ATTEMPTS: &str = "the number of attempts is a whole number from 1 to 4294967295; the first one counts\n\nhelp: write `retry(never)` for one attempt, `retry(forever)` for no limit";
pub(super) const BAD_FACTOR: &str = "each delay is the one before it times `factor`, which is a number of at least 1\n\nhelp: write `factor = 1` for delays of the same length, `factor = 2` to double them";
pub(super) const BAD_JITTER: &str = "`jitter` is the part of a delay that is random: a number from 0 to 1\n\nhelp: write `jitter = 0` for exact delays";
pub(super) const RETRY_CONFLICT: &str = "this contradicts what `retry` says before\n\nhelp: keep one of `never`, `forever` and `attempts`; with `never` there are no delays to describe";
pub(super) const DELAY_ORDER: &str = "the longest delay is shorter than the first one\n\nhelp: make `max_delay`, which is \"1m\" when it is not given, at least as long as `first_delay`";
pub(super) const BAD_RETRY: &str = "`retry` takes its options in parentheses, or a constant of type `Retry`\n\nhelp: write `retry(attempts = 5)`, `retry(never)` or `retry(forever)`; or `retry = PATIENT`, where `const PATIENT: Retry = Retry::attempts(30);`";
pub(super) const BAD_RETRY_IF: &str = "`retry_if` takes a function that says of an error whether another attempt may help\n\nhelp: write `retry_if = is_transient`, where `fn is_transient(error: &Error) -> bool`";
pub(super) const RETRY_IF_WITHOUT_ERROR: &str = "`retry_if` has no error to look at: this action returns no `Result`\n\nhelp: return a `Result`, or leave `retry_if` out";
pub(super) const HEARTBEAT_ORDER: &str = "an attempt would end before its heartbeat could be missed\n\nhelp: make `heartbeat` shorter than `timeout`, or leave one of them out";
pub(super) const HEARTBEAT_WITHOUT_CX: &str = "each attempt would miss its heartbeat: this action has no `ActionCx` to give one with\n\nhelp: take a parameter `cx: ActionCx`, which does not appear in the call, and call `cx.heartbeat(progress)` now and then";
pub(super) const AT_MOST_ONCE_VALUE: &str =
    "`at_most_once` takes no value\n\nhelp: write `#[action(at_most_once)]`";
pub(super) const AT_MOST_ONCE_RETRY: &str = "an action that runs at most once is not tried again\n\nhelp: leave this out; the flow that gets the `Err` can decide to call it again";
