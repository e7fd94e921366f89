//! Statics that change, and addresses.

use std::rc::Rc;

use flowstone_corpus_helper as helper;

use super::offences;
use crate::hidden::state;

offences! {
    number_of_an_atomic: global_state => state::next_number();
    number_in_a_foreign_macro: global_state => helper::next_number!();
    depth_of_a_thread: global_state => state::depth();
    lines_of_a_mutex: global_state => state::logged("a line");
    cache_of_once_cell: global_state => state::cached("tea");
    visits_of_lazy_static: global_state => state::visits();
    rate_of_parking_lot: global_state => state::rate();
    value_that_is_swapped: global_state => state::swapped();
    address_that_is_shown: pointer_identity => state::handle_of(&Rc::new(3));
    address_as_a_key: pointer_identity => state::key_of(&*Box::new(3));
}
