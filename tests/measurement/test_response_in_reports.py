"""R13: the response in words, from 10 invited, rounded to 10%."""

import pytest

from measurement.presentation import response_tenths, response_word


@pytest.mark.parametrize(
    ("received", "invited", "tenths"),
    [
        (0, 10, 0),
        (1, 20, 1),  # 5%: half up
        (4, 100, 0),
        (5, 10, 5),
        (9, 14, 6),  # 64.3%
        (13, 20, 7),  # 65%
        (10, 10, 10),
        (19, 20, 10),  # 95%
        (94, 100, 9),
        (15, 10, 10),  # more than invited: everybody
    ],
)
def test_the_response_is_rounded_half_up_to_tenths(received: int, invited: int, tenths: int) -> None:
    assert response_tenths(received, invited) == tenths


@pytest.mark.parametrize(("received", "invited"), [(9, 9), (0, 0), (5, 9), (20, 9)])
def test_under_ten_invited_nothing_is_said(received: int, invited: int) -> None:
    assert response_tenths(received, invited) is None
    assert response_word(None) is None


@pytest.mark.parametrize(
    ("tenths", "word"),
    [
        (10, "nearly_everyone"),
        (9, "nearly_everyone"),
        (8, "nearly_everyone"),
        (7, "clear_majority"),
        (6, "clear_majority"),
        (5, "about_half"),
        (4, "about_half"),
        (3, "minority"),
        (0, "minority"),
    ],
)
def test_each_tenth_has_one_of_four_words(tenths: int, word: str) -> None:
    assert response_word(tenths) == word
