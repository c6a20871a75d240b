"""The communication pack."""
