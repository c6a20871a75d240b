"""Whoever watches the installation: machines, and the technical administrator."""

from jobs.models import Job
from tests.walk.roles import LOGIN, METHOD, PUBLIC, ROLES, Expected, Statuses, World

# Here a member of an organisation is a stranger.
ADMINISTRATOR: Statuses = dict.fromkeys(ROLES, 404) | {"administrator": 200, "nobody": LOGIN}
WRONG_METHOD = METHOD | {"nobody": LOGIN}
NOBODY_MAY = dict.fromkeys(ROLES, 404)

EXPECTED: Expected = {
    "healthz": {"healthz": (PUBLIC, METHOD)},
    "readyz": {"readyz": (PUBLIC, METHOD)},
    # Without its word, for everybody the page that does not exist.
    "metrics": {"metrics": (NOBODY_MAY, METHOD)},
    "installation/": {"installation": (ADMINISTRATOR, WRONG_METHOD)},
    "installation/jobs/<uuid:job_id>/again/": {
        "job again": (WRONG_METHOD, ADMINISTRATOR | {"administrator": 302}),
    },
    "installation/test-mail/": {"test mail": (WRONG_METHOD, ADMINISTRATOR | {"administrator": 302})},
}


def addresses(world: World) -> dict[str, str]:
    failed = Job.objects.create(kind="close_round", key=str(world.closed_elsewhere.pk), state=Job.State.FAILED)
    return {
        "healthz": "/healthz",
        "readyz": "/readyz",
        "metrics": "/metrics",
        "installation": "/installation/",
        "job again": f"/installation/jobs/{failed.pk}/again/",
        "test mail": "/installation/test-mail/",
    }
