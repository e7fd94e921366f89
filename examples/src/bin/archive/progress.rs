//! A progress bar on a terminal, plain lines otherwise.

use std::io::{IsTerminal, stdout};
use std::sync::OnceLock;

use indicatif::{ProgressBar, ProgressStyle};

/// Tells how far the archive is.
#[derive(Debug)]
pub(crate) struct Progress {
    on_terminal: bool,
    bar: OnceLock<ProgressBar>,
}

impl Progress {
    pub(crate) fn new() -> Self {
        Self {
            on_terminal: stdout().is_terminal(),
            bar: OnceLock::new(),
        }
    }

    /// A line of its own.
    pub(crate) fn say(&self, line: &str) {
        match self.bar.get() {
            Some(bar) => bar.println(line),
            None => println!("{line}"),
        }
    }

    /// File `number` of `total` is stored.
    pub(crate) fn step(&self, number: usize, total: usize, path: &str) {
        let (number_u64, total_u64) = (number as u64, total as u64);
        if self.on_terminal {
            let bar = self.bar.get_or_init(|| bar(total_u64));
            bar.set_position(number_u64);
            bar.set_message(path.to_owned());
            if number == total {
                bar.finish_and_clear();
            }
        } else if number == total || number.is_multiple_of(100) {
            println!("stored {number} of {total} files");
        }
    }
}

fn bar(total: u64) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} {wide_msg}");
    ProgressBar::new(total).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
