"""Make the PDF of the privacy file, as a job."""

from uuid import UUID

from django_scopes import scope, scopes_disabled

from jobs import files
from jobs.models import StoredFile
from jobs.progress import Progress
from reports.document import file_key
from reports.pdf_job import store_pdf
from reports.privacy_file import document, style
from scan.models import Round

KIND = "privacy_file"


def job_key(round_: Round, language: str) -> str:
    return f"{round_.pk} {language}"


def find_pdf(round_: Round, language: str) -> StoredFile | None:
    """Made from the settings as they are now. Raises InputError for a round that can have none."""
    return files.find(file_key(document(round_, language), style()))


def work(key: str, progress: Progress) -> str:
    """The job; its key is made by `job_key`. Answers the key of the stored file."""
    round_id, language = key.split(" ")
    with scopes_disabled():
        round_ = Round.objects.select_related("organisation").get(pk=UUID(round_id))
    with scope(organisation=round_.organisation):
        return store_pdf(document(round_, language), style(), progress)
