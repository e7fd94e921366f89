//! One compiled object as sections, the names in them, and who refers to whom.
//!
//! In: the bytes of an ELF object. Out: its sections, each with its symbols and
//! with the references that its relocations make. rustc gives each function and
//! each static a section of its own, so a section is a function or a static.

pub(crate) mod archive;
pub(crate) mod linked;

use std::collections::HashMap;
use std::sync::Arc;

use object::elf;
use object::{
    Object as _, ObjectSection as _, ObjectSymbol as _, RelocationTarget, SectionFlags,
    SectionIndex, SymbolSection,
};

use crate::error::AuditError;

/// An object file.
#[derive(Debug)]
pub(crate) struct Unit {
    pub(crate) bytes: Vec<u8>,
    pub(crate) sections: Vec<Section>,
    /// The symbols that other objects can refer to, with their sections.
    pub(crate) exported: Vec<(String, usize)>,
}

/// What is loaded as one piece.
#[derive(Debug, Default)]
pub(crate) struct Section {
    /// The first symbol in it, mangled.
    pub(crate) name: Option<String>,
    /// All others, which are rare.
    pub(crate) also: Vec<String>,
    /// Whether a running program can change it.
    pub(crate) is_writable: bool,
    pub(crate) references: Vec<Reference>,
}

/// A place in a section that refers to another section.
#[derive(Debug)]
pub(crate) struct Reference {
    pub(crate) offset: u64,
    pub(crate) target: Target,
    /// How far behind the target's beginning it points; means something in data only.
    pub(crate) addend: u64,
}

/// What is referred to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// A section of the same object.
    Here(usize),
    /// A symbol of another object, or of the system.
    Symbol(Arc<str>),
}

impl Unit {
    /// Reads an object; `place` is for errors.
    pub(crate) fn parse(bytes: Vec<u8>, place: &str) -> Result<Self, AuditError> {
        let (sections, exported) = sections(&bytes, place)?;
        Ok(Self {
            bytes,
            sections,
            exported,
        })
    }

    /// The bytes of a section.
    pub(crate) fn data(&self, section: usize) -> Option<&[u8]> {
        let file = object::File::parse(&*self.bytes).ok()?;
        let section = file.section_by_index(SectionIndex(section)).ok()?;
        section.data().ok()
    }
}

impl Section {
    /// All symbols in it.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let names = self.name.iter().chain(&self.also);
        names.map(String::as_str)
    }

    fn add(&mut self, name: &str) {
        match &self.name {
            None => self.name = Some(name.to_owned()),
            Some(_) => self.also.push(name.to_owned()),
        }
    }
}

type Read = (Vec<Section>, Vec<(String, usize)>);

fn sections(bytes: &[u8], place: &str) -> Result<Read, AuditError> {
    let unreadable = |source| AuditError::Unreadable {
        place: place.to_owned(),
        source,
    };
    if !bytes.starts_with(&elf::ELFMAG) {
        return Err(AuditError::Platform {
            place: place.to_owned(),
        });
    }
    let file = object::File::parse(bytes).map_err(unreadable)?;
    let count = file.sections().map(|section| section.index().0 + 1).max();
    let mut sections = Vec::new();
    sections.resize_with(count.unwrap_or(0), Section::default);
    let mut exported = Vec::new();
    let mut names: HashMap<usize, Target> = HashMap::new();
    for symbol in file.symbols() {
        let name = symbol.name().unwrap_or_default();
        let target = match symbol.section() {
            SymbolSection::Section(index) => {
                let section = sections.get_mut(index.0).filter(|_| !name.is_empty());
                if let Some(section) =
                    section.filter(|_| symbol.kind() != object::SymbolKind::Section)
                {
                    section.add(name);
                    if symbol.is_global() {
                        exported.push((name.to_owned(), index.0));
                    }
                }
                Target::Here(index.0)
            }
            _ => Target::Symbol(name.into()),
        };
        names.insert(symbol.index().0, target);
    }
    for section in file.sections() {
        let Some(read) = sections.get_mut(section.index().0) else {
            continue;
        };
        let SectionFlags::Elf { sh_flags, .. } = section.flags() else {
            continue;
        };
        if !sh_flags.contains(elf::SHF_ALLOC) {
            continue;
        }
        let name = section.name().unwrap_or_default();
        read.is_writable = is_writable(name, sh_flags);
        read.references = references(&section, &names);
    }
    Ok((sections, exported))
}

/// What is constant once the program is linked is writable in name only.
fn is_writable(name: &str, flags: elf::SectionFlags) -> bool {
    let constant = [
        ".data.rel.ro",
        ".init_array",
        ".fini_array",
        ".data.DW.ref.",
    ];
    flags.contains(elf::SHF_WRITE) && !constant.iter().any(|start| name.starts_with(start))
}

fn references<'data>(
    section: &impl object::ObjectSection<'data>,
    names: &HashMap<usize, Target>,
) -> Vec<Reference> {
    let references = section.relocations().filter_map(|(offset, relocation)| {
        let RelocationTarget::Symbol(symbol) = relocation.target() else {
            return None;
        };
        let target = names.get(&symbol.0)?.clone();
        Some(Reference {
            offset,
            target,
            addend: u64::try_from(relocation.addend()).unwrap_or(0),
        })
    });
    references.collect()
}

#[cfg(test)]
mod tests {
    use super::Unit;
    use crate::error::AuditError;

    #[test]
    fn an_object_of_another_platform_is_refused_by_name() {
        // The beginning of an object for macOS on ARM.
        let mut macho = vec![0xcf, 0xfa, 0xed, 0xfe, 0x0c, 0, 0, 0x01];
        macho.resize(64, 0);
        let error = Unit::parse(macho, "libapp.rlib(app.o)").expect_err("it is not ELF");
        assert!(matches!(error, AuditError::Platform { .. }), "{error:?}");
        let text = error.to_string();
        assert!(
            text.starts_with("cannot read objects of this platform: libapp.rlib(app.o)"),
            "{text}"
        );
    }

    #[test]
    fn half_an_object_is_an_error() {
        let error = Unit::parse(b"\x7fELF\x02".to_vec(), "x.o").expect_err("it is cut off");
        assert!(matches!(error, AuditError::Unreadable { .. }), "{error:?}");
    }
}
