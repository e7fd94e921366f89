//! The process, its environment, files, and what is printed.

use flowstone_corpus_helper as helper;

use super::offences;
use crate::hidden::places;

offences! {
    switch_of_the_environment: environment_process => places::feature_is_on("APP_FAST");
    settings_of_the_environment: environment_process => places::settings();
    folder_of_settings: environment_process => helper::settings_folder();
    option_of_the_command_line: environment_process => places::is_verbose();
    folder_of_the_process: environment_process => places::folder();
    folder_for_scratch: environment_process => places::scratch("orders");
    path_of_the_program: environment_process | filesystem => places::beside_the_program();
    name_of_the_worker: environment_process => places::worker_name();
    parent_of_the_process: environment_process | unsafe_ffi => places::parent();
    session_of_the_process: unsafe_ffi | environment_process => places::session();
    output_of_a_program: environment_process => places::revision();
    name_of_the_host: environment_process | unsafe_ffi => places::host();
    name_of_the_user: environment_process | unsafe_ffi | filesystem => places::user();
    number_of_processors: environment_process => places::processors();
    batch_by_processors: environment_process => places::batch_size();
    folder_of_the_user: environment_process => places::home();
    variable_of_dotenv: environment_process | filesystem => places::of_dotenv("APP_FAST");
    backtrace_in_an_error: environment_process | panics_backtraces | filesystem => places::backtrace();
    prices_from_a_file: filesystem => places::price_list();
    lock_beside_a_file: filesystem => places::is_locked("orders");
    size_of_a_file: filesystem => places::size_of("orders");
    spool_in_a_temporary_file: filesystem => places::spooled("tea");
    files_of_a_walk: filesystem => places::files_below("src");
    files_of_a_pattern: filesystem => places::matching("src/*.rs");
    rows_of_a_file: filesystem => places::rows_of("prices.csv");
    canonical_path: filesystem => places::canonical("src");
    renamed_file: filesystem => places::renamed();
    receipt_behind_a_writer: printing => places::receipt(&mut places::on_paper()).is_ok();
    total_on_the_terminal: printing => places::shown(3);
    answer_from_the_terminal: printing => places::answer();
    warning_of_another_crate: printing => helper::deprecated("this");
    value_that_is_debugged: printing => helper::debugged(3);
}
