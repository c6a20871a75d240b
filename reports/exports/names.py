"""What a file is called on somebody's disk."""

from reports import document
from reports.exports import texts
from reports.published import Published, PublishedUnit


def file_stem(published: Published, unit: PublishedUnit | None, language: str, whole: str = "whole_round") -> str:
    """Of one unit as its report is called; `whole` is the label of a file about all units."""
    if unit is not None:
        return document.file_stem(published, unit, language)
    label = texts.load().named["label", whole].in_language(language)
    return f"{published.round.organisation.slug}-{published.round.slug}-{label}-{language}"
