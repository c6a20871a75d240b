"""No two texts say the same: at most half of the five-word runs of either stands in the other.

A run is five words in a row, as people read the text with the default words, in lower case and without punctuation.
Texts under five words have no run and are not compared. Two texts are too alike when the runs that they share are more
than half of the runs of the shorter one.
"""

from collections import Counter, defaultdict
from itertools import combinations

import pytest

from questionnaires.texts import LANGUAGES
from tests.questionnaires.texts import runs_of, texts_in


def too_alike(texts: dict[str, str]) -> set[tuple[str, str]]:
    runs = {place: found for place, text in texts.items() if (found := runs_of(text))}
    places = defaultdict(list)
    for place, found in runs.items():
        for run in found:
            places[run].append(place)
    shared = Counter(pair for holders in places.values() for pair in combinations(holders, 2))
    return {pair for pair, count in shared.items() if 2 * count > min(len(runs[place]) for place in pair)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_texts_share_more_than_half_of_their_runs(language: str) -> None:
    assert too_alike(texts_in(language)) == set()


def test_a_copied_text_is_found() -> None:
    text = "een twee drie vier vijf zes zeven acht"  # four runs
    assert too_alike({"a": text, "b": text}) == {("a", "b")}
    assert too_alike({"a": text, "b": "een twee drie vier vijf zes zeven"}) == {("a", "b")}
    assert too_alike({"a": text, "b": "een twee drie vier vijf zes en dan nog meer"}) == set()  # two of four
    assert too_alike({"a": "een twee drie vier", "b": "een twee drie vier"}) == set()
