//! Which line of source a place in compiled code is of.
//!
//! In: an object, and places in its sections. Out: file, line and column. In an object all functions begin at address zero, so
//! each section is given an address of its own before the table is read.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use gimli::{
    Dwarf, DwarfSections, EndianSlice, IncompleteLineProgram, LineProgramHeader, RunTimeEndian,
};
use object::{Object as _, ObjectSection as _, ObjectSymbol as _, RelocationTarget, SymbolSection};
use serde::Serialize;

use crate::objects::Unit;

/// A place in source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Location {
    /// The file: relative to the workspace, or below `<std>`, or absolute.
    pub file: String,
    /// The line, from one.
    pub line: u32,
    /// The column, from one; zero where it is not known.
    pub column: u32,
}

type Slice<'a> = EndianSlice<'a, RunTimeEndian>;

/// Addresses are this far apart for each section.
const SECTION_SHIFT: u32 = 32;

/// The lines of one object.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    files: Vec<String>,
    /// By address: file, line, column; nothing where a sequence ends.
    rows: BTreeMap<u64, Option<(usize, u32, u32)>>,
}

impl Lines {
    /// Reads the line table. What cannot be read has no lines.
    pub(crate) fn read(unit: &Unit) -> Self {
        let mut lines = Self::default();
        let Ok(file) = object::File::parse(&*unit.bytes) else {
            return lines;
        };
        let endian = if file.is_little_endian() {
            RunTimeEndian::Little
        } else {
            RunTimeEndian::Big
        };
        let sections = DwarfSections::load(|id| {
            let bytes = placed(&file, id.name()).unwrap_or_default();
            Ok::<_, gimli::Error>(bytes)
        });
        // What cannot be decoded is left without lines: paths are shown without.
        if let Ok(sections) = sections {
            let dwarf = sections.borrow(|bytes| EndianSlice::new(bytes, endian));
            let _ = lines.all(&dwarf);
        }
        lines
    }

    fn all(&mut self, dwarf: &Dwarf<Slice<'_>>) -> gimli::Result<()> {
        let mut headers = dwarf.units();
        while let Some(header) = headers.next()? {
            let unit = dwarf.unit(header)?;
            if let Some(program) = unit.line_program.clone() {
                self.program(program, dwarf, &unit)?;
            }
        }
        Ok(())
    }

    fn program<'a>(
        &mut self,
        program: IncompleteLineProgram<Slice<'a>>,
        dwarf: &Dwarf<Slice<'a>>,
        unit: &gimli::Unit<Slice<'a>>,
    ) -> gimli::Result<()> {
        let mut known: HashMap<u64, usize> = HashMap::new();
        let mut rows = program.rows();
        while let Some((header, row)) = rows.next_row()? {
            if row.end_sequence() {
                self.rows.entry(row.address()).or_insert(None);
                continue;
            }
            let file = *known.entry(row.file_index()).or_insert_with(|| {
                self.files
                    .push(file_of(header, row.file_index(), dwarf, unit));
                self.files.len() - 1
            });
            let number = |n: u64| u32::try_from(n).unwrap_or(0);
            let line = row.line().map_or(0, |line| number(line.get()));
            let column = match row.column() {
                gimli::ColumnType::LeftEdge => 0,
                gimli::ColumnType::Column(column) => number(column.get()),
            };
            self.rows.insert(row.address(), Some((file, line, column)));
        }
        Ok(())
    }

    /// The line of a place; what the compiler made up has none.
    pub(crate) fn at(&self, section: usize, offset: u64) -> Option<Location> {
        let base = address(section)?;
        let mut before = self.rows.range(base..=base.checked_add(offset)?).rev();
        let (file, line, column) =
            before.find_map(|(_, row)| row.filter(|(_, line, _)| *line > 0))?;
        Some(Location {
            file: self.files.get(file)?.clone(),
            line,
            column,
        })
    }
}

/// The address that a section is given.
fn address(section: usize) -> Option<u64> {
    u64::try_from(section).ok()?.checked_shl(SECTION_SHIFT)
}

/// A section of debug information, with what it refers to filled in.
fn placed(file: &object::File<'_>, name: &str) -> Option<Vec<u8>> {
    let section = file.section_by_name(name)?;
    let mut bytes = section.data().ok()?.to_vec();
    for (offset, relocation) in section.relocations() {
        let RelocationTarget::Symbol(symbol) = relocation.target() else {
            continue;
        };
        let Ok(symbol) = file.symbol_by_index(symbol) else {
            continue;
        };
        let wide = relocation.size() == 64;
        let base = match symbol.section() {
            SymbolSection::Section(index) if wide => address(index.0)?,
            _ => 0,
        };
        let value = (base + symbol.address()).wrapping_add_signed(relocation.addend());
        let size = if wide { 8 } else { 4 };
        let value = if file.is_little_endian() {
            value.to_le_bytes().get(..size)?.to_vec()
        } else {
            value.to_be_bytes().get(8 - size..)?.to_vec()
        };
        let start = usize::try_from(offset).ok()?;
        bytes.get_mut(start..start + size)?.copy_from_slice(&value);
    }
    Some(bytes)
}

fn file_of<'a>(
    header: &LineProgramHeader<Slice<'a>>,
    index: u64,
    dwarf: &Dwarf<Slice<'a>>,
    unit: &gimli::Unit<Slice<'a>>,
) -> String {
    let Some(file) = header.file(index) else {
        return String::new();
    };
    let text = |value| {
        dwarf
            .attr_string(unit, value)
            .map(|text| text.to_string_lossy().into_owned())
    };
    let base = unit
        .comp_dir
        .map(|folder| folder.to_string_lossy().into_owned());
    let folder = file.directory(header).and_then(|folder| text(folder).ok());
    let parts = [base, folder, text(file.path_name()).ok()];
    let path: PathBuf = parts.into_iter().flatten().collect();
    path.to_string_lossy().into_owned()
}
