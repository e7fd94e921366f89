//! The text of every refusal: what, why, and what to write instead. Each has
//! a UI test whose file has the constant's name in lower case.

pub(crate) const NOT_ASYNC: &str = "a flow is an `async fn`: its `.await`s are the points at which it is stored\n\nhelp: write `async fn`; a function that touches the world is an `#[action]`";
pub(crate) const CONST_FLOW: &str =
    "a flow cannot be `const`: it runs in an engine, never at compile time\n\nhelp: remove `const`";
pub(crate) const UNSAFE_FLOW: &str = "a flow cannot be `unsafe`: an engine calls it, and could keep no promise\n\nhelp: remove `unsafe`; do the unsafe work in an `#[action]`";
pub(crate) const EXTERN_FLOW: &str =
    "a flow cannot have a foreign ABI: only an engine calls it\n\nhelp: remove `extern`";
pub(crate) const VARIADIC_FLOW: &str =
    "a flow cannot be variadic: its arguments are stored, each with its type\n\nhelp: take a `Vec`";
pub(crate) const LIFETIME_FLOW: &str = "a flow cannot have lifetime parameters: it outlives whatever it could borrow\n\nhelp: take owned values";
pub(crate) const DEPENDENCY_IN_FLOW: &str = "a flow cannot take this: it only decides, from what is stored, and touches nothing itself\n\nhelp: take it in the `#[action]` that uses it";
pub(crate) const SELF_FLOW: &str = "`#[flow]` cannot see the `impl` around this method, and so not what `self` and `Self` are\n\nhelp: write `#[flow]` above the `impl` too";
pub(crate) const NO_SELF: &str =
    "this flow has no `self`: it does not take one\n\nhelp: write `self` as its first parameter";
pub(crate) const BORROWED_SELF: &str = "a flow cannot borrow `self`: it outlives its caller, and the process\n\nhelp: take `self` by value, or what the flow needs of it as arguments";
pub(crate) const FLOW_IN_TRAIT_IMPL: &str = "flows can stand in an `impl` of a type itself only: a trait's method has the type that the trait gives it\n\nhelp: write a flow outside of the `impl`";
pub(crate) const NO_FLOW_IN_IMPL: &str = "no method of this `impl` is a flow\n\nhelp: write `#[flow]` above each `async fn` that is to be one";
pub(crate) const OPTION_OF_IMPL: &str =
    "`#[flow]` takes no options on an `impl`\n\nhelp: give them to the `#[flow]` of the method";
pub(crate) const DYN_IN_SIGNATURE: &str = "a flow cannot take or return a `dyn Trait`: arguments and results are stored, so their types must be known\n\nhelp: name the type; for an error, use an enum or a struct of your own that derives `serde::Serialize` and `serde::Deserialize`";
pub(crate) const BORROWED_ARGUMENT: &str = "a flow cannot borrow its arguments: it outlives its caller, and the process\n\nhelp: take an owned value, such as `String` for `&str` or `Vec<T>` for `&[T]`";
pub(crate) const UNBOUND_PARAMETER: &str = "what a flow takes and returns is stored, and nothing says that this type can be\n\nhelp: bound the parameter where it is declared, as in `<T: Durable>`";
pub(crate) const CLOSURE_ARGUMENT: &str = "a flow cannot take a function: its arguments are stored before it starts, and code cannot be\n\nhelp: take what it would decide by, such as an `enum`, and call a function for each case";
pub(crate) const IMPL_RESULT: &str = "a flow cannot return `impl Trait`: its result is stored, so its type must be known\n\nhelp: name the type";
pub(crate) const BORROWED_RESULT: &str = "a flow cannot return a borrow: its result is stored, and read long after it has ended\n\nhelp: return an owned value";
pub(crate) const EMPTY_NAME: &str = "a flow's name cannot be empty: it is stored under it\n\nhelp: leave `name` out to use the function's own";
pub(crate) const BAD_VERSION: &str = "a flow's version is a whole number from 1 to 4294967295";
pub(crate) const UNKNOWN_OPTION: &str = "`#[flow]` takes `name = \"..\"`, `version = N` and `strict`, each once, and `allow(group, reason = \"..\")`";
pub(crate) const ALLOW_WITHOUT_REASON: &str = "`allow` takes groups and a reason: whoever reads the flow must learn why it may do this\n\nhelp: write `allow(wall_clock, reason = \"..\")`";
pub(crate) const UNKNOWN_GROUP: &str = "there is no such group of what differs from run to run";
pub(crate) const ALLOWED_TWICE: &str =
    "this group is allowed already: one reason is enough\n\nhelp: remove one of the two";
