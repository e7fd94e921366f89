//! Programs that must compile, and programs that must be refused with a given
//! message: see `tests/ui.rs`, and the folders `pass` and `fail` beside it.
