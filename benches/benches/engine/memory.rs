//! How much memory the process has, and how much it has written.

/// Resident memory in bytes, as Linux tells it; 0 elsewhere.
pub(crate) fn resident_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().nth(1));
    kib.and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0) * 1024
}

/// How many bytes the process has written, as Linux tells it; 0 elsewhere.
pub(crate) fn written_bytes() -> u64 {
    let io = std::fs::read_to_string("/proc/self/io").unwrap_or_default();
    let line = io.lines().find(|line| line.starts_with("wchar:"));
    let bytes = line.and_then(|line| line.split_whitespace().nth(1));
    bytes.and_then(|bytes| bytes.parse().ok()).unwrap_or(0)
}
