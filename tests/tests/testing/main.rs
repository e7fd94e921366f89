//! The testing kit, on flows as a user writes them.

mod by_hand;
mod coverage;
mod crashes;
mod graph;
mod orders;
mod planted;
mod power;
mod simulation;
mod support;
