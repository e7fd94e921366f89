//! The file that holds a flow, read for its names.
//!
//! In: a path and a line, from the compiler. Out: the modules around that
//! line, with tokens of our own that never leave. Without a file, or with one
//! that cannot be parsed, there is nothing, and paths are judged as written.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use syn::spanned::Spanned;
use syn::{File, Ident, Item, ItemMod};

use super::helpers::Facts;
use super::meaning::Function;
use super::names::Names;
use super::skim::{self, Bodies};
use super::worlds;

/// Where a flow stands.
#[derive(Debug, Clone, Default)]
pub(crate) struct Source {
    /// The file, as the compiler opens it.
    pub(crate) path: Option<PathBuf>,
    /// The line of the attribute, counted from 1.
    pub(crate) line: usize,
}

impl Source {
    /// Whether the function of this name that stands here is one of an `impl` which
    /// is not marked: nothing in its own tokens says so.
    pub(crate) fn is_method(&self, name: &Ident) -> bool {
        let marked = (self.line, name.to_string());
        let modules = modules(self).unwrap_or_default();
        modules
            .iter()
            .any(|module| module.names.unseen.contains(&marked))
    }

    /// The actions and flows that stand here.
    pub(crate) fn marked(&self) -> BTreeSet<String> {
        let modules = modules(self).unwrap_or_default();
        let module = modules.last();
        module.map_or_else(BTreeSet::new, |module| module.names.marked.clone())
    }

    /// Whether an `async fn` of this name stands here that is no flow and no action.
    pub(crate) fn is_unmarked(&self, name: &Ident) -> bool {
        let modules = modules(self).unwrap_or_default();
        let name = name.to_string();
        modules.last().cloned().is_some_and(|module| {
            let modules = vec![module];
            Function { modules, name }.is_async()
        })
    }
}

/// A module of a file.
#[derive(Debug)]
pub(super) struct Module {
    pub(super) name: String,
    pub(super) names: Names,
    /// Whether it is a crate's own.
    pub(super) is_root: bool,
    /// What its functions do, as far as somebody asked.
    pub(super) known: RefCell<BTreeMap<String, Rc<Facts>>>,
    /// Which of its imports may be of what a rule forbids, as far as somebody asked.
    leading: RefCell<BTreeMap<String, bool>>,
    lines: (usize, usize),
    inner: Vec<Rc<Self>>,
    /// Of a file: the same with other items, where `cfg` leaves that open.
    others: Vec<Rc<Self>>,
}

/// From a file's own module inwards.
pub(super) type Modules = Vec<Rc<Module>>;

/// The modules around a flow.
pub(super) fn modules(source: &Source) -> Option<Modules> {
    let file = load(source.path.as_deref()?)?;
    Some(around(&file, source.line))
}

/// `file`, and those modules in it that hold `line`.
pub(super) fn around(file: &Rc<Module>, line: usize) -> Modules {
    let mut around = vec![file.clone()];
    let mut module = file;
    while let Some(inner) = module.inner.iter().find(|inner| inner.holds(line)) {
        around.push(inner.clone());
        module = inner;
    }
    around
}

/// The same modules in the other worlds of their file.
pub(super) fn beside(modules: &Modules) -> Vec<Modules> {
    let Some((file, inner)) = modules.split_first() else {
        return Vec::new();
    };
    let others = file.others.iter().map(|other| {
        let mut beside = vec![other.clone()];
        for wanted in inner {
            let around = beside.last().map_or([].as_slice(), |module| &module.inner);
            beside.extend(
                around
                    .iter()
                    .find(|module| module.lines == wanted.lines)
                    .cloned(),
            );
        }
        beside
    });
    others.collect()
}

