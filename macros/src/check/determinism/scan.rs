//! A file's text, cut at its words and brackets. To make tokens of all of it would be
//! most of the work of the first gate, and nobody asks for most of them.

/// What some of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    Word(&'t str),
    /// A bracket opens; whether it is a brace.
    Open(bool),
    Close,
    Semicolon,
    /// A literal, or any other mark.
    Other,
}

/// Goes through a text. Comments and blanks are left out.
#[derive(Debug)]
pub(super) struct Scanner<'t> {
    text: &'t str,
    /// Where the rest of the text begins.
    pub(super) at: usize,
    /// Where the last word began.
    pub(super) begin: usize,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            begin: 0,
        }
    }

    /// Goes to behind the bracket that closes what has just been opened. Gives where
    /// that bracket stands.
    pub(super) fn leave(&mut self) -> usize {
        let (mut depth, mut end) = (1_usize, self.at);
        while depth > 0 {
            self.at = end;
            match self.next() {
                Some(Piece::Open(_)) => depth += 1,
                Some(Piece::Close) => depth -= 1,
                Some(_) => {}
                None => return self.at,
            }
            end = self.at;
        }
        end.saturating_sub(1)
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Goes to behind the next `end`, or to the end of the text.
    fn skip_to(&mut self, end: &str) {
        let rest = self.rest();
        self.at += rest.find(end).map_or(rest.len(), |at| at + end.len());
    }

    fn block_comment(&mut self) {
        let mut depth = 0_usize;
        loop {
            let rest = self.rest();
            if rest.starts_with("/*") {
                depth += 1;
                self.at += 2;
            } else if rest.starts_with("*/") {
                depth -= 1;
                self.at += 2;
            } else {
                let next = rest.get(1..).and_then(|rest| rest.find(['/', '*']));
                self.at += next.map_or(rest.len(), |next| next + 1);
            }
            if depth == 0 || rest.is_empty() {
                return;
            }
        }
    }

    /// A text or a character, behind the mark that opens it.
    fn quoted(&mut self, mark: char) {
        loop {
            let rest = self.rest();
            match rest.find([mark, '\\']) {
                Some(at) if rest.get(at..).is_some_and(|rest| rest.starts_with('\\')) => {
                    let escaped = rest.get(at + 1..).and_then(|rest| rest.chars().next());
                    self.at += at + 1 + escaped.map_or(0, char::len_utf8);
                }
                Some(at) => return self.at += at + 1,
                None => return self.at += rest.len(),
            }
        }
    }

    /// What a `'` begins: a lifetime is a word.
    fn apostrophe(&mut self) {
        self.at += 1;
        let mut chars = self.rest().chars();
        let (first, second) = (chars.next(), chars.next());
        if first == Some('\\') || second == Some('\'') {
            self.quoted('\'');
        }
    }

    /// `r"..."`, `br#"..."#`: what stands behind the letters of a raw text.
    fn raw(&mut self) {
        let rest = self.rest();
        let hashes = rest.len() - rest.trim_start_matches('#').len();
        if rest.get(hashes..).is_some_and(|rest| rest.starts_with('"')) {
            self.at += hashes + 1;
            self.skip_to(&format!("\"{}", "#".repeat(hashes)));
        }
    }

    fn word(&mut self) -> Piece<'t> {
        let rest = self.rest();
        let end = rest.find(|c: char| !is_of_word(c)).unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or_default();
        self.begin = self.at;
        self.at += end;
        if matches!(word, "r" | "br" | "cr") {
            self.raw();
        }
        Piece::Word(word)
    }
}

impl<'t> Iterator for Scanner<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        loop {
            let rest = self.rest().trim_start();
            self.at = self.text.len() - rest.len();
            if rest.starts_with("//") {
                self.skip_to("\n");
            } else if rest.starts_with("/*") {
                self.block_comment();
            } else {
                break;
            }
        }
        let first = self.rest().chars().next()?;
        if is_of_word(first) {
            return Some(self.word());
        }
        if first == '\'' {
            self.apostrophe();
            return Some(Piece::Other);
        }
        self.at += first.len_utf8();
        Some(match first {
            '{' => Piece::Open(true),
            '(' | '[' => Piece::Open(false),
            '}' | ')' | ']' => Piece::Close,
            ';' => Piece::Semicolon,
            '"' => {
                self.quoted('"');
                Piece::Other
            }
            _ => Piece::Other,
        })
    }
}

/// Whether a word goes on with `c`.
pub(super) fn is_of_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}
