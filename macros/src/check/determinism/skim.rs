//! Takes the bodies of functions out of a file before it is parsed: most of them
//! nobody asks for, and to parse them would be most of the work.
//!
//! ```text
//! fn a() -> u8 { one() }  impl B { fn c() { two() } }
//!     =>  fn a() -> u8 { 0 }  impl B { fn c() { 1 } }, [one(), two()]
//! ```

use syn::{Block, Expr, Lit, Stmt};

use super::scan::{Piece, Scanner};

/// The bodies of functions, by the numbers that stand for them.
pub(super) type Bodies = Vec<String>;

/// A file's text without bodies, and these; lines keep their numbers.
pub(super) fn skim(text: &str) -> (String, Bodies) {
    let mut skim = Skim {
        text,
        scanner: Scanner::new(text),
        skimmed: String::new(),
        taken: 0,
        bodies: Bodies::new(),
    };
    // What closes nothing is told by the parser.
    while skim.scanner.at < text.len() {
        skim.items();
    }
    skim.copy(text.len());
    (skim.skimmed, skim.bodies)
}

/// The body that `block` stands for.
pub(super) fn body<'b>(block: &Block, bodies: &'b Bodies) -> Option<&'b String> {
    match block.stmts.as_slice() {
        [Stmt::Expr(Expr::Lit(literal), None)] => match &literal.lit {
            Lit::Int(number) => bodies.get(number.base10_parse::<usize>().ok()?),
            _ => None,
        },
        _ => None,
    }
}

/// What the next braces are.
#[derive(Clone, Copy)]
enum Next {
    Body,
    Items,
    Other,
}

struct Skim<'t> {
    text: &'t str,
    scanner: Scanner<'t>,
    skimmed: String,
    /// Where that begins which is not yet in `skimmed`.
    taken: usize,
    bodies: Bodies,
}

impl Skim<'_> {
    /// Goes through items, to behind the brace that closes them.
    fn items(&mut self) {
        let mut next = Next::Other;
        let mut is_named = false;
        while let Some(piece) = self.scanner.next() {
            // `fn name`, unlike `fn(u8)`.
            if std::mem::take(&mut is_named) && matches!(piece, Piece::Word(_)) {
                next = Next::Body;
            }
            match piece {
                Piece::Word("fn") => is_named = true,
                Piece::Word("mod" | "impl" | "trait") if matches!(next, Next::Other) => {
                    next = Next::Items;
                }
                Piece::Open(true) => match std::mem::replace(&mut next, Next::Other) {
                    Next::Body => self.body(),
                    Next::Items => self.items(),
                    Next::Other => {
                        self.scanner.leave();
                    }
                },
                Piece::Open(false) => {
                    self.scanner.leave();
                }
                Piece::Semicolon => next = Next::Other,
                Piece::Close => return,
                Piece::Word(_) | Piece::Other => {}
            }
        }
    }

    /// Takes what stands between the braces that have just been opened.
    fn body(&mut self) {
        let begin = self.scanner.at;
        let end = self.scanner.leave();
        let body = self.text.get(begin..end).unwrap_or_default();
        self.copy(begin);
        self.skimmed.push_str(&self.bodies.len().to_string());
        self.skimmed.extend(body.matches('\n'));
        self.bodies.push(body.to_owned());
        self.taken = end;
    }

    fn copy(&mut self, end: usize) {
        let text = self.text.get(self.taken..end).unwrap_or_default();
        self.skimmed.push_str(text);
        self.taken = end;
    }
}
