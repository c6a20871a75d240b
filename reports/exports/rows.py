"""The figures of one unit as a table: a row for each measure and what it is about. Numbers are those of the release."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from measurement.presentation import BAND_WIDTH, HIGHEST, LOWEST, MOST_TENTHS
from reports.published import Score, ShownUnit

NO_DIFFERENCE = "no_difference"


@dataclass(frozen=True)
class Row:
    """`measure`, `kind` and `word` are codes of the codebook (reports/texts/exports.toml)."""

    measure: str
    code: str
    """Of a theme, step, question or obstacle; empty: about the unit as a whole."""
    n: int | None
    value: int | None = None
    kind: str = "exact"
    low: int | None = None
    high: int | None = None
    margin: int | None = None
    word: str = ""
    said: str = ""
    """A name of the release's own, such as a path."""


def rows_of(unit: ShownUnit) -> Iterator[Row]:
    yield from _unit_rows(unit)
    for code, score in unit.scores.items():
        yield Row("score", code, unit.n, score.value, score.kind, score.low, score.high)
    for code, verdict in unit.own.items():
        yield _word("own", code, unit.n, verdict or NO_DIFFERENCE)
    for code, rest in (unit.rest or {}).items():
        word = rest.verdict or NO_DIFFERENCE
        yield Row("rest", code, unit.n, rest.difference, margin=rest.margin, word=word)
    for measure, named in (("highest", unit.highest), ("lowest", unit.lowest)):
        for item_id in named:
            yield Row(measure, item_id, unit.n, kind="word")
    yield from _item_rows(unit)
    yield from _word_rows(unit)


def _unit_rows(unit: ShownUnit) -> Iterator[Row]:
    yield Row("questionnaires", "", unit.n, unit.n)
    yield Row("invited", "", unit.n, unit.invited, "unknown" if unit.invited is None else "exact")
    if unit.response is None:
        yield Row("response", "", unit.n, kind="unknown")
    else:
        yield _word("response", "", unit.n, unit.response)
    if unit.same_as is not None:
        yield Row("same_as", "", unit.n, kind="word", said=unit.same_as)


def _item_rows(unit: ShownUnit) -> Iterator[Row]:
    if unit.bands:
        for item_id, band in unit.bands.values.items():
            low, high = band_limits(band)
            yield Row("band", item_id, unit.bands.n, None, "band", low, high)
    if unit.items:
        for item_id, value in unit.items.values.items():
            yield Row("item", item_id, unit.items.n, value, item_kind(value))
        for item_id, shares in unit.items.distribution.items():
            yield from _distribution(item_id, unit.items.n, shares)


def _distribution(item_id: str, n: int, shares: Sequence[int]) -> Iterator[Row]:
    for answer, tenths in enumerate(shares, 1):
        yield _share(f"answer_{answer}", item_id, n, tenths)


def _word_rows(unit: ShownUnit) -> Iterator[Row]:
    if not unit.words:
        return
    n = unit.words.n
    for code, word in unit.words.agreement.items():
        yield _word("agreement", code, n, word)
    for measure, shares in (("obstacle", unit.words.obstacles), ("dont_know", unit.words.dont_know)):
        for code, tenths in shares.items():
            yield _share(measure, code, n, tenths)


def _word(measure: str, code: str, n: int, word: str) -> Row:
    return Row(measure, code, n, kind="word", word=word)


def _share(measure: str, code: str, n: int, tenths: int | None) -> Row:
    value, kind = share(tenths)
    return Row(measure, code, n, value, kind)


def share(tenths: int | None) -> tuple[int | None, str]:
    """Per cent, and how to read it (R10); None: fewer than 3 people."""
    if tenths is None:
        return None, "few"
    if tenths == 0:
        return 10, "under"
    return 10 * tenths, "at_least" if tenths == MOST_TENTHS else "about"


def tenths_of(row: Row) -> int | None:
    """What `share` was made from."""
    return None if row.value is None else 0 if row.kind == "under" else row.value // 10


def item_kind(value: int) -> str:
    """The limits stand for everything beyond them (R9)."""
    if value >= HIGHEST:
        return "at_least"
    return "at_most" if value <= LOWEST else "exact"


def band_limits(band: int) -> tuple[int, int]:
    return band * BAND_WIDTH, (band + 1) * BAND_WIDTH


def score_of(row: Row) -> Score:
    """As the report prints it; of an item there is no margin."""
    return Score(row.value or 0, row.kind, row.low or 0, row.high or 0)
