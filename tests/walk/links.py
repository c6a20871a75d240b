"""Open links, code sheets, posters."""

from django_scopes import scope

from scan.links import open_links
from scan.links.codes import give_code
from scan.models import Invitation, OpenLink, Round, Unit
from scan.rounds import create_round
from tests.cast import CLOSES, OPENS
from tests.walk.roles import HR, WRONG_METHOD, Expected, World, for_otto, for_roles

LINKS = "o/<slug:organisation>/r/<slug:round_slug>/links/"
ASK = for_roles("hr_advisor", status=302)
NOT_THERE = for_roles("hr_advisor", status=404)

EXPECTED: Expected = {
    LINKS: {
        "links": (HR, WRONG_METHOD),
        "links of a draft": (ASK, WRONG_METHOD),
        "links of a closed round": (ASK, WRONG_METHOD),
        "links of other organisation": (for_otto(302), WRONG_METHOD),
    },
    f"{LINKS}codes/<language:language>/": {"all sheets": (ASK, ASK)},
    f"{LINKS}codes/<language:language>/<uuid:unit_id>/": {
        "sheets": (ASK, ASK),
        "sheets of a foreign unit": (NOT_THERE, NOT_THERE),
    },
    f"{LINKS}poster/<language:language>/<uuid:unit_id>/": {
        "poster": (ASK, ASK),
        "poster of a foreign unit": (NOT_THERE, NOT_THERE),
    },
    f"{LINKS}results/<language:language>/": {"poster of the results": (ASK, ASK)},
    f"{LINKS}limits/<uuid:unit_id>/": {
        "limits": (HR, for_roles("hr_advisor", status=422)),
        "limits of a foreign unit": (NOT_THERE, NOT_THERE),
    },
}


def open_link_in(round_: Round) -> OpenLink:
    """The night shift answers by an open link from now on."""
    with scope(organisation=round_.organisation):
        unit = Unit.objects.filter(round=round_, path_key="zorg / nachtdienst").get()
        unit.has_open_link, unit.expected = True, 500
        unit.save()
        return OpenLink.objects.filter(unit=unit).first() or open_links.make(unit)


def _code_in(round_: Round) -> Unit:
    with scope(organisation=round_.organisation):
        unit = Unit.objects.filter(round=round_, path_key="facilitair / keuken").get()
        invitation = Invitation(round=round_, unit=unit)
        give_code(invitation)
        invitation.save()
        return unit


def addresses(world: World) -> dict[str, str]:
    link, unit = open_link_in(world.running), _code_in(world.running)
    with scope(organisation=world.cast.organisation):
        Round.objects.filter(pk=world.running.pk).update(results_on=CLOSES)
        draft = create_round(world.cast.organisation, "Nog niet", OPENS, CLOSES)
    with scope(organisation=world.cast.other_organisation):
        foreign = Unit.objects.filter(round=world.closed_elsewhere, path_key="zorg / nachtdienst").get()
    links = f"{world.base}r/{world.running.slug}/links/"
    return {
        "links": links,
        "links of a draft": f"{world.base}r/{draft.slug}/links/",
        "links of a closed round": f"{world.base}r/{world.closed.slug}/links/",
        "links of other organisation": f"{world.other_base}r/{world.closed_elsewhere.slug}/links/",
        "all sheets": f"{links}codes/nl/",
        "sheets": f"{links}codes/nl/{unit.pk}/",
        "sheets of a foreign unit": f"{links}codes/nl/{foreign.pk}/",
        "poster": f"{links}poster/nl/{link.pk}/",
        "poster of a foreign unit": f"{links}poster/nl/{foreign.pk}/",
        "poster of the results": f"{links}results/nl/",
        "limits": f"{links}limits/{link.pk}/",
        "limits of a foreign unit": f"{links}limits/{foreign.pk}/",
    }
