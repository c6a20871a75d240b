"""Make the PDF of a conversation card, as a job."""

from uuid import UUID

from django_scopes import scope, scopes_disabled

from jobs import files
from jobs.models import StoredFile
from jobs.progress import Progress
from reports.document import file_key
from reports.learning.card import document, style
from reports.models import LearningPair
from reports.pdf_job import store_pdf
from scan.tree import Tree, tree_of

KIND = "card_pdf"


def job_key(pair: LearningPair, language: str) -> str:
    return f"{pair.pk} {language}"


def find_pdf(pair: LearningPair, tree: Tree, language: str) -> StoredFile | None:
    return files.find(file_key(document(pair, tree, language), style()))


def work(key: str, progress: Progress) -> str:
    """The job; its key is made by `job_key`. Answers the key of the stored file."""
    pair_id, language = key.split(" ")
    with scopes_disabled():
        pair = LearningPair.objects.select_related("release__round__organisation").get(pk=UUID(pair_id))
    with scope(organisation=pair.release.round.organisation):
        return store_pdf(document(pair, tree_of(pair.release.round), language), style(), progress)
