//! Whole-system tests of Flowstone: see `tests/it`.
