"""All PDFs of a round, as a job. It can be stopped at any point: what was made is kept by its content, and used again.

What it stores is a list of names and stored PDFs; who asks for the ZIP gets them one after another (jobs/archive.py).
"""

from django_scopes import scope

from jobs import archive, files
from jobs.models import StoredFile
from jobs.progress import Progress
from reports.document import document, file_name, stylesheet
from reports.exports.job import made_from
from reports.pdf_job import keep_pdf
from reports.published import Published, read_release, release_of

KIND = "all_pdfs"
FORMAT = "zip"
"""In addresses and the command, beside the formats of figures."""


def job_key(published: Published, language: str) -> str:
    return f"{published.release.pk} {language}"


def list_key(published: Published, language: str) -> str:
    return files.key_of(KIND, job_key(published, language), *made_from(published))


def find_list(published: Published, language: str) -> StoredFile | None:
    return files.find(list_key(published, language))


def work(key: str, progress: Progress) -> str:
    """The job; its key is made by `job_key`. Answers the key of the stored list."""
    release_id, language = key.split(" ")
    release = release_of(release_id)
    with scope(organisation=release.round.organisation):
        published = read_release(release)
        units, entries = published.units, []
        for number, unit in enumerate(units):
            progress.report(number, len(units))
            stored = keep_pdf(document(published, unit, language), stylesheet())
            entries.append((file_name(published, unit, language), stored))
        progress.report(len(units), len(units))
        stored = list_key(published, language)
        archive.store_list(stored, entries)
    return stored
