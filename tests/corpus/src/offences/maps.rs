//! Maps and sets whose order is another in each process.

use super::offences;
use crate::hidden::maps;

offences! {
    names_of_a_map: unordered_collections => maps::names();
    tags_of_a_set: unordered_collections => maps::tags();
    map_as_json: unordered_collections => maps::as_json();
    most_of_a_map: unordered_collections => maps::most();
    groups_of_itertools: unordered_collections => maps::grouped();
    counts_of_itertools: unordered_collections => maps::counted();
    map_of_hashbrown: unordered_collections => maps::of_hashbrown();
    map_of_ahash: unordered_collections | randomness => maps::of_ahash();
    map_of_dashmap: unordered_collections => maps::of_dashmap();
    checksum_over_a_map: unordered_collections => maps::checksum();
    last_of_each_of_a_map: unordered_collections => maps::last_of_each();
}
