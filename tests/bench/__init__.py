"""The frame of the benchmarks; what they measure is measured by `make bench`."""
