"""The simplest correct programs that Leerscan is measured against: a small Django project that shares no code with it."""
