//! Random numbers and ids.

use flowstone_corpus_helper as helper;
use helper::model::{Order, RequestBuilder};

use super::offences;
use crate::hidden::random::{self, Customer, Keyed as _};

offences! {
    coupon_of_letters: randomness => random::coupon();
    winner_of_a_draw: randomness => random::winner(&["a", "b", "c"]);
    shuffled_cards: randomness => random::dealt((0..52).collect());
    sampled_request: randomness => random::is_sampled(0.5);
    jitter_of_fastrand: randomness => random::jitter(100_000);
    letter_of_fastrand: randomness => random::one_of_the_thread();
    secret_of_getrandom: randomness => random::secret();
    generator_of_the_system: randomness => random::seeded_by_the_system();
    seed_of_a_hasher: unordered_collections | randomness => random::poor_mans_seed();
    id_in_a_default: ids => Customer::default().id;
    id_in_a_default_of_serde: ids | wall_clock => serde_json::from_str::<Order>("{}").map(|order| order.id).ok();
    id_in_a_provided_method: ids => "order".key();
    id_in_a_builder: ids => RequestBuilder::default().path("/pay").build();
    id_of_the_clock: ids => random::ticket();
    ulid_in_a_helper: ids => random::sortable();
    ulid_of_a_generator: ids => random::sortable_of_a_generator();
    nanoid_in_a_helper: ids => random::short();
    ids_in_an_iterator: ids => std::iter::repeat_with(random::ticket).take(2).collect::<Vec<_>>();
}
