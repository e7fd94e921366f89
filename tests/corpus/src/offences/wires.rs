//! The network.

use super::offences;
use crate::hidden::wires;

offences! {
    port_that_is_asked: network_and_clients => wires::is_up(1);
    port_that_is_free: network_and_clients => wires::free_port();
    metric_that_is_sent: network_and_clients => wires::counted("orders:1|c");
    host_that_is_looked_up: network_and_clients => wires::looked_up();
    rate_of_a_server: network_and_clients => wires::rate();
    socket_in_a_folder: network_and_clients => wires::by_socket();
    socket_of_another_crate: network_and_clients | unsafe_ffi => wires::raw_socket();
}
