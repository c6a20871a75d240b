"""Mailings."""

from django_scopes import scope

from scan.models import Delivery, Mailing, Round
from tests.walk.roles import HR, LOGIN, METHOD, Expected, World, for_otto, for_roles

MAIL = "o/<slug:organisation>/r/<slug:round_slug>/mail/"
WRONG = METHOD | {"nobody": LOGIN}
SENT_BACK = for_roles("hr_advisor", status=302)
FAULTY = for_roles("hr_advisor", status=422)
NOT_THERE = for_roles("hr_advisor", status=404)

EXPECTED: Expected = {
    MAIL: {
        "mailings of open round": (HR, WRONG),
        "mailings of closed round": (HR, WRONG),
        "mailings of other organisation": (for_otto(), WRONG),
    },
    MAIL + "reminder/": {
        "add reminder": (WRONG, FAULTY),
        "add reminder elsewhere": (WRONG, for_otto(422)),
    },
    MAIL + "results/": {
        "plan results": (WRONG, FAULTY),
        "plan results of closed round": (WRONG, FAULTY),
        "plan results elsewhere": (WRONG, for_otto(422)),
    },
    MAIL + "hours/": {
        "change hours": (WRONG, FAULTY),
        "change hours of closed round": (WRONG, SENT_BACK),
        "change hours elsewhere": (WRONG, for_otto(302)),
    },
    MAIL + "example/": {
        "example mail": (WRONG, FAULTY),
        "example mail elsewhere": (WRONG, for_otto(422)),
    },
    MAIL + "<uuid:mailing_id>/move/": {
        "move mailing": (WRONG, FAULTY),
        "move mailing of other round": (WRONG, NOT_THERE),
    },
    MAIL + "<uuid:mailing_id>/<mailing_action:action>/": {
        "cancel mailing": (WRONG, SENT_BACK),
        "stop mailing": (WRONG, SENT_BACK),
        "resume mailing": (WRONG, SENT_BACK),
        "end mailing": (WRONG, SENT_BACK),
        "send refused again": (WRONG, SENT_BACK),
        "stop mailing of other round": (WRONG, NOT_THERE),
        "stop mailing elsewhere": (WRONG, for_otto(302)),
    },
    MAIL + "delivery/<uuid:delivery_id>/again/": {
        "send again": (WRONG, SENT_BACK),
        "send again of other round": (WRONG, NOT_THERE),
    },
}


def addresses(world: World) -> dict[str, str]:
    running, closed, elsewhere = world.running, world.closed, world.closed_elsewhere
    mail = f"{world.base}r/{running.slug}/mail/"
    other_mail = f"{world.other_base}r/{elsewhere.slug}/mail/"
    here, of_closed, of_other = _mailing(running), _mailing(closed), _mailing(elsewhere)
    return {
        "mailings of open round": mail,
        "mailings of closed round": f"{world.base}r/{closed.slug}/mail/",
        "mailings of other organisation": other_mail,
        "add reminder": f"{mail}reminder/",
        "add reminder elsewhere": f"{other_mail}reminder/",
        "plan results": f"{mail}results/",
        "plan results of closed round": f"{world.base}r/{closed.slug}/mail/results/",
        "plan results elsewhere": f"{other_mail}results/",
        "change hours": f"{mail}hours/",
        "change hours of closed round": f"{world.base}r/{closed.slug}/mail/hours/",
        "change hours elsewhere": f"{other_mail}hours/",
        "example mail": f"{mail}example/",
        "example mail elsewhere": f"{other_mail}example/",
        "move mailing": f"{mail}{here.pk}/move/",
        "move mailing of other round": f"{mail}{of_closed.pk}/move/",
        "cancel mailing": f"{mail}{here.pk}/cancel/",
        "stop mailing": f"{mail}{here.pk}/stop/",
        "resume mailing": f"{mail}{here.pk}/resume/",
        "end mailing": f"{mail}{here.pk}/end/",
        "send refused again": f"{mail}{here.pk}/again/",
        "stop mailing of other round": f"{mail}{of_closed.pk}/stop/",
        "stop mailing elsewhere": f"{other_mail}{of_other.pk}/stop/",
        "send again": f"{mail}delivery/{_refused(here)}/again/",
        "send again of other round": f"{mail}delivery/{_refused(of_closed)}/again/",
    }


def _mailing(round_: Round) -> Mailing:
    """One more that has been sent: nothing can be done with it any more, so the walk changes nothing."""
    with scope(organisation=round_.organisation):
        return Mailing.objects.create(
            round=round_, kind=Mailing.Kind.SINGLE, number=99, state=Mailing.State.DONE, planned_on=round_.opens_on
        )


def _refused(mailing: Mailing) -> str:
    """A row that cannot be sent again: it has no invitation, as after closing."""
    with scope(organisation=mailing.round.organisation):
        row = Delivery.objects.create(mailing=mailing, state=Delivery.State.REFUSED, code="550")
        return str(row.pk)
