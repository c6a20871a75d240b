"""Whether `make pdf-check` would notice: PDFs that are bad on purpose."""

import logging
from collections.abc import Iterator

import pytest
from weasyprint import CSS, HTML

from tools.pdf_check.html_side import read
from tools.pdf_check.structure import faults

PICTURE = (
    "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSI1IiBoZWlnaHQ9IjUiLz4="
)
OTHER = PICTURE.replace("IjUiLz4=", "IjYiLz4=")
BODY = f"""
<h1>A report</h1>
<h2>First</h2>
<p>One two three.</p>
<ul><li>A point, and its <strong>weight</strong></li></ul>
<img src="{PICTURE}" alt="The score is 60, more than elsewhere.">
<h2 style="break-before: page">Second</h2>
<table><thead><tr><th scope="col">Name</th><th scope="col">Score</th></tr></thead>
<tbody>{'<tr><th scope="row">Row of a long table</th><td>60</td></tr>' * 60}</tbody></table>
<p>The end.</p>
"""


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    """WeasyPrint complains of what is bad on purpose."""
    logger = logging.getLogger("weasyprint")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    yield
    logger.setLevel(before)


def document(body: str = BODY) -> str:
    return f'<html lang="en"><head><title>A report</title></head><body>{body}</body></html>'


def pdf(html: str, style: str = "h1 { bookmark-level: none }", variant: str | None = "pdf/ua-1") -> bytes:
    content: bytes = HTML(string=html).write_pdf(stylesheets=[CSS(string=style)], pdf_variant=variant)
    return content


def test_what_is_sound_passes() -> None:
    html = document()
    assert faults(pdf(html), html) == []


def test_a_heading_without_a_bookmark_is_found() -> None:
    html = document()
    [fault] = faults(pdf(html, "h2:last-of-type { bookmark-level: none }"), html)
    assert "bookmarks are ['A report', 'First']" in fault
    without = pdf(html, "h1, h2 { bookmark-level: none }")
    assert "3 pages without a bookmark" in " ".join(faults(without, html))
    assert faults(pdf(html, "h1, h2:last-of-type { bookmark-level: none }"), html, ["Second"]) == []


@pytest.mark.parametrize(
    ("there", "here"),
    [
        ("<p>One two three.</p>", "<p>Three two one.</p>"),
        ("<p>One two three.</p>", ""),
        ("<p>The end.</p>", "<p>The end.</p><p>More.</p>"),
    ],
)
def test_another_order_than_written_is_found(there: str, here: str) -> None:
    html = document()
    [fault] = faults(pdf(document(BODY.replace(there, here))), html)
    assert fault.startswith("read out in another order")


@pytest.mark.parametrize("text", ["chart", "chart.svg of the scores", "The score", "The score is sixty"])
def test_a_picture_that_does_not_say_its_message_is_found(text: str) -> None:
    html = document(BODY.replace("The score is 60, more than elsewhere.", text))
    [fault] = faults(pdf(html), html)
    assert fault == f"no sentence instead of a picture: “{text}”"


def test_two_pictures_that_say_the_same_are_found_outside_a_table() -> None:
    said = 'alt="The score is 60, more than elsewhere.">'
    html = document(BODY + f'<p><img src="{OTHER}" {said}</p>')
    [fault] = faults(pdf(html), html)
    assert fault.startswith("2 different pictures say the same")
    within = document(BODY + f'<table><tr><td><img src="{OTHER}" {said}</td></tr></table>')
    assert faults(pdf(within), within) == []


def test_a_picture_that_says_something_else_than_written_is_found() -> None:
    html = document()
    other = pdf(html.replace("60, more than", "70, more than"))
    assert any(fault.startswith("alternative texts are") for fault in faults(other, html))


def test_only_what_is_printed_counts() -> None:
    page = read("<head><title>Not</title></head><style>p {}</style><p>This &amp; that</p><script>no()</script>")
    assert page.text == "This & that"


@pytest.mark.pdf_check
@pytest.mark.parametrize(
    ("bad", "rules"),
    [
        (document("<p>Hello.</p>"), set()),
        (document(f'<p>Hello. <img src="{PICTURE}"></p>'), {"7.3-1"}),
        (document("<ul><li>One<span style='display: block'>two</span></li></ul>"), {"7.2-20"}),
        ("<p>Hello.</p>", {"7.1-9", "7.2-29"}),
    ],
)
def test_what_breaks_a_rule_is_found(bad: str, rules: set[str]) -> None:
    from tools.pdf_check.rules import PdfUaRules  # noqa: PLC0415 -- starts a JVM

    found = PdfUaRules().failed(pdf(bad))
    assert {failed.rule for failed in found} == rules
    assert all(failed.times and failed.text for failed in found)


@pytest.mark.pdf_check
def test_a_pdf_without_tags_breaks_many_rules() -> None:
    from tools.pdf_check.rules import PdfUaRules  # noqa: PLC0415 -- starts a JVM

    assert len(PdfUaRules().failed(pdf(document(), variant=None))) >= 5
