"""Keeping an installation: back it up, restore it, move it from SQLite to PostgreSQL (docs/decisions/0021)."""
