//! Runs a program and kills it when it has said something.

#![expect(clippy::print_stdout, reason = "the seed must be known when it fails")]

use std::io::{BufRead, BufReader};
use std::process::{Command, ExitStatus, Stdio};

/// A small generator, seeded, so that a failure can be run again.
pub(crate) struct Luck(u64);

impl Luck {
    /// The seed comes from `FLOWSTONE_SEED`, else it is fixed; it is printed.
    pub(crate) fn new() -> Self {
        let seed = std::env::var("FLOWSTONE_SEED")
            .ok()
            .and_then(|seed| seed.parse().ok());
        let seed = seed.unwrap_or(20_261_122);
        println!("FLOWSTONE_SEED={seed}");
        Self(seed)
    }

    /// A number below `end` (`SplitMix64`).
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end.max(1)
    }
}

/// How a run ended.
pub(crate) struct Run {
    pub(crate) status: ExitStatus,
    pub(crate) lines: Vec<String>,
}

impl Run {
    /// Runs to the end.
    pub(crate) fn whole(command: &mut Command) -> Self {
        Self::killed_after(command, usize::MAX)
    }

    /// Kills the program when it has printed so many lines.
    pub(crate) fn killed_after(command: &mut Command, lines: usize) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let output = child.stdout.take().expect("it was piped");
        let mut seen = Vec::new();
        for line in BufReader::new(output).lines() {
            seen.push(line.expect("the program prints text"));
            if seen.len() == lines {
                child.kill().expect("it can be killed");
            }
        }
        Self {
            status: child.wait().expect("it ends"),
            lines: seen,
        }
    }
}
