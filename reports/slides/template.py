"""The empty presentation that slides are made in: a theme, a master and its layouts, and nothing else."""

import io
from functools import cache
from zipfile import ZipFile

from reports.slides import boxes
from reports.slides.master import LAYOUTS, NAMES, emu, layout, master, other_style
from reports.slides.theme import table_styles, theme

_START = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KINDS = {
    "presentation": "presentationml.presentation.main",
    "slideMasters/slideMaster1": "presentationml.slideMaster",
    "theme/theme1": "theme",
    "tableStyles": "presentationml.tableStyles",
} | {f"slideLayouts/slideLayout{number}": "presentationml.slideLayout" for number in range(1, len(LAYOUTS) + 1)}


@cache
def template() -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w") as package:
        for name, content in _parts().items():
            package.writestr(name, _START + content)
    return out.getvalue()


def _parts() -> dict[str, str]:
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations("officeDocument ppt/presentation.xml"),
        "ppt/presentation.xml": _presentation(),
        "ppt/_rels/presentation.xml.rels": _relations(
            "slideMaster slideMasters/slideMaster1.xml", "theme theme/theme1.xml", "tableStyles tableStyles.xml"
        ),
        "ppt/theme/theme1.xml": theme(),
        "ppt/tableStyles.xml": table_styles(),
        "ppt/slideMasters/slideMaster1.xml": master(),
        "ppt/slideMasters/_rels/slideMaster1.xml.rels": _relations(
            *(f"slideLayout ../slideLayouts/slideLayout{number}.xml" for number in range(1, len(LAYOUTS) + 1)),
            "theme ../theme/theme1.xml",
        ),
    }
    for number, name in enumerate(LAYOUTS, 1):
        parts[f"ppt/slideLayouts/slideLayout{number}.xml"] = layout(name)
        parts[f"ppt/slideLayouts/_rels/slideLayout{number}.xml.rels"] = _relations(
            "slideMaster ../slideMasters/slideMaster1.xml"
        )
    return parts


def _relations(*targets: str) -> str:
    """Of "kind target"; their ids are rId1, rId2 and so on."""
    lines = ""
    for number, (kind, target) in enumerate((one.split() for one in targets), 1):
        lines += f'<Relationship Id="rId{number}" Type="{_RELATION}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_RELATIONS}">{lines}</Relationships>'


def _content_types() -> str:
    kind = "application/vnd.openxmlformats-officedocument"
    lines = "".join(
        f'<Override PartName="/ppt/{name}.xml" ContentType="{kind}.{of}+xml"/>' for name, of in _KINDS.items()
    )
    return (
        f'<Types xmlns="{_TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{lines}</Types>'
    )


def _presentation() -> str:
    return (
        f'<p:presentation {NAMES} saveSubsetFonts="1">'
        '<p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst><p:sldIdLst/>'
        f'<p:sldSz cx="{emu(boxes.WIDTH)}" cy="{emu(boxes.HEIGHT)}"/><p:notesSz cx="6858000" cy="9144000"/>'
        f"<p:defaultTextStyle>{other_style()}</p:defaultTextStyle></p:presentation>"
    )
