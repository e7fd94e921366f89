//! Benchmarks of Flowstone: see `benches`.
