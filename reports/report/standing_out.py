"""What stands out: questions, as far as they may be shown; themes; where people agree; what holds learning back."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from charts.columns import draw_columns
from charts.svg import data_uri
from questionnaires.questionnaire import AREAS, DIMENSIONS, DISCIPLINES
from reports import difference_words, wording
from reports.changes import UnitChange
from reports.contents import ItemRow, StandsOut
from reports.published import ItemFigures, WordFigures
from reports.report.subject import Subject

BANDS = ((80, 100), (60, 80), (40, 60), (20, 40), (0, 20))
MANY_TENTHS = 2
"""From about 20% on, "don't know" is worth a word."""


def standing_out(subject: Subject, change: UnitChange | None) -> StandsOut:
    unit = subject.unit
    texts = subject.item_texts()
    tips = subject.published.advice.tips
    # The finest level that may be shown makes the coarser one superfluous.
    bands = unit.bands if unit.bands and not unit.items else None
    words = unit.words
    return StandsOut(
        themes=_themes(subject),
        highest=[texts[item_id] for item_id in unit.highest],
        lowest=[(texts[item_id], subject.words(tips[item_id])) for item_id in unit.lowest],
        bands=_bands(bands, texts) if bands else [],
        bands_n=bands.n if bands else 0,
        items=_items(subject, unit.items, texts) if unit.items else [],
        items_n=unit.items.n if unit.items else 0,
        agreement=_agreement(subject, words) if words else [],
        agreement_text=difference_words.where_answers_differ(_divided(subject, words)) if words else "",
        obstacles=_obstacles(subject, words) if words else [],
        dont_know=_dont_know(words, texts) if words else [],
        words_n=words.n if words else 0,
        change=_change(subject, change) if change else [],
    )


def _themes(subject: Subject) -> list[str]:
    """Within the unit itself: what small teams can use most (measurement.md 5). Format 1 holds no verdicts."""
    own = subject.unit.own
    if not own:
        return []
    lines = []
    for kind in (DISCIPLINES, AREAS):
        for verdict in ("higher", "lower"):
            codes = [code for code in kind if own.get(code) == verdict]
            if codes:
                names = wording.joined([subject.theme_name(code) for code in codes])
                lines.append(difference_words.themes_beside_own(names, verdict, codes[0], len(codes)))
    return lines or [_("No theme scores clearly higher or lower than your other themes.")]


def _bands(bands: ItemFigures, texts: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    return [
        (
            pgettext("a band of scores", "%(low)s to %(high)s") % {"low": low, "high": high},
            [texts[item_id] for item_id, band in bands.values.items() if band == low // 20],
        )
        for low, high in BANDS
    ]


def _items(subject: Subject, items: ItemFigures, texts: Mapping[str, str]) -> list[ItemRow]:
    """In the order of the questionnaire."""
    answers = [subject.words(choice.label) for choice in subject.published.questionnaire.scale]
    rows = []
    for item in subject.published.questionnaire.items:
        if item.id not in items.values:
            continue
        tenths = items.distribution.get(item.id)
        rows.append(
            ItemRow(
                texts[item.id],
                wording.item_points(items.values[item.id]),
                data_uri(draw_columns(tenths, follows_theme=subject.follows_theme)) if tenths else "",
                "; ".join(
                    f"{answer}: {wording.share_of_people(share)}" for answer, share in zip(answers, tenths, strict=True)
                )
                if tenths
                else "",
            )
        )
    return rows


def _agreement(subject: Subject, words: WordFigures) -> list[tuple[str, str]]:
    return [
        (subject.theme_name(code), difference_words.agreement_name(words.agreement[code]))
        for code in DIMENSIONS
        if code in words.agreement
    ]


def _divided(subject: Subject, words: WordFigures) -> list[str]:
    return [subject.theme_name(code) for code, word in words.agreement.items() if word == "divided"]


def _obstacles(subject: Subject, words: WordFigures) -> list[tuple[str, str]]:
    """The most ticked first; equal shares in the order of the questionnaire."""
    shares = words.obstacles
    found = [choice for choice in subject.published.questionnaire.obstacles if choice.code in shares]
    found.sort(key=lambda choice: -_rank(shares[choice.code]))
    return [(subject.words(choice.label), wording.share_of_people(shares[choice.code])) for choice in found]


def _rank(tenths: int | None) -> int:
    return -1 if tenths is None else tenths


def _dont_know(words: WordFigures, texts: Mapping[str, str]) -> list[tuple[str, str]]:
    return [
        (texts[item_id], wording.share_of_people(tenths))
        for item_id, tenths in words.dont_know.items()
        if tenths is not None and tenths >= MANY_TENTHS
    ]


def _change(subject: Subject, change: UnitChange) -> list[str]:
    """Since the scan before this one. Other people may have answered, and that is said too (measurement.md 6)."""
    lines = []
    for verdict in ("higher", "lower"):
        codes = [code for code, one in change.scores.items() if one.verdict == verdict]
        if codes:
            names = wording.joined([_name(subject, code) for code in codes])
            lines.append(difference_words.changed(names, verdict, len(codes), change.earlier_title))
    lines = lines or [difference_words.unchanged(change.earlier_title)]
    return [*lines, difference_words.who_answered(same_parts=change.same_parts)]


def _name(subject: Subject, code: str) -> str:
    return _("Learning capacity") if code == "total" else subject.theme_name(code)
