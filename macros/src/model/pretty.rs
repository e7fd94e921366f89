//! As text, for snapshots.
