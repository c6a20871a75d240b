"""Make the PDF of one unit, as a job. The web process only asks for it and hands it out."""

from collections.abc import Callable
from uuid import UUID

from django_scopes import scope

from jobs import files
from jobs.models import StoredFile
from jobs.progress import Progress
from reports.document import document, file_key, stylesheet
from reports.published import Published, PublishedUnit, read_release, release_of

KIND = "report_pdf"
PDF = "application/pdf"


def job_key(published: Published, unit: PublishedUnit, language: str) -> str:
    return f"{published.release.pk} {unit.id} {language}"


def find_pdf(published: Published, unit: PublishedUnit, language: str) -> StoredFile | None:
    return files.find(file_key(document(published, unit, language), stylesheet()))


def work(key: str, progress: Progress) -> str:
    """The job; its key is made by `job_key`. Answers the key of the stored file."""
    release_id, unit_id, language = key.split(" ")
    release = release_of(release_id)
    with scope(organisation=release.round.organisation):
        published = read_release(release)
        return store_pdf(document(published, published.by_id[UUID(unit_id)], language), stylesheet(), progress)


def store_pdf(html: str, style: str, progress: Progress) -> str:
    return keep_pdf(html, style, lambda: progress.report(1, 1))


def keep_pdf(html: str, style: str, before_storing: Callable[[], None] = lambda: None) -> str:
    """The key of the stored PDF of this document, made when there is none."""
    from reports.pdf import render_pdf  # noqa: PLC0415 -- slow import: WeasyPrint

    key = file_key(html, style)
    if files.find(key) is None:
        content = render_pdf(html, style)
        before_storing()
        files.store(key, content, PDF)
    return key
