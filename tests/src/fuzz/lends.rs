//! Random statements about what lends: collections of borrows, parts that are
//! borrowed to be changed, closures that are used on both sides of an await.

use super::body::Gen;
use super::scope::{Hold, Place};
use super::types::Ty;

/// A collection of borrows: its type, its beginning, and how it grows.
const COLLECTIONS: [(&str, &str, &str); 7] = [
    (
        "BTreeMap<&str, i64>",
        "BTreeMap::new()",
        ".insert(TEXT, INT)",
    ),
    (
        "BTreeMap<&str, i64>",
        "BTreeMap::new()",
        ".entry(TEXT).and_modify(|k| *k += 7).or_insert(INT)",
    ),
    ("Vec<(&str, i64)>", "Vec::new()", ".push((TEXT, INT))"),
    (
        "Vec<(i64, &str)>",
        "vec![(1i64, \"one\")]",
        ".push((INT, TEXT))",
    ),
    ("BTreeSet<&str>", "BTreeSet::new()", ".insert(TEXT)"),
    ("Vec<&str>", "Vec::new()", ".push(TEXT)"),
    (
        "BTreeMap<i64, &str>",
        "BTreeMap::from([(2i64, \"two\")])",
        ".insert(INT, TEXT)",
    ),
];

impl Gen {
    /// `let mut m: BTreeMap<&str, i64> = ..; m.insert(text.as_str(), ..); ..`
    pub(super) fn collected(&mut self) -> String {
        let (ty, new, grow) = self.rng.pick_of(&COLLECTIONS);
        let name = self.own_name("lent");
        let typed = if self.rng.chance(97) {
            format!(": {ty}")
        } else {
            String::new()
        };
        let mut text = format!("let mut {name}{typed} = {new};\n");
        let mark = self.scope.mark();
        for _ in 0..=self.rng.below(3) {
            text += &self.grown_by(&name, grow);
            if self.rng.chance(60) {
                text += &self.meanwhile();
            }
            if self.rng.chance(30) {
                text.push_str(&["see(&", &name, ");\n"].concat());
            }
        }
        self.scope.release(mark);
        text + &format!("see(&{name});")
    }

    /// A statement that adds a borrow, or one for each item of a list.
    fn grown_by(&mut self, name: &str, grow: &str) -> String {
        let lists = self.scope.steady(false, |ty| ty == Ty::Texts);
        let number = if grow.contains("entry") {
            // What `entry` gives cannot be kept while the number is awaited.
            format!("{}", self.rng.below(9))
        } else if grow.contains("INT") {
            self.expr(Ty::Int)
        } else {
            String::new()
        };
        if self.rng.chance(35)
            && let Some(list) = self.any(&lists)
        {
            let item = self.own_name("e");
            self.scope.hold(list, false);
            self.scope.pin(list);
            let waited = if self.rng.chance(50) {
                format!("{};", self.wait_in_a_loop())
            } else {
                String::new()
            };
            let call = grow.replace("TEXT", &item).replace("INT", "4");
            return format!(
                "for {item} in &{} {{ {waited} {name}{call}; }}\n",
                self.place(list)
            );
        }
        let texts = self.scope.steady(false, |ty| ty == Ty::Text);
        let lent = match self.any(&texts) {
            Some(place) if self.rng.chance(80) => {
                self.scope.hold(place, false);
                self.scope.pin(place);
                let base = self.receiver(place);
                format!("{base}.as_str()")
            }
            _ => format!("\"k{}\"", self.rng.below(3)),
        };
        let call = grow.replace("TEXT", &lent).replace("INT", &number);
        if self.rng.chance(25) {
            let condition = self.expr(Ty::Bool);
            return format!("if {condition} {{ {name}{call}; }}\n");
        }
        format!("{name}{call};\n")
    }

    /// An await that moves nothing.
    fn wait_in_a_loop(&mut self) -> String {
        self.scope.depth += 1;
        let text = self.maybe(|own| (own.wait(), true));
        self.scope.depth -= 1;
        text
    }

