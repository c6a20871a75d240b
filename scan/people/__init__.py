"""People of a round that is open."""
