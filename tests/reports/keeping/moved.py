"""Looks at an installation that was moved, from a process of its own on PostgreSQL; prints what it found as JSON.

python -m tests.reports.keeping.moved ORGANISATION CLOSED_ROUND OPEN_ROUND UNIT
"""

import json
import sys
from typing import Any


def main(organisation_slug: str, closed_slug: str, open_slug: str, unit: str) -> dict[str, Any]:
    import django  # noqa: PLC0415 -- the environment comes first

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django_scopes import scope  # noqa: PLC0415

    from organisations.models import User  # noqa: PLC0415
    from reports.closing import close_here  # noqa: PLC0415
    from reports.keeping import contents  # noqa: PLC0415
    from reports.models import Release  # noqa: PLC0415
    from scan.answering import drafts  # noqa: PLC0415
    from scan.answering.boxes import Sheet  # noqa: PLC0415
    from scan.answering.submitting import submit  # noqa: PLC0415
    from scan.models import Draft, Invitation, LeftOut, Round  # noqa: PLC0415
    from scan.participants import find_participant  # noqa: PLC0415
    from scan.tokens import token_of  # noqa: PLC0415
    from tests.scan.asking import ALL_AGREE  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    found: dict[str, Any] = {"vendor": connection.vendor, "hashes": contents.release_hashes("default")}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM scan_invitation")
        found["marks"] = cursor.fetchone()[0]
        cursor.execute("SELECT array_agg(id ORDER BY ctid) = array_agg(id ORDER BY id) FROM scan_invitation")
        found["invitations by id"] = cursor.fetchone()[0]
    browser = Client()
    browser.force_login(User.objects.get(email="anna@example.test"), backend=settings.AUTHENTICATION_BACKENDS[0])
    found["page"] = browser.get(f"/o/{organisation_slug}/r/{closed_slug}/u/{unit}/").status_code
    round_ = Round._base_manager.select_related("organisation").get(slug=open_slug)
    with scope(organisation=round_.organisation):
        draft = Draft.objects.get()
        token = token_of(draft.pk)
        participant = find_participant(token)
        found["draft"] = drafts.load(participant).answers
        found["start page"] = Client().get(f"/a/{token}/").status_code
        submit(participant, Sheet(ALL_AGREE))
        found["used"] = Invitation.objects.filter(round=round_, used=True).count()
        # Ids that the database counts go on after those that came along.
        known = LeftOut.objects.values("person")
        person = Invitation.objects.filter(round=round_).exclude(person__in=known)[0].person_id
        found["new id"] = LeftOut.objects.create(round=round_, person_id=str(person)).pk
        close_here(round_)
        found["released"] = Release.objects.filter(round=round_).count()
    return found


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))  # noqa: T201
