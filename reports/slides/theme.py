"""Colours, font and table style of the slides: who edits them can change each in one place."""

FONT = "Arial"
"""On every office machine; its letters are measured in widths.py."""
COLOURS = {
    "dk1": "1F2937",
    "lt1": "FFFFFF",
    "dk2": "1F5FA8",
    "lt2": "E8F0FA",
    "accent1": "1F5FA8",
    "accent2": "4B5563",
    "accent3": "B45309",
    "accent4": "7A4B9C",
    "accent5": "5B8BC4",
    "accent6": "374151",
    "hlink": "1F5FA8",
    "folHlink": "7A4B9C",
}
"""As Office calls them: dark and light ones for text and ground, then blue, grey and orange as in the report."""
TABLE_STYLE = "{6E1C3A52-7C0B-4B7E-9D55-2B1E8A0F4C11}"
_NAMES = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


def fill(colour: str) -> str:
    return f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'


def theme() -> str:
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in COLOURS.items())
    font = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    plain = fill("phClr")
    line = f'<a:ln w="9525" cap="flat" cmpd="sng" algn="ctr">{plain}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme {_NAMES} name="Leerscan"><a:themeElements><a:clrScheme name="Leerscan">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Leerscan"><a:majorFont>{font}</a:majorFont><a:minorFont>{font}</a:minorFont>'
        "</a:fontScheme>"
        f'<a:fmtScheme name="Leerscan"><a:fillStyleLst>{plain * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{plain * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def table_styles() -> str:
    """A coloured head, and lines between rows and columns."""
    line, none = f'<a:ln w="9525" cmpd="sng">{fill("accent5")}</a:ln>', "<a:ln><a:noFill/></a:ln>"
    sides = {"left": none, "right": none, "top": line, "bottom": line, "insideH": line, "insideV": line}
    borders = "".join(f"<a:{side}>{how}</a:{side}>" for side, how in sides.items())
    return (
        f'<a:tblStyleLst {_NAMES} def="{TABLE_STYLE}"><a:tblStyle styleId="{TABLE_STYLE}" styleName="Leerscan">'
        '<a:wholeTbl><a:tcTxStyle><a:fontRef idx="minor"/><a:schemeClr val="tx1"/></a:tcTxStyle>'
        f"<a:tcStyle><a:tcBdr>{borders}</a:tcBdr><a:fill><a:noFill/></a:fill></a:tcStyle></a:wholeTbl>"
        '<a:firstRow><a:tcTxStyle b="on"><a:fontRef idx="minor"/><a:schemeClr val="bg1"/></a:tcTxStyle>'
        f"<a:tcStyle><a:tcBdr/><a:fill>{fill('accent1')}</a:fill></a:tcStyle></a:firstRow></a:tblStyle></a:tblStyleLst>"
    )
