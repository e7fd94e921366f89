//! The network. Only closed ports of this machine are asked.

use std::net::{Ipv4Addr, TcpListener, TcpStream, ToSocketAddrs as _, UdpSocket};
use std::os::unix::net::UnixStream;
use std::time::Duration;

pub(crate) fn is_up(port: u16) -> bool {
    TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
}

pub(crate) fn free_port() -> u16 {
    let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    let place = socket.and_then(|socket| socket.local_addr());
    place.map_or(0, |place| place.port())
}

pub(crate) fn counted(metric: &str) -> usize {
    let socket = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0));
    let sent = socket.and_then(|socket| socket.send_to(metric.as_bytes(), "127.0.0.1:1"));
    sent.unwrap_or_default()
}

pub(crate) fn looked_up() -> usize {
    ("localhost", 80)
        .to_socket_addrs()
        .map_or(0, Iterator::count)
}

pub(crate) fn rate() -> u16 {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(1)))
        .build()
        .into();
    agent
        .get("http://127.0.0.1:1/rate")
        .call()
        .map_or(0, |answer| answer.status().as_u16())
}

pub(crate) fn by_socket() -> bool {
    UnixStream::connect("no-such-folder/socket").is_ok()
}

pub(crate) fn raw_socket() -> bool {
    socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::DGRAM, None).is_ok()
}
