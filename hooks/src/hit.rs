//! A trapped call, as it is told.

use crate::Group;

/// A call that watched code made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it asks for.
    pub group: Group,
    /// The function of the C library, the system call, or the instruction.
    pub call: &'static str,
    /// What was named in the call: a file, a variable, an address; often empty.
    pub detail: String,
    /// The mark that held when it was made.
    pub mark: usize,
    /// The functions that led there, the innermost first.
    pub path: Vec<Call>,
}

/// A function on the way to a trapped call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Its name.
    pub name: String,
    /// The file of the call in it, if that is known.
    pub file: Option<String>,
    /// The line of the call in it.
    pub line: Option<u32>,
}
