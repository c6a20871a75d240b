"""Make the PDF of a shared report, as a job: the unit's own, without remarks."""

from uuid import UUID

from django_scopes import scope

from jobs import files
from jobs.models import StoredFile
from jobs.progress import Progress
from reports.document import document, file_key, stylesheet
from reports.pdf_job import job_key, store_pdf
from reports.published import Published, PublishedUnit, read_release, release_of

KIND = "shared_pdf"

__all__ = ["KIND", "find_pdf", "job_key", "work"]


def find_pdf(published: Published, unit: PublishedUnit, language: str) -> StoredFile | None:
    """The same file as the unit's own, where that holds no remarks: it is made once."""
    return files.find(file_key(document(published, unit, language, with_remarks=False), stylesheet()))


def work(key: str, progress: Progress) -> str:
    """The job; its key is made by `job_key`, and holds no link. Answers the key of the stored file."""
    release_id, unit_id, language = key.split(" ")
    release = release_of(release_id)
    with scope(organisation=release.round.organisation):
        published = read_release(release)
        html = document(published, published.by_id[UUID(unit_id)], language, with_remarks=False)
        return store_pdf(html, stylesheet(), progress)
