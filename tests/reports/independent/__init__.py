"""A second computation of a release, by another hand: csv, tomllib and plain Python, nothing of ours.

It follows measurement.md sections 1, 3, 5, 6 and 8 and is written to be read beside them, not to be fast.
"""

from tests.reports.independent.content import contents_of, precision_of
from tests.reports.independent.questionnaire import AREAS, DISCIPLINES, SCALES, STEPS
from tests.reports.independent.round_on_paper import RoundOnPaper

__all__ = ["AREAS", "DISCIPLINES", "SCALES", "STEPS", "RoundOnPaper", "contents_of", "precision_of"]
