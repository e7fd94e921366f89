//! The form of an ordered map.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serializer};

use super::{Form, StoredForm, Written};

/// The form of a `BTreeMap`.
#[derive(Debug)]
pub struct Map<K, V>(PhantomData<(K, V)>);

/// The entries of a map, in its order.
#[derive(Debug)]
pub struct Entries<K, V>(Vec<(K, V)>);

impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Deserialize<'de> for Entries<K, V> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Reader<K, V>(PhantomData<(K, V)>);
        impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Visitor<'de> for Reader<K, V> {
            type Value = Entries<K, V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        from.deserialize_map(Reader(PhantomData))
    }
}

impl<K, V> Form for Map<K, V>
where
    K: Form,
    V: Form,
    for<'a> K::Lent<'a>: Ord,
{
    type Stored = Entries<K::Stored, V::Stored>;
    type Open<'a> = Vec<(K::Open<'a>, V::Open<'a>)>;
    type Lent<'a> = BTreeMap<K::Lent<'a>, V::Lent<'a>>;

    fn open(stored: &mut Self::Stored) -> Self::Open<'_> {
        let entries = stored.0.iter_mut();
        let open = entries.map(|(key, value)| (K::open(key), V::open(value)));
        open.collect()
    }

    fn lend<'a>(open: &'a mut Self::Open<'a>) -> Self::Lent<'a> {
        let entries = open.iter_mut();
        let lent = entries.map(|(key, value)| (K::lend(key), V::lend(value)));
        lent.collect()
    }
}

impl<K, V> StoredForm for Map<K, V>
where
    K: StoredForm,
    V: StoredForm,
    for<'a> K::Lent<'a>: Ord,
{
    fn write<S: Serializer>(value: &Self::Lent<'_>, to: S) -> Result<S::Ok, S::Error> {
        let entries = value.iter();
        to.collect_map(entries.map(|(key, value)| (Written::<K>(key), Written::<V>(value))))
    }
}
