"""Slides of five disciplines, or of six success areas: a radar, a table, and the themes that the report dwells on."""

from html import unescape

from django.utils.translation import gettext as _

from charts.figure import Profile
from reports.contents import Report, ThemePage, ThemeRow
from reports.slides.deck import Cell, Paragraph, RadarSlide, Slide, TableSlide, TextSlide, cell


def theme_slides(report: Report, themes: ThemePage, name: str) -> list[Slide]:
    """`name`: of the table."""
    return [_radar(report, themes), _table(report, themes, name), _focus(themes)]


def _radar(report: Report, themes: ThemePage) -> Slide:
    beside = [
        Paragraph(
            _("The further from the middle, the more you agreed: from 0 (strongly disagree) to 100 (strongly agree).")
        ),
        Paragraph(_("The next slide has the figures with their margins.")),
        Paragraph(
            _("To talk about: what do you recognise, and what surprises you? Give examples from the work."), "heading"
        ),
    ]
    return RadarSlide(
        title=themes.title,
        axes=tuple(row.name for row in themes.rows),
        # Its names are escaped, and each line is closed by its first point.
        profiles=tuple(Profile(unescape(trace["name"]), trace["r"][:-1]) for trace in themes.figure["data"]),
        message=themes.image_text,
        beside=tuple(beside),
        notes=themes.intro,
    )


def _table(report: Report, themes: ThemePage, name: str) -> Slide:
    head = [_("Theme"), _("In words"), _("Score"), _("Margin")]
    widths = [0.25, 0.47, 0.13, 0.15] if report.is_root else [0.25, 0.38, 0.11, 0.12, 0.14]
    if not report.is_root:
        head.append(_("Organisation"))
    return TableSlide(
        title=_("%(title)s: scores and margins") % {"title": themes.title},
        name=name,
        head=tuple(head),
        rows=tuple(_row(report, row) for row in themes.rows),
        widths=tuple(widths),
        message=themes.title,
        figures=frozenset(range(2, len(head))),
        notes=f"{themes.intro} {report.margins}",
    )


def _row(report: Report, row: ThemeRow) -> tuple[Cell, ...]:
    figures = [row.score.points, row.score.margin] + ([] if report.is_root else [row.beside])
    words = (Paragraph(row.sentence), *(Paragraph("", lead=sign) for sign in row.signs))
    return cell("", lead=row.name), words, *(cell(figure) for figure in figures)


def _focus(themes: ThemePage) -> Slide:
    return TextSlide(
        title=_("%(title)s: a closer look") % {"title": themes.title},
        columns=tuple((Paragraph(name, "heading"), Paragraph(text)) for name, text in themes.focus),
    )
