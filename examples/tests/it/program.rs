//! Runs a program and kills it when it has said something.

#![expect(clippy::print_stdout, reason = "the seed must be known when it fails")]

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, ExitStatus, Stdio};

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
        let kill = |child: &mut Child| child.kill().expect("it can be killed");
        Self::until(command, |_, seen| seen == lines, kill)
    }

    /// Sends the program a signal when it says a line that begins like this.
    pub(crate) fn signalled_at(command: &mut Command, start: &str, signal: &str) -> Self {
        let send = |child: &mut Child| {
            let id = child.id().to_string();
            let sent = Command::new("kill").args([signal, &id]).status();
            assert!(sent.expect("there is `kill`").success());
        };
        Self::until(command, |line, _| line.starts_with(start), send)
    }

    /// Does something to the program when it says a line: its text, and how
    /// many there were.
    fn until(
        command: &mut Command,
        is_it: impl Fn(&str, usize) -> bool,
        act: impl Fn(&mut Child),
    ) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let output = child.stdout.take().expect("it was piped");
        let mut seen = Vec::new();
        for line in BufReader::new(output).lines() {
            let line = line.expect("the program prints text");
            if is_it(&line, seen.len() + 1) {
                act(&mut child);
            }
            seen.push(line);
        }
        Self {
            status: child.wait().expect("it ends"),
            lines: seen,
        }
    }
}
