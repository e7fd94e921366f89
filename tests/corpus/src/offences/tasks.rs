//! Threads and async runtimes.

use super::offences;
use crate::hidden::tasks;

offences! {
    thread_in_background: threads_sync => tasks::in_background(3);
    thread_in_a_scope: threads_sync => tasks::in_a_scope(&[1, 2]);
    pause_of_a_thread: threads_sync => tasks::politely();
    race_of_threads: threads_sync => tasks::first_of_two();
    name_of_the_thread: threads_sync => tasks::who();
    sum_of_rayon: threads_sync => tasks::summed(&[1, 2, 3]);
    wait_for_a_channel: threads_sync | monotonic_clock => tasks::timed_out();
    wait_for_flume: threads_sync | monotonic_clock => tasks::of_flume();
    runtime_in_a_helper: async_runtime => tasks::on_a_runtime();
    deadline_of_tokio: async_runtime | monotonic_clock => tasks::with_a_deadline();
    future_that_is_blocked_on: async_runtime | threads_sync => tasks::blocked_on();
}
