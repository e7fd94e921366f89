//! Random statements in the manner of people: each begins something, lets
//! other things happen, and comes back to it.

use super::body::Gen;
use super::types::Ty;

impl Gen {
    /// One of the statements of the files beside this one.
    pub(super) fn idiom(&mut self) -> String {
        match self.rng.below(29) {
            0..3 => self.moved_and_given_back(),
            3 | 4 => self.collected(),
            5 => self.part_to_change(),
            6 => self.kept_closure(),
            7 => self.walked(),
            8 => self.sliced(),
            9 | 10 => self.levels(3),
            11 => self.told(),
            12 | 13 => self.noisy(),
            14 | 15 => self.joined(),
            16 => self.said_elsewhere(),
            17 | 18 => self.parts_apart(),
            19 => self.unnamed_by_ref(),
            20 => self.guard_that_binds(),
            21 | 22 => self.taken_again(),
            23 => self.all_tried(),
            24..27 => self.spawned(),
            27 => self.undone(),
            _ => self.raced(),
        }
    }

    /// What happens between two uses of something: mostly an await.
    pub(super) fn meanwhile(&mut self) -> String {
        let mut text = match self.rng.below(10) {
            0..5 => format!("{}; ", self.wait()),
            5 | 6 => format!("if {} {{ {}; }} ", self.expr(Ty::Bool), self.wait()),
            _ => String::new(),
        };
        if self.rng.chance(50) && self.enter() {
            text += &self.block(None, false).0;
            self.leave();
        }
        text + "\n"
    }
}
