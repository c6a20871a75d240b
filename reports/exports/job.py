"""Make a file of figures, as a job. The web process only asks for it and hands it out."""

from uuid import UUID

from django.conf import settings
from django_scopes import scope

from jobs import files
from jobs.models import StoredFile
from jobs.progress import Progress
from reports.exports.formats import FORMATS
from reports.exports.software import fingerprint
from reports.models import Change
from reports.published import Published, PublishedUnit, read_release, release_of
from reports.remarks import approved_remarks

KIND = "export"
WHOLE = "round"
"""In a job's key, in the place of a unit."""


def job_key(published: Published, unit: PublishedUnit | None, format_code: str, language: str) -> str:
    return f"{published.release.pk} {unit.id if unit else WHOLE} {format_code} {language}"


def file_key(published: Published, unit: PublishedUnit | None, format_code: str, language: str) -> str:
    """Of everything that the file is made from. A release never changes; what its organisation is called may."""
    return files.key_of(KIND, job_key(published, unit, format_code, language), *made_from(published))


def made_from(published: Published) -> tuple[str, ...]:
    round_ = published.round
    names = (one.path for one in published.units)
    organisation = round_.organisation
    said = (settings.BASE_URL, organisation.name, organisation.slug, round_.title, round_.slug)
    return (fingerprint(), *said, *_beside(published), *names)


def _beside(published: Published) -> tuple[str, ...]:
    """What is frozen once, but later than the release: changes since an earlier scan, and remarks."""
    changes = Change.objects.filter(release=published.release).order_by("pk").values_list("pk", flat=True)
    return (*map(str, changes), "remarks" if approved_remarks(published.round) else "")


def find_file(published: Published, unit: PublishedUnit | None, format_code: str, language: str) -> StoredFile | None:
    return files.find(file_key(published, unit, format_code, language))


def work(key: str, progress: Progress) -> str:
    """The job; its key is made by `job_key`. Answers the key of the stored file."""
    release_id, unit_id, format_code, language = key.split(" ")
    release = release_of(release_id)
    with scope(organisation=release.round.organisation):
        published = read_release(release)
        unit = None if unit_id == WHOLE else published.by_id[UUID(unit_id)]
        stored = file_key(published, unit, format_code, language)
        if files.find(stored) is None:
            content = FORMATS[format_code].write(published, unit, language)
            progress.report(1, 1)
            files.store(stored, content, FORMATS[format_code].content_type)
    return stored
