"""Make the PDF of the summary for the board, as a job."""

from django_scopes import scope

from jobs import files
from jobs.models import StoredFile
from jobs.progress import Progress
from reports.board.summary import document, style
from reports.document import file_key
from reports.pdf_job import store_pdf
from reports.published import Published, read_release, release_of

KIND = "board_pdf"


def job_key(published: Published, language: str) -> str:
    return f"{published.release.pk} {language}"


def find_pdf(published: Published, language: str) -> StoredFile | None:
    return files.find(file_key(document(published, language), style()))


def work(key: str, progress: Progress) -> str:
    """The job; its key is made by `job_key`. Answers the key of the stored file."""
    release_id, language = key.split(" ")
    release = release_of(release_id)
    with scope(organisation=release.round.organisation):
        return store_pdf(document(read_release(release), language), style(), progress)