    /// `if let Some(r) = v.first_mut() { .. *r += ..; .. }`
    pub(super) fn part_to_change(&mut self) -> String {
        let wanted = |ty| {
            matches!(
                ty,
                Ty::Ints | Ty::Map | Ty::MaybeInt | Ty::Texts | Ty::Triple
            )
        };
        let places = self.scope.steady(true, wanted);
        let Some(place) = self.any(&places) else {
            return self.moved_and_given_back();
        };
        let base = self.receiver(place);
        let key = self.own_name("k");
        let index = self.rng.below(3);
        let ways = match place.ty {
            Ty::Map => vec!["get_mut(&4)".to_owned(), format!("get_mut(&{index})")],
            Ty::MaybeInt => vec!["as_mut()".to_owned()],
            _ => vec![
                "first_mut()".to_owned(),
                "last_mut()".to_owned(),
                format!("get_mut({index})"),
                format!("get_mut({key})"),
            ],
        };
        let way = self.rng.pick_of(&ways);
        let begin = format!("let {key} = {index}usize; ");
        let mark = self.scope.hold(place, true);
        self.scope.pin(place);
        let vars = self.scope.len();
        let item = match place.ty {
            Ty::Map | Ty::Texts => Ty::Text,
            _ => Ty::Int,
        };
        let own = self.rng.chance(30);
        let name = if own {
            self.name().to_owned()
        } else {
            self.own_name("r")
        };
        self.scope.declare(&name, item, Hold::Unique, false);
        let inner = self.changed_over_awaits(&name, item);
        self.scope.close(vars);
        self.scope.release(mark);
        match self.rng.below(4) {
            0 => format!("{begin}{{ let {name} = {base}.{way}.unwrap(); {inner} }}"),
            1 => format!(
                "{begin}match {base}.{way} {{ Some({name}) => {{ {inner} }} None => {{ note(8); }} }}"
            ),
            _ => format!("{begin}if let Some({name}) = {base}.{way} {{ {inner} }}"),
        }
    }

    /// Changes what `name` borrows, on both sides of something.
    pub(super) fn changed_over_awaits(&mut self, name: &str, ty: Ty) -> String {
        let change = if ty == Ty::Int {
            format!("*{name} ^= 5;")
        } else {
            format!("{name}.push('x');")
        };
        let meanwhile = self.meanwhile();
        let more = self.meanwhile();
        let text = format!("{change} {meanwhile} {change} {more}");
        if self.rng.chance(50) {
            format!("{text} see({name});")
        } else {
            text
        }
    }

    /// `let f = |y: i64| y + x; .. f(1) .. f(2)`
    pub(super) fn kept_closure(&mut self) -> String {
        let name = self.own_name("call");
        let mark = self.scope.mark();
        let (keyword, closure) = self.captured();
        let (first, second) = (self.meanwhile(), self.meanwhile());
        let arguments = [self.expr(Ty::Int), self.expr(Ty::Int)];
        self.scope.release(mark);
        let [one, two] = arguments;
        format!(
            "let {keyword}{name} = {closure}; {first} see(&{name}({one})); {second} see(&{name}({two}));"
        )
    }

    /// A closure, and `mut ` if it must be.
    fn captured(&mut self) -> (&'static str, String) {
        let wanted = |ty| matches!(ty, Ty::Int | Ty::Text | Ty::Ints);
        let argument = self.own_name("arg");
        let places = self.scope.steady(false, wanted);
        let Some(place) = self.any(&places) else {
            return ("", format!("|{argument}: i64| {argument} ^ 9"));
        };
        let value = self.place(place);
        let number = match place.ty {
            Ty::Int => value.clone(),
            _ => format!("{}.len() as i64", self.receiver(place)),
        };
        let ints = self.scope.steady(true, |ty| ty == Ty::Int);
        if self.rng.chance(4)
            && let Some(place) = self.any(&ints)
        {
            self.scope.hold(place, true);
            self.scope.pin(place);
            let value = self.target_of(place);
            return (
                "mut ",
                format!("|{argument}: i64| {{ {value} ^= {argument}; {argument} }}"),
            );
        }
        let var = self.scope.var(place.var);
        // What is moved into a closure that is kept must not be `mut`.
        let (own, fixed) = (var.hold == Hold::Own, !var.mutable);
        if own && fixed && place.ty == Ty::Int && self.rng.chance(40) {
            return ("", format!("move |{argument}: i64| {argument} ^ {value}"));
        }
        if fixed
            && self.rng.chance(40)
            && place.field.is_empty()
            && self.scope.can_move(place)
            && !place.ty.is_copy()
        {
            self.scope.moved(place);
            return (
                "",
                format!("move |{argument}: i64| {argument} ^ ({number})"),
            );
        }
        self.scope.hold(place, false);
        self.scope.pin(place);
        ("", format!("|{argument}: i64| {argument} ^ ({number})"))
    }

    /// The place on the left of an assignment.
    fn target_of(&self, place: Place) -> String {
        let text = self.place(place);
        let inner = text
            .strip_prefix('(')
            .and_then(|text| text.strip_suffix(')'));
        inner.unwrap_or(&text).to_owned()
    }
}