pub(crate) const AWAIT_IN_CLOSURE: &str = "a closure in a flow cannot await: the flow could not be stored in the middle of whoever calls it\n\nhelp: write a loop that awaits, or await before the closure is made";
pub(crate) const ASYNC_BLOCK: &str = "an `async` block in a flow can await only where it is an operand: elsewhere it would be stored by nobody\n\nhelp: write it in `flow::join!(..)` or `flow::race! { .. }`, await its operations one by one, or make it a `#[flow]` of its own and await that";
pub(crate) const ON_FAILURE_OF_NO_CALL: &str = "`flow::on_failure` takes the call of an action or of a flow, which is not awaited: it runs if the flow fails\n\nhelp: write what undoes the step as an `#[action]`, or several steps as a `#[flow]`, and give its call: `flow::on_failure(refund(receipt))`";
pub(crate) const AWAIT_IN_OPERAND: &str = "an operand cannot await: what it waits for would come before all others\n\nhelp: wait for it at the same time, in an `async { .. }` block, or before, in a `let`";
pub(crate) const JUMP_OUT_OF_BLOCK: &str = "a block that is an operand cannot leave what is around it: others wait beside it\n\nhelp: let the block return a value, and decide by that behind the `join!` or in the `race!`";
pub(crate) const JUMP_OUTSIDE_OF_LOOP: &str = "there is no loop around this that it could leave or go on with\n\nhelp: to end the flow, write `return`; to leave a block, give it a label: `'found: { .. break 'found value .. }`";
pub(crate) const BORROWED_OUTPUT: &str = "a block cannot come to a borrowed text in a `flow::join!`: what ends first is stored until all have ended\n\nhelp: let it come to an owned value: `.to_owned()`";
pub(crate) const FORK_SYNTAX: &str = "this cannot be read\n\nhelp: write `flow::join!(a(), b())`, or `flow::race! { x = a() => f(x), y = b() => g(y) }`; operands are calls of actions or flows, timers, messages and `async` blocks";
pub(crate) const AWAIT_IN_MACRO: &str = "an await in this macro cannot be found by the compiler of flows: it does not know what the macro makes of it\n\nhelp: await before: `let value = ...await;`, then give `value` to the macro";
pub(crate) const BOUND_BY_MACRO: &str = "this name comes out of a macro, and is needed behind an `.await`: what the macro binds only rustc knows, so it could not be stored\n\nhelp: bind it here, and let the macro give the value: `let name = make!(..);`";
pub(crate) const AWAIT_IN_MESSAGE: &str = "an await in the message of an assertion would run only if it fails\n\nhelp: await before the assertion";
pub(crate) const AWAIT_IN_CONST: &str =
    "a constant cannot await: it is computed at compile time\n\nhelp: use `let`";
pub(crate) const CFG_ON_AWAIT: &str = "an attribute cannot stand on what awaits, or on a `let` in a flow: whether the code is there must be known before the flow is compiled\n\nhelp: put the attribute on a function that is called here";
pub(crate) const GUARD_HIDES_MATCHED: &str = "this guard binds the name of what is matched, and its arm goes on behind an await: there the value is matched again\n\nhelp: give what the guard binds another name";
pub(crate) const GUARD_OF_ALTERNATIVES: &str = "a guard that awaits, or binds names for an arm that does, cannot follow alternatives that may match at once: it would be tested for each of them\n\nhelp: write an arm for each alternative";
pub(crate) const MACRO_IN_BODY: &str = "a flow cannot define a macro in its body: the code that uses it moves to several places\n\nhelp: define the macro outside of the function";
pub(crate) const UNKNOWN_SYNTAX: &str = "this kind of expression is not known to the compiler of flows\n\nhelp: move it to a function that is called here";
pub(crate) const TOO_LARGE: &str = "a flow cannot be this long: its states and locals are numbered with 16 bits\n\nhelp: move parts of it to flows of their own, and await these";
pub(crate) const ITEM_IN_BLOCK: &str = "this name means something else outside of the block: a block's types, and the items beside them, are moved to the top of the flow, where it would mean this item everywhere\n\nhelp: give the item a name of its own, or move it out of the function";
pub(crate) const IMPL_IN_BODY: &str = "an `impl` in a flow can be of a type or trait of the same body only: the body is compiled twice, and so would this be, for one type\n\nhelp: move the `impl` out of the function";
pub(crate) const LABEL_GIVEN_TWICE: &str = "another await of this flow has this label: a stored flow would go on at one of them, whichever it waited at\n\nhelp: give each await a label of its own";
