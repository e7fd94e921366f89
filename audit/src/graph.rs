//! Who refers to whom over all objects of a program.
//!
//! In: the objects with flows, and the archives behind them. Out: for a section,
//! the sections and symbols that it refers to. Members of archives are read when
//! something first refers to them: most of std and of the dependencies never is.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use crate::error::AuditError;
use crate::objects::archive::{self, Offset};
use crate::objects::{Reference, Section, Target, Unit};

/// A section of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Node {
    pub(crate) unit: usize,
    pub(crate) section: usize,
}

/// All objects, as far as they were read.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    units: Vec<Unit>,
    archives: Vec<PathBuf>,
    /// Where symbols of objects that were read are.
    defined: HashMap<String, Node>,
    /// Where symbols of archives are.
    indexed: HashMap<String, (usize, Offset)>,
    /// How many units have flows in them: they were read first.
    suspects: usize,
}

impl Graph {
    /// Adds an archive, to be read as far as it is reached.
    pub(crate) fn index(&mut self, path: &Path) -> Result<(), AuditError> {
        let archive = self.archives.len();
        for (name, offset) in archive::symbols(path)? {
            self.indexed.entry(name).or_insert((archive, offset));
        }
        self.archives.push(path.to_owned());
        Ok(())
    }

    /// Reads all of an archive that may have flows.
    pub(crate) fn read_archive(&mut self, path: &Path) -> Result<(), AuditError> {
        for unit in archive::members(path)? {
            self.suspect(unit);
        }
        Ok(())
    }

    /// Adds an object that may have flows.
    pub(crate) fn suspect(&mut self, unit: Unit) {
        self.add(unit);
        self.suspects = self.units.len();
    }

    fn add(&mut self, unit: Unit) {
        let number = self.units.len();
        for (name, section) in &unit.exported {
            let node = Node {
                unit: number,
                section: *section,
            };
            // The same function in two objects is the same function.
            self.defined.entry(name.clone()).or_insert(node);
        }
        self.units.push(unit);
    }

    /// The sections of objects that may have flows.
    pub(crate) fn suspects(&self) -> impl Iterator<Item = (Node, &Section)> {
        let units = self.units.iter().take(self.suspects).enumerate();
        units.flat_map(|(number, unit)| {
            let sections = unit.sections.iter().enumerate();
            sections.map(move |(section, read)| {
                let node = Node {
                    unit: number,
                    section,
                };
                (node, read)
            })
        })
    }

    /// How many objects were read.
    pub(crate) fn objects(&self) -> usize {
        self.units.len()
    }

    pub(crate) fn unit(&self, node: Node) -> Option<&Unit> {
        self.units.get(node.unit)
    }

    pub(crate) fn section(&self, node: Node) -> Option<&Section> {
        self.unit(node)?.sections.get(node.section)
    }

    /// What `node` refers to.
    pub(crate) fn references(&self, node: Node) -> &[Reference] {
        let section = self.section(node);
        section.map_or(&[], |section| section.references.as_slice())
    }

    /// Where what is referred to stands, if that object was read.
    pub(crate) fn resolved(&self, from: Node, target: &Target) -> Option<Node> {
        match target {
            Target::Here(section) => Some(Node {
                unit: from.unit,
                section: *section,
            }),
            Target::Symbol(name) => self.defined.get(&**name).copied(),
        }
    }

    /// The same, where the object is read if need be; `None` if the system has it.
    pub(crate) fn resolve(
        &mut self,
        from: Node,
        target: &Target,
    ) -> Result<Option<Node>, AuditError> {
        if let Some(node) = self.resolved(from, target) {
            return Ok(Some(node));
        }
        let Target::Symbol(name) = target else {
            return Ok(None);
        };
        let Some((archive, offset)) = self.indexed.remove(&**name) else {
            return Ok(None);
        };
        let Some(path) = self.archives.get(archive).cloned() else {
            return Ok(None);
        };
        let unit = archive::member(&path, offset)?;
        self.add(unit);
        Ok(self.resolved(from, target))
    }
}
