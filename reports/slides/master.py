"""The master of the slides and its four layouts, as XML: where titles, texts and footers stand and how they look."""

from reports.slides import boxes
from reports.slides.boxes import Box
from reports.slides.theme import COLOURS, FONT, fill

LAYOUTS = ("cover", "text", "columns", "title")
EMU = 12700
"""In a point."""
NAMES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
NUMBER_FIELD = (
    '<a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
    "<a:rPr{attributes}/><a:t>{number}</a:t></a:fld>"
)
"""The number of a slide, which follows when slides are moved."""
_SPACING = '<a:lnSpc><a:spcPct val="100000"/></a:lnSpc><a:spcBef><a:spcPts val="0"/></a:spcBef>'


def master() -> str:
    edge = _shape(2, "Edge", boxes.BAND)
    title = _placeholder(3, "Title", 'type="title"', boxes.TITLE, anchor="b")
    shapes = edge + title + _placeholder(4, "Text", 'type="body" idx="1"', boxes.BODY) + _ends()
    layouts = "".join(f'<p:sldLayoutId id="{2147483649 + at}" r:id="rId{1 + at}"/>' for at in range(len(LAYOUTS)))
    named = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
    named |= {name: name for name in COLOURS if name[:2] not in ("dk", "lt")}
    colours = " ".join(f'{name}="{value}"' for name, value in named.items())
    ground = f"<p:bg><p:bgPr>{fill('bg1')}<a:effectLst/></p:bgPr></p:bg>"
    return (
        f"<p:sldMaster {NAMES}><p:cSld>{ground}{_tree(shapes)}</p:cSld>"
        f"<p:clrMap {colours}/><p:sldLayoutIdLst>{layouts}</p:sldLayoutIdLst>"
        f"<p:txStyles><p:titleStyle>{_title_style()}</p:titleStyle><p:bodyStyle>{_body_style()}</p:bodyStyle>"
        f"<p:otherStyle>{other_style()}</p:otherStyle></p:txStyles></p:sldMaster>"
    )


def layout(name: str) -> str:
    title = _placeholder(2, "Title", 'type="title"', boxes.TITLE, anchor="b")
    label = _placeholder(
        3,
        "Whose figures",
        'type="body" sz="quarter" idx="13"',
        boxes.LABEL,
        anchor="ctr",
        style=_first_level(boxes.LABEL_SIZE, "accent3", bold=True),
    )
    shapes, kind = {
        "cover": (_cover(), "title"),
        "text": (title + label + _placeholder(4, "Text", 'idx="1"', boxes.BODY) + _ends(), "obj"),
        "columns": (
            title
            + label
            + _placeholder(4, "Left text", 'sz="half" idx="1"', boxes.LEFT)
            + _placeholder(5, "Right text", 'sz="half" idx="2"', boxes.RIGHT)
            + _ends(),
            "twoObj",
        ),
        "title": (title + label + _ends(), "titleOnly"),
    }[name]
    return (
        f'<p:sldLayout {NAMES} type="{kind}" preserve="1"><p:cSld name="{name.capitalize()}">{_tree(shapes)}</p:cSld>'
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def other_style() -> str:
    """Of texts outside placeholders."""
    return f'<a:lvl1pPr marL="0" algn="l">{_run_style(18, "tx1", "mn")}</a:lvl1pPr>'


def emu(points: float) -> int:
    return round(points * EMU)


def _cover() -> str:
    title, text = _first_level(44, "tx2", bold=True), _first_level(20, "tx1")
    return (
        _shape(2, "Broad edge", boxes.COVER_BAND)
        + _placeholder(3, "Title", 'type="ctrTitle"', boxes.COVER_TITLE, anchor="b", style=title)
        + _placeholder(4, "Text", 'type="subTitle" idx="1"', boxes.COVER_TEXT, style=text)
    )


def _ends() -> str:
    """Footer and number of a slide."""
    footer, number = (_first_level(boxes.FOOTER_SIZE, "accent2", align=align) for align in "lr")
    return _placeholder(
        8, "Footer", 'type="ftr" sz="quarter" idx="11"', boxes.FOOTER, anchor="ctr", style=footer
    ) + _placeholder(9, "Number", 'type="sldNum" sz="quarter" idx="12"', boxes.NUMBER, anchor="ctr", style=number)


def _tree(shapes: str) -> str:
    return (
        '<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>'
        '<p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/>'
        f"</a:xfrm></p:grpSpPr>{shapes}</p:spTree>"
    )


def _placeholder(number: int, name: str, ph: str, box: Box, style: str = "", *, anchor: str = "t") -> str:
    """`ph`: attributes that say which one it is; `anchor`: t, ctr or b."""
    run = NUMBER_FIELD.format(attributes="", number="‹#›") if "sldNum" in ph else f"<a:r><a:t>{name}</a:t></a:r>"
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph {ph}/></p:nvPr></p:nvSpPr><p:spPr>{_place(box)}</p:spPr>"
        f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:normAutofit/></a:bodyPr>'
        f"<a:lstStyle>{style}</a:lstStyle><a:p>{run}</a:p></p:txBody></p:sp>"
    )


def _shape(number: int, name: str, box: Box) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name}"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f"<p:spPr>{_place(box)}{fill('accent1')}<a:ln><a:noFill/></a:ln></p:spPr>"
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody></p:sp>"
    )


def _place(box: Box) -> str:
    return (
        f'<a:xfrm><a:off x="{emu(box.left)}" y="{emu(box.top)}"/><a:ext cx="{emu(box.width)}" cy="{emu(box.height)}"/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    )


def _first_level(size: int, colour: str, *, bold: bool = False, align: str = "l") -> str:
    return (
        f'<a:lvl1pPr marL="0" indent="0" algn="{align}"><a:buNone/>'
        f'<a:defRPr sz="{size * 100}" b="{int(bold)}">{fill(colour)}</a:defRPr></a:lvl1pPr>'
    )


def _run_style(size: int, colour: str, font: str, *, bold: bool = False) -> str:
    return (
        f'<a:defRPr sz="{size * 100}" b="{int(bold)}" kern="1200">{fill(colour)}'
        f'<a:latin typeface="+{font}-lt"/><a:ea typeface="+{font}-ea"/><a:cs typeface="+{font}-cs"/></a:defRPr>'
    )


def _title_style() -> str:
    return f'<a:lvl1pPr algn="l">{_SPACING}<a:buNone/>{_run_style(28, "tx2", "mj", bold=True)}</a:lvl1pPr>'


def _body_style() -> str:
    """Level 1 is plain, the levels below it have a bullet."""
    run, indent = _run_style(18, "tx1", "mn"), emu(boxes.INDENT)
    bullet = f'<a:buClr><a:schemeClr val="accent3"/></a:buClr><a:buFont typeface="{FONT}"/><a:buChar char="•"/>'
    bulleted = "".join(
        f'<a:lvl{level}pPr marL="{indent * (level - 1)}" indent="-{indent}" algn="l">'
        f"{_SPACING}{bullet}{run}</a:lvl{level}pPr>"
        for level in range(2, 6)
    )
    return f'<a:lvl1pPr marL="0" indent="0" algn="l">{_SPACING}<a:buNone/>{run}</a:lvl1pPr>{bulleted}'
