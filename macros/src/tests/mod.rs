//! The passes, each by a snapshot: text in, text out.

mod canonical;
mod forks;
mod kinds;
mod sketches;
mod stages;
mod syntax;
mod twice;

use expect_test::Expect;
use proc_macro2::TokenStream;
use syn::visit::Visit;
use syn::{File, ImplItemFn, Item, parse_quote};

use crate::diag::Diagnostics;
use crate::{check, desugar, emit, fork, graph, live, machine, model, parse};

/// What a pass gives.
#[derive(Clone, Copy)]
enum Stage {
    /// What is wrong with the flow.
    Errors,
    /// The plain form.
    Plain,
    /// The control-flow graph.
    Graph,
    /// What each state takes in, and where it leads.
    Machine,
    /// What is drawn of it.
    Sketch,
    /// All generated code.
    Tokens,
    /// The function of it that runs the machine.
    Resume,
}

/// Runs the passes up to `stage` on `source` and compares.
#[track_caller]
fn check(source: &str, stage: Stage, expected: &Expect) {
    expected.assert_eq(&run(source, stage));
}

fn run(source: &str, stage: Stage) -> String {
    let item: TokenStream = source.parse().expect("the source of a test is Rust");
    let mut diag = Diagnostics::new();
    let mut flow = parse::flow(TokenStream::new(), item, &mut diag).expect("a function");
    fork::open(&mut flow.body);
    let _ = check::flow(&flow, &check::Source::default(), &mut diag);
    let refused = !diag.is_empty();
    let errors = errors(diag.finish());
    if refused || matches!(stage, Stage::Errors) {
        return errors;
    }
    let plain = desugar::flow(&flow);
    let graph = graph::build(&plain);
    let live = live::solve(&graph);
    let machine = machine::assemble(&plain, &graph, &live);
    match stage {
        Stage::Sketch => sketched(&flow, &machine),
        Stage::Errors => unreachable!("returned above"),
        Stage::Plain => model::pretty(&plain),
        Stage::Graph => graph::pretty(&graph, &plain),
        Stage::Machine => machine::pretty(&machine),
        Stage::Tokens | Stage::Resume => {
            let items = emit::item(&flow, &machine);
            let mut file = syn::parse2(items).expect("generated code is Rust");
            if matches!(stage, Stage::Resume) {
                file = resume(&file);
            }
            prettyplease::unparse(&file)
        }
    }
}

/// What of generated code differs from flow to flow.
fn resume(file: &File) -> File {
    #[derive(Default)]
    struct Finder(Vec<Item>);
    impl<'ast> Visit<'ast> for Finder {
        fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
            if function.sig.ident == "resume" {
                let body = &function.block;
                self.0.push(parse_quote!(fn resume() #body));
            }
        }
    }
    let mut finder = Finder::default();
    finder.visit_file(file);
    File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: finder.0,
    }
}

/// The lines of what is drawn, with states by their labels.
fn sketched(flow: &model::Flow, machine: &machine::Machine<'_>) -> String {
    let points = &machine.plain.points;
    let is_operand = |role| matches!(role, model::Role::Operand | model::Role::Block);
    let operands = points.iter().filter(|(_, point)| is_operand(point.role));
    let operands: Vec<_> = operands.map(|(_, point)| point.span).collect();
    let waits: Vec<_> = machine
        .waits()
        .map(|(point, _)| points[point].span)
        .collect();
    let drawn = crate::sketch::of(flow).written(&waits, &operands);
    let labels: Vec<&String> = machine
        .waits()
        .map(|(point, _)| &points[point].label)
        .collect();
    let named = drawn.lines().enumerate().map(|(at, line)| {
        let state = line
            .strip_prefix("state ")
            .and_then(|number| number.parse::<usize>().ok());
        match state.and_then(|number| labels.get(number)) {
            Some(label) => format!("{at}: {label}\n"),
            None if line.starts_with(char::is_numeric) => {
                format!("{line}\n")
            }
            None => format!("{at}: {line}\n"),
        }
    });
    named.collect()
}

/// The texts of the `compile_error!`s.
fn errors(tokens: TokenStream) -> String {
    let literals = tokens.into_iter().filter_map(|token| match token {
        proc_macro2::TokenTree::Group(group) => group.stream().into_iter().next(),
        _ => None,
    });
    literals.map(|literal| literal.to_string() + "\n").collect()
}