impl Module {
    /// The modules of a file.
    pub(super) fn parse(text: &str, is_root: bool) -> Option<Self> {
        // The compiler's own tokens would all have the place of the macro's
        // call, and lines are what finds the module of a flow.
        let _own_tokens = OwnTokens::force();
        let (skimmed, bodies) = skim::skim(program(text));
        let file: File = syn::parse2(skimmed.parse().ok()?).ok()?;
        let worlds = if text.contains("cfg") {
            worlds::of(file.items)
        } else {
            vec![file.items]
        };
        let mut worlds = worlds.iter().map(|items| Self {
            is_root,
            ..Self::new(String::new(), items, (1, usize::MAX), &bodies)
        });
        let first = worlds.next()?;
        Some(Self {
            others: worlds.map(Rc::new).collect(),
            ..first
        })
    }

    /// The inner module of that name, if its items stand here.
    pub(super) fn inner(&self, name: &str) -> Option<&Rc<Self>> {
        self.inner.iter().find(|inner| inner.name == name)
    }

    /// Whether an import may be of what a rule forbids: `find` tells, once.
    pub(super) fn leads(&self, import: &str, find: impl FnOnce() -> bool) -> bool {
        let known = self.leading.borrow().get(import).copied();
        known.unwrap_or_else(|| {
            let leads = find();
            self.leading.borrow_mut().insert(import.to_owned(), leads);
            leads
        })
    }

    fn new(name: String, items: &[Item], lines: (usize, usize), bodies: &Bodies) -> Self {
        let inner = items.iter().filter_map(|item| match item {
            Item::Mod(module) => Self::inline(module, bodies),
            _ => None,
        });
        let inner: Vec<Rc<Self>> = inner.map(Rc::new).collect();
        let mut names = Names::of_items(items, bodies);
        let methods = inner.iter().flat_map(|inner| &inner.names.methods);
        names.methods.extend(methods.cloned());
        Self {
            name,
            names,
            is_root: false,
            known: RefCell::default(),
            leading: RefCell::default(),
            lines,
            inner,
            others: Vec::new(),
        }
    }

    fn inline(module: &ItemMod, bodies: &Bodies) -> Option<Self> {
        let (_, items) = module.content.as_ref()?;
        let (name, span) = (module.ident.to_string(), module.span());
        let lines = (span.start().line, span.end().line);
        Some(Self::new(name, items, lines, bodies))
    }

    fn holds(&self, line: usize) -> bool {
        (self.lines.0..=self.lines.1).contains(&line)
    }
}

/// A file without the mark and the line that are no Rust; lines keep their numbers.
fn program(text: &str) -> &str {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_script = text.starts_with("#!") && !text.starts_with("#![");
    let end = text.find('\n').filter(|_| is_script);
    end.and_then(|end| text.get(end..)).unwrap_or(text)
}

/// While it lives, text is parsed to tokens of `proc_macro2`, which know
/// their lines. None of them may meet a token of the compiler.
pub(super) struct OwnTokens(());

impl OwnTokens {
    pub(super) fn force() -> Self {
        proc_macro2::fallback::force();
        Self(())
    }
}

impl Drop for OwnTokens {
    fn drop(&mut self) {
        proc_macro2::fallback::unforce();
    }
}

/// A file's text, and its names if it could be parsed.
type Read = (String, Option<Rc<Module>>);

thread_local! {
    /// The files of this compilation, each with its text: a file is parsed
    /// once, and again when an editor has changed it.
    static FILES: RefCell<BTreeMap<PathBuf, Read>> =
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
        let module = Module::parse(&text, is_root(path)).map(Rc::new);
        files.insert(path.to_owned(), (text, module.clone()));
        module
    })
}

/// Whether a file is a crate's own by what cargo expects of its name.
fn is_root(path: &Path) -> bool {
    let named = |name: Option<&std::ffi::OsStr>, names: &[&str]| {
        name.is_some_and(|name| names.iter().any(|known| name == *known))
    };
    let folder = path.parent().and_then(Path::file_name);
    named(path.file_name(), &["lib.rs", "main.rs"])
        || named(folder, &["bin", "tests", "examples", "benches"])
}
