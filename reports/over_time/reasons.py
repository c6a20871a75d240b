"""Why a unit is not compared with the round before, as codes."""

HIDDEN = "hidden"
"""Too few questionnaires in one of both rounds; of which, is not told."""
DIFFERS = "differs"
"""Divided or put together differently since, or other departments were asked."""
NEW = "new"
"""Nothing of it was there."""
