"""The figures as JSON, by the schema that is published with the static files (static/schemas/results-1.json)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.utils import translation

from reports.exports.content import Entry, Export
from reports.exports.rows import band_limits, item_kind, share
from reports.published import ItemFigures, Published, PublishedUnit, Score, ShownUnit, WordFigures

FORMAT = 1
SCHEMA = f"schemas/results-{FORMAT}.json"


def schema_address() -> str:
    return f"{settings.BASE_URL}{settings.STATIC_URL}{SCHEMA}"


def write(published: Published, unit: PublishedUnit | None, language: str) -> bytes:
    with translation.override(language):
        content = content_of(Export(published, unit, language))
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def content_of(export: Export) -> dict[str, Any]:
    release, round_ = export.published.release, export.published.round
    return {
        "$schema": schema_address(),
        "format": FORMAT,
        "language": export.language,
        "organisation": {"slug": round_.organisation.slug, "name": round_.organisation.name},
        "round": {
            "slug": round_.slug,
            "title": round_.title,
            "opens_on": release.content["opens_on"],
            "last_day": release.content["last_day"],
            "k": release.content["k"],
        },
        "versions": {
            "questionnaire": f"{export.published.questionnaire.code} {export.published.questionnaire.number}",
            "rules": release.rules_version,
            "advice": release.advice_number,
            "release": release.number,
        },
        "about": "round" if export.unit is None else "unit",
        "guide": export.guide("json"),
        "units": [_unit(entry) for entry in export.entries],
        "codebook": [asdict(entry) for entry in export.naming.codebook()],
    }


def _unit(entry: Entry) -> dict[str, Any]:
    found = {"path": entry.path, "name": entry.name, "level": entry.level, "status": entry.status}
    return found | _figures(entry.figures) if entry.figures else found


def _figures(unit: ShownUnit) -> dict[str, Any]:
    return {
        "questionnaires": unit.n,
        "invited": unit.invited,
        "response": unit.response,
        "same_as": unit.same_as,
        "scores": {
            code: {"score": score.as_json(), "low": score.low, "high": score.high}
            for code, score in unit.scores.items()
        },
        "own": dict(unit.own),
        "rest": None
        if unit.rest is None
        else {
            code: {"difference": rest.difference, "margin": rest.margin, "verdict": rest.verdict}
            for code, rest in unit.rest.items()
        },
        "highest": list(unit.highest),
        "lowest": list(unit.lowest),
        "bands": _bands(unit.bands) if unit.bands else None,
        "items": _items(unit.items) if unit.items else None,
        "words": _words(unit.words) if unit.words else None,
    }


def _bands(bands: ItemFigures) -> dict[str, Any]:
    limits = {item_id: band_limits(band) for item_id, band in bands.values.items()}
    return {
        "questionnaires": bands.n,
        "bands": {item_id: {"low": low, "high": high} for item_id, (low, high) in limits.items()},
    }


def _items(items: ItemFigures) -> dict[str, Any]:
    return {
        "questionnaires": items.n,
        "scores": {item_id: Score(value, item_kind(value), 0, 0).as_json() for item_id, value in items.values.items()},
        "distribution": {item_id: _shares(shares) for item_id, shares in items.distribution.items()},
    }


def _words(words: WordFigures) -> dict[str, Any]:
    return {
        "questionnaires": words.n,
        "agreement": dict(words.agreement),
        "obstacles": _shares_by_code(words.obstacles),
        "dont_know": _shares_by_code(words.dont_know),
    }


def _shares_by_code(shares: Mapping[str, int | None]) -> dict[str, Any]:
    return dict(zip(shares, _shares(list(shares.values())), strict=True))


def _shares(shares: Sequence[int | None]) -> list[dict[str, int]]:
    """Per cent, with how to read it as the key (R10)."""
    return [{"fewer_than_people": 3} if value is None else {kind: value} for value, kind in map(share, shares)]
