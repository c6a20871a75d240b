"""Once a day: what changed in rounds of which that is not frozen yet, such as those closed by an older version."""

import logging

from django_scopes import scope, scopes_disabled

from organisations.models import Organisation
from reports.models import Release

logger = logging.getLogger(__name__)


def freeze_missing() -> None:
    """Of all organisations, also when one of them fails: that one is tried again tomorrow."""
    from reports.over_time.freezing import freeze_changes  # noqa: PLC0415 -- slow import: scipy

    with scopes_disabled():
        with_results = Release.objects.values("round__organisation")
        organisations = list(Organisation.objects.filter(pk__in=with_results).order_by("slug"))
    faults = []
    for organisation in organisations:
        try:
            with scope(organisation=organisation):
                freeze_changes(organisation)
        except Exception as fault:
            logger.exception("what changed in %s could not be frozen", organisation.slug)
            faults.append(fault)
    if faults:
        raise faults[0]
