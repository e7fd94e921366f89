//! The one binary of whole-system tests; a module for each theme.

mod compiler;
mod graphs;
mod nested;
mod tidy;
