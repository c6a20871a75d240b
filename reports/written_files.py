"""Files that commands write: made by a job, here and now."""

from pathlib import Path

from jobs import archive
from jobs.models import StoredFile
from jobs.running import run_here
from organisations.commands import unwritable_file


def write_job_file(kind: str, key: str, file: Path) -> str:
    """Do the job and write what it made; answers where. Raises InputError when it cannot be written."""
    job = run_here(kind, key)
    stored = StoredFile.objects.get(pk=job.result)
    parts = archive.stream(stored) if stored.content_type == archive.LIST else [bytes(stored.content)]
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as out:
            out.writelines(parts)
    except OSError as fault:
        raise unwritable_file(file, fault) from fault
    return str(file)
