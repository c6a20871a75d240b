"""A fleet: PostgreSQL, Redis, several workers and web processes, all of them real."""
