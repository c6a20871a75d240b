"""A real web server on the test's own database, and a line to it that can be cut."""
