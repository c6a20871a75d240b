"""A report with what lies beside the release: what changed since an earlier scan, and approved remarks."""

from reports.changes import changes_of
from reports.contents import Report
from reports.published import Published, ShownUnit
from reports.remarks import approved_remarks
from reports.report.building import build_report


def read_report(
    published: Published, unit: ShownUnit, language: str, *, follows_theme: bool = False, with_remarks: bool = True
) -> Report:
    """Remarks stand in the organisation's report only (R15); without them where others than members read it."""
    is_root = published.parents[unit.id] is None
    return build_report(
        published,
        unit,
        language,
        follows_theme=follows_theme,
        change=changes_of(published.release, unit.id),
        remarks=approved_remarks(published.round) if is_root and with_remarks else [],
    )
