"""Measures the server, and what one could take instead, and writes benchmarks/RESULTS.md (`make bench`)."""
