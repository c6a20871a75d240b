"""Change over time: which unit came from which, what changed, and the pages that show it."""
