//! Sockets and names, and the queues of events of async runtimes.

use std::ffi::{c_char, c_int, c_uint, c_void};

use super::traps;
use crate::Group;
use crate::record::text;

const NETWORK: Option<Group> = Some(Group::NetworkAndClients);
const RUNTIME: Option<Group> = Some(Group::AsyncRuntime);

traps! {
    fn socket(domain: c_int, kind: c_int, protocol: c_int) -> c_int: NETWORK;
    fn socketpair(domain: c_int, kind: c_int, protocol: c_int, into: *mut c_int) -> c_int: NETWORK;
    fn connect(socket: c_int, address: *const c_void, len: c_uint) -> c_int: NETWORK;
    fn bind(socket: c_int, address: *const c_void, len: c_uint) -> c_int: NETWORK;
    fn listen(socket: c_int, backlog: c_int) -> c_int: NETWORK;
    fn accept4(socket: c_int, address: *mut c_void, len: *mut c_uint, flags: c_int) -> c_int: NETWORK;
    fn send(socket: c_int, from: *const c_void, len: usize, flags: c_int) -> isize: NETWORK;
    fn sendto(socket: c_int, from: *const c_void, len: usize, flags: c_int, address: *const c_void, address_len: c_uint) -> isize: NETWORK;
    fn recv(socket: c_int, into: *mut c_void, len: usize, flags: c_int) -> isize: NETWORK;
    fn recvfrom(socket: c_int, into: *mut c_void, len: usize, flags: c_int, address: *mut c_void, address_len: *mut c_uint) -> isize: NETWORK;
    // SAFETY: names of hosts are C strings.
    fn getaddrinfo(host: *const c_char, service: *const c_char, hints: *const c_void, into: *mut *mut c_void) -> c_int: NETWORK, unsafe { text(host) };
    fn epoll_create1(flags: c_int) -> c_int: RUNTIME;
    fn eventfd(start: c_uint, flags: c_int) -> c_int: RUNTIME;
    fn timerfd_create(clock: c_int, flags: c_int) -> c_int: RUNTIME;
    fn pipe2(into: *mut c_int, flags: c_int) -> c_int: RUNTIME;
}
