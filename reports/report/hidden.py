"""The report of a unit without results of its own: the picture of the group above it, and how to talk about that."""

from reports.contents import HiddenReport
from reports.conversation import beside_wider_picture, conversation
from reports.published import HiddenUnit, Published
from reports.report.building import build_report
from reports.report.provenance import period
from reports.wording import hidden_text, nothing_shown_text


def build_hidden_report(
    published: Published, unit: HiddenUnit, language: str, *, follows_theme: bool = False
) -> HiddenReport:
    """The language must be active. Two hidden units under the same shown unit differ in their names only."""
    above = published.nearest_shown(unit)
    organisation = published.round.organisation.name
    return HiddenReport(
        language=language,
        organisation=organisation,
        unit=unit.name if unit.path else organisation,
        path=unit.path,
        round_title=published.round.title,
        period=period(published.release),
        k=published.release.content["k"],
        talk=conversation(beside_wider_picture()),
        text=hidden_text(above, organisation) if unit.path else nothing_shown_text(),
        above=build_report(published, above, language, follows_theme=follows_theme) if above else None,
    )
