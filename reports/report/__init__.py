"""A report: one unit of a release, made readable. Page, PDF and slides are drawn from the same object."""

from reports.report.building import build_report
from reports.report.hidden import build_hidden_report
from reports.report.reading import read_report

__all__ = ["build_hidden_report", "build_report", "read_report"]
