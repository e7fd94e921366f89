//! Full names of functions, from the program's own table of symbols.
//!
//! In: an address. Out: the name of the function that holds it. Debug
//! information alone often has no more than a function's last word.

use std::ffi::c_void;
use std::mem::zeroed;
use std::sync::OnceLock;

use object::{Object as _, ObjectSymbol as _, SymbolKind};

struct Function {
    start: u64,
    end: u64,
    name: String,
}

/// The function that holds the address, without the hash behind its name.
pub(crate) fn name_of(address: usize) -> Option<String> {
    static FUNCTIONS: OnceLock<Vec<Function>> = OnceLock::new();
    let at = u64::try_from(address.checked_sub(start_of_program(address)?)?).ok()?;
    let functions = FUNCTIONS.get_or_init(|| read().unwrap_or_default());
    let behind = functions.partition_point(|function| function.start <= at);
    let function = functions.get(behind.checked_sub(1)?)?;
    let name = rustc_demangle::demangle(&function.name);
    (at < function.end).then(|| format!("{name:#}"))
}

/// Where the program lies in memory, if the address is in it and not in a
/// library.
fn start_of_program(address: usize) -> Option<usize> {
    let own = start_of(start_of_program as *const () as usize)?;
    (start_of(address)? == own).then_some(own)
}

fn start_of(address: usize) -> Option<usize> {
    let at = std::ptr::without_provenance::<c_void>(address);
    // SAFETY: the information is plain data, and only written to here; the
    // address is looked up, not read.
    unsafe {
        let mut info: libc::Dl_info = zeroed();
        (libc::dladdr(at, &raw mut info) != 0).then(|| info.dli_fbase.addr())
    }
}

/// All functions of the program in the order of their addresses, which count
/// from its start: test programs can be loaded anywhere.
fn read() -> Option<Vec<Function>> {
    let bytes = std::fs::read("/proc/self/exe").ok()?;
    let file = object::File::parse(&*bytes).ok()?;
    let symbols = file
        .symbols()
        .filter(|symbol| symbol.kind() == SymbolKind::Text);
    let mut functions: Vec<Function> = symbols
        .filter_map(|symbol| {
            Some(Function {
                start: symbol.address(),
                end: symbol.address() + symbol.size(),
                name: symbol.name().ok()?.to_owned(),
            })
        })
        .collect();
    functions.sort_by_key(|function| function.start);
    Some(functions)
}
