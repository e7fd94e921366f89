//! The file that holds a flow, read for its names.
//!
//! In: a path and a line, from the compiler. Out: the modules around that
//! line, as names and strings only. Without a file, or with one that cannot
//! be parsed, there is nothing, and paths are judged as they are written.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use syn::spanned::Spanned;
use syn::{Item, ItemMod};

use super::names::Names;

/// Where a flow stands.
#[derive(Debug, Clone, Default)]
pub(crate) struct Source {
    /// The file, as the compiler opens it.
    pub(crate) path: Option<PathBuf>,
    /// The line of the attribute, counted from 1.
    pub(crate) line: usize,
}

/// A module of a file.
#[derive(Debug)]
pub(super) struct Module {
    pub(super) names: Names,
    lines: (usize, usize),
    inner: Vec<Self>,
}

/// The names of the modules around a flow, from the file's own inwards.
pub(super) fn modules(source: &Source) -> Option<Vec<Names>> {
    let file = load(source.path.as_deref()?)?;
    Some(file.around(source.line))
}

impl Module {
    /// The names of a file.
    pub(super) fn parse(text: &str) -> Option<Self> {
        // The compiler's own tokens would all have the place of the macro's
        // call, and lines are what finds the module of a flow.
        let _own_tokens = OwnTokens::force();
        let file = syn::parse_file(text).ok()?;
        Some(Self::new(&file.items, (1, usize::MAX)))
    }

    /// The names of this module and of those in it that hold `line`.
    pub(super) fn around(&self, line: usize) -> Vec<Names> {
        let mut around = vec![self.names.clone()];
        let mut module = self;
        while let Some(inner) = module.inner.iter().find(|inner| inner.holds(line)) {
            around.push(inner.names.clone());
            module = inner;
        }
        around
    }

    fn new(items: &[Item], lines: (usize, usize)) -> Self {
        let inner = items.iter().filter_map(|item| match item {
            Item::Mod(module) => Self::inline(module),
            _ => None,
        });
        Self {
            names: Names::of_items(items),
            lines,
            inner: inner.collect(),
        }
    }

    fn inline(module: &ItemMod) -> Option<Self> {
        let (_, items) = module.content.as_ref()?;
        let span = module.span();
        Some(Self::new(items, (span.start().line, span.end().line)))
    }

    fn holds(&self, line: usize) -> bool {
        (self.lines.0..=self.lines.1).contains(&line)
    }
}

/// While it lives, text is parsed to tokens of `proc_macro2`, which know
/// their lines. None of them may meet a token of the compiler.
struct OwnTokens;

impl OwnTokens {
    fn force() -> Self {
        proc_macro2::fallback::force();
        Self
    }
}

impl Drop for OwnTokens {
    fn drop(&mut self) {
        proc_macro2::fallback::unforce();
    }
}

/// A file's text, and its names if it could be parsed.
type File = (String, Option<Rc<Module>>);

thread_local! {
    /// The files of this compilation, each with its text: a file is parsed
    /// once, and again when an editor has changed it.
    static FILES: RefCell<BTreeMap<PathBuf, File>> =
        const { RefCell::new(BTreeMap::new()) };
}

fn load(path: &Path) -> Option<Rc<Module>> {
    let text = std::fs::read_to_string(path).ok()?;
    FILES.with_borrow_mut(|files| {
        if let Some((known, module)) = files.get(path)
            && *known == text
        {
            return module.clone();
        }
        let module = Module::parse(&text).map(Rc::new);
        files.insert(path.to_owned(), (text, module.clone()));
        module
    })
}
