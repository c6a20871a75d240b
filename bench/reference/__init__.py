"""The simplest correct programs to measure against: a small Django project that shares no code with Leerscan."""
