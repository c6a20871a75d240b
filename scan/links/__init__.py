"""Open links, codes on paper, and posters."""
