"""A radar as a chart that can be edited, with its figures in a workbook inside the slide."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import IO, Any

from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.chart.series import RadarSeries
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_THEME_COLOR
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.slide import Slide
from pptx.util import Pt
from xlsxwriter import Workbook

from charts.figure import AXIS_MAXIMUM
from charts.palette import STYLES, Style
from reports.slides import boxes
from reports.slides.fitting import shortened, width_of
from reports.slides.placing import PlacedRadar
from reports.slides.writing import TAGS, clean, describe, emu

TEXT_SIZE = 14
LABEL_WIDTH = 170
NAME_WIDTH = 540
"""Of a line, in the legend."""
RING = 25
_DASHES = {
    "solid": MSO_LINE_DASH_STYLE.SOLID,
    "dash": MSO_LINE_DASH_STYLE.DASH,
    "dot": MSO_LINE_DASH_STYLE.ROUND_DOT,
    "dashdot": MSO_LINE_DASH_STYLE.DASH_DOT,
}
_MARKS = {
    "circle": XL_MARKER_STYLE.CIRCLE,
    "square": XL_MARKER_STYLE.SQUARE,
    "diamond": XL_MARKER_STYLE.DIAMOND,
    "triangle-up": XL_MARKER_STYLE.TRIANGLE,
}
LONG_AGO = datetime(2000, 1, 1)  # noqa: DTZ001 -- a workbook knows no time zones


class _PlainWorkbook(CategoryWorkbookWriter):  # type: ignore[misc]
    """A name that begins with "=" is a name, and the same content gives the same bytes."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: IO[bytes]) -> Iterator[tuple[Workbook, Any]]:
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        workbook = Workbook(xlsx_file, options)
        workbook.set_properties({"created": LONG_AGO})
        yield workbook, workbook.add_worksheet()
        workbook.close()


class _ChartData(CategoryChartData):  # type: ignore[misc]
    @property
    def _workbook_writer(self) -> _PlainWorkbook:
        return _PlainWorkbook(self)


def add_radar(slide: Slide, placed: PlacedRadar, language: MSO_LANGUAGE_ID) -> None:
    radar = placed.radar
    data = _ChartData(number_format="0")
    data.categories = [broken(clean(axis)) for axis in radar.axes]
    for profile in radar.profiles:
        data.add_series(shortened(clean(profile.name), TEXT_SIZE, NAME_WIDTH), profile.values)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.RADAR_MARKERS, *emu(placed.box), data)
    describe(frame, "Radar", radar.message)
    chart = frame.chart
    _set_texts(chart, language)
    _set_axes(chart)
    _mend(chart.element, language)
    for series, style in zip(chart.plots[0].series, STYLES, strict=False):
        _set_style(series, style)
    chart.has_legend = len(radar.profiles) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False


def broken(name: str) -> str:
    """A long name over several lines: not every program breaks the labels of a chart."""
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, TEXT_SIZE) > LABEL_WIDTH:
            lines.append(word)
        else:
            lines[-1] = longer
    return "\n".join(lines)


def _set_texts(chart: Chart, language: MSO_LANGUAGE_ID) -> None:
    chart.has_title = False
    chart.font.size = Pt(TEXT_SIZE)
    chart.font.language_id = language
    chart.font.color.theme_color = MSO_THEME_COLOR.TEXT_1
    for ends in chart.element.xpath(".//a:endParaRPr"):
        ends.set("lang", TAGS[language])


def _mend(space: Any, language: MSO_LANGUAGE_ID) -> None:
    """What python-pptx cannot set, or writes otherwise than the standard has it."""
    space.insert(1, parse_xml(f'<c:lang {nsdecls("c")} val="{TAGS[language]}"/>'))
    for layout in space.xpath(".//c:plotArea/c:layout"):
        layout.append(parse_xml(_plot_place()))
    # A radar's line is never smooth (CT_RadarSer), and no axis has a number below 0.
    for smooth in space.xpath(".//c:radarChart/c:ser/c:smooth"):
        smooth.getparent().remove(smooth)
    for axis in space.xpath(".//c:axId | .//c:crossAx"):
        axis.set("val", axis.get("val").lstrip("-"))


def _plot_place() -> str:
    """The rings in the same place whatever program draws them, with room for the names around them."""
    plot, whole = boxes.PLOT, boxes.RADAR
    parts = {
        "x": plot.left / whole.width,
        "y": plot.top / whole.height,
        "w": plot.width / whole.width,
        "h": plot.height / whole.height,
    }
    return (
        f'<c:manualLayout {nsdecls("c")}><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        + "".join(f'<c:{name} val="{part:.4f}"/>' for name, part in parts.items())
        + "</c:manualLayout>"
    )


def _set_axes(chart: Chart) -> None:
    """From 0 to 100 always."""
    values, names = chart.value_axis, chart.category_axis
    values.minimum_scale, values.maximum_scale, values.major_unit = 0, AXIS_MAXIMUM, RING
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = "0", False
    values.tick_labels.font.size = Pt(TEXT_SIZE)
    values.major_tick_mark = names.major_tick_mark = XL_TICK_MARK.NONE
    values.tick_label_position = XL_TICK_LABEL_POSITION.NEXT_TO_AXIS
    for axis in (values, names):
        axis.major_gridlines.format.line.color.rgb = RGBColor(0xC4, 0xC9, 0xD1)
        axis.format.line.color.rgb = RGBColor(0xC4, 0xC9, 0xD1)
    names.tick_labels.number_format, names.tick_labels.number_format_is_linked = "General", False
    names.tick_labels.font.size = Pt(TEXT_SIZE)


def _set_style(series: RadarSeries, style: Style) -> None:
    colour = RGBColor.from_string(style.colour[1:].upper())
    series.format.line.color.rgb = colour
    series.format.line.width = Pt(2.5)
    series.format.line.dash_style = _DASHES[style.dash]
    series.marker.style, series.marker.size = _MARKS[style.symbol], 9
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour
    series.marker.format.line.color.rgb = colour
