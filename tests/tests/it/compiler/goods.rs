//! What the bodies of programs handle: orders and their lines, money, a builder.

use std::collections::BTreeMap;

use flowstone_tests::differ::note;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Line {
    pub(crate) sku: String,
    pub(crate) qty: i64,
    pub(crate) price: i64,
    pub(crate) tags: Vec<String>,
}
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Addr {
    pub(crate) street: String,
    pub(crate) zip: Option<String>,
    pub(crate) geo: (f64, f64),
}
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Order {
    pub(crate) id: i64,
    pub(crate) lines: Vec<Line>,
    pub(crate) to: Addr,
    pub(crate) bill: Option<Box<Addr>>,
    pub(crate) meta: BTreeMap<String, String>,
}
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum St {
    New,
    Paid { by: String, cents: i64 },
    Shipped(Vec<String>, i64),
    Failed(String),
    Pair(i64, i64),
}
#[derive(Debug, Default, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
pub(crate) struct Money(pub(crate) i64);
impl std::ops::AddAssign for Money {
    fn add_assign(&mut self, m: Money) {
        note(m.0);
        self.0 += m.0;
    }
}
impl std::ops::Add for Money {
    type Output = Money;
    fn add(self, m: Money) -> Money {
        note(1000 + m.0);
        Money(self.0 + m.0)
    }
}
impl std::ops::Mul<i64> for Money {
    type Output = Money;
    fn mul(self, m: i64) -> Money {
        Money(self.0 * m)
    }
}
impl std::ops::Neg for Money {
    type Output = Money;
    fn neg(self) -> Money {
        Money(-self.0)
    }
}
impl std::iter::Sum for Money {
    fn sum<I: Iterator<Item = Money>>(i: I) -> Money {
        i.fold(Money(0), |a, b| Money(a.0 + b.0))
    }
}
pub(crate) fn line(sku: &str, qty: i64, price: i64) -> Line {
    Line {
        sku: sku.into(),
        qty,
        price,
        tags: vec![sku.to_uppercase(), "é".into()],
    }
}
pub(crate) fn order(id: i64) -> Order {
    Order {
        id,
        lines: vec![line("a", 2, 30), line("b", 1, 5), line("a", 7, 1)],
        to: Addr {
            street: "Größe 1".into(),
            zip: Some("12".into()),
            geo: (1.5, -0.0),
        },
        bill: Some(Box::new(Addr::default())),
        meta: BTreeMap::from([("k".into(), "v".into())]),
    }
}
pub(crate) fn half(n: i64) -> Result<i64, String> {
    if n % 2 == 0 {
        Ok(n / 2)
    } else {
        Err(format!("odd {n}"))
    }
}
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Builder {
    pub(crate) parts: Vec<String>,
    pub(crate) n: i64,
}
impl Builder {
    pub(crate) fn new() -> Self {
        note(500);
        Self::default()
    }
    pub(crate) fn with(mut self, s: &str) -> Self {
        note(self.parts.len() as i64 + 600);
        self.parts.push(s.into());
        self
    }
    pub(crate) fn num(mut self, n: i64) -> Self {
        note(700 + n);
        self.n += n;
        self
    }
    pub(crate) fn add(&mut self, n: i64) -> &mut Self {
        note(800 + n);
        self.n += n;
        self
    }
    pub(crate) fn build(&self) -> String {
        format!("{}{}", self.parts.join("-"), self.n)
    }
    pub(crate) fn fin(self) -> (Vec<String>, i64) {
        (self.parts, self.n)
    }
}
