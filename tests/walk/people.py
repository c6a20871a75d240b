"""Departments and people, of the organisation and of a round that is open."""

from django_scopes import scope

from organisations.models import Department, Organisation, Person
from tests.cast import add_people
from tests.walk.roles import HR, WRONG_METHOD, Expected, World, for_otto, for_roles

ROUND = "o/<slug:organisation>/r/<slug:round_slug>/"
FAULT = for_roles("hr_advisor", status=422)
BAD = for_roles("hr_advisor", status=400)
SENT_ON = for_roles("hr_advisor", status=302)
NOT_THERE = for_roles("hr_advisor", status=404)
# Of the other organisation, asked for under its own name: only Otto.
OTTO_BAD = for_otto(400)

EXPECTED: Expected = {
    "o/<slug:organisation>/departments/": {
        "departments": (HR, FAULT),
        "departments elsewhere": (for_otto(), for_otto(422)),
    },
    "o/<slug:organisation>/departments/<uuid:department_id>/": {
        "department": (HR, BAD),
        "the organisation as a department": (HR, BAD),
        "department elsewhere": (for_otto(), OTTO_BAD),
        "department of elsewhere here": (NOT_THERE, NOT_THERE),
    },
    "o/<slug:organisation>/people/": {
        "people": (HR, WRONG_METHOD),
        "people elsewhere": (for_otto(), WRONG_METHOD),
    },
    "o/<slug:organisation>/people/new/": {
        "new person": (HR, FAULT),
        "new person elsewhere": (for_otto(), for_otto(422)),
    },
    "o/<slug:organisation>/people/<uuid:person_id>/": {
        "person": (HR, BAD),
        "person elsewhere": (for_otto(), OTTO_BAD),
        "person of elsewhere here": (NOT_THERE, NOT_THERE),
    },
    ROUND + "people/": {
        "people of a round": (HR, WRONG_METHOD),
        "people of a closed round": (SENT_ON, WRONG_METHOD),
        "people of a round elsewhere": (for_otto(302), WRONG_METHOD),
    },
    ROUND + "people/<uuid:person_id>/": {
        "person of a round": (HR, BAD),
        "person without a link": (HR, BAD),
        "person of elsewhere in a round": (NOT_THERE, NOT_THERE),
        "person of a closed round": (SENT_ON, SENT_ON),
    },
}


def addresses(world: World) -> dict[str, str]:
    here, there = world.cast.organisation, world.cast.other_organisation
    department, person = _department(here), _person(here, with_link=True)
    foreign, stranger = _department(there), _person(there)
    round_ = f"{world.base}r/{world.running.slug}/people/"
    return {
        "departments": f"{world.base}departments/",
        "departments elsewhere": f"{world.other_base}departments/",
        "department": f"{world.base}departments/{department}/",
        "the organisation as a department": f"{world.base}departments/{_department(here, '')}/",
        "department elsewhere": f"{world.other_base}departments/{foreign}/",
        "department of elsewhere here": f"{world.base}departments/{foreign}/",
        "people": f"{world.base}people/",
        "people elsewhere": f"{world.other_base}people/",
        "new person": f"{world.base}people/new/",
        "new person elsewhere": f"{world.other_base}people/new/",
        "person": f"{world.base}people/{person}/",
        "person elsewhere": f"{world.other_base}people/{stranger}/",
        "person of elsewhere here": f"{world.base}people/{stranger}/",
        "people of a round": round_,
        "people of a closed round": f"{world.base}r/leerscan-2026/people/",
        "people of a round elsewhere": f"{world.other_base}r/leerscan-2026/people/",
        "person of a round": f"{round_}{person}/",
        "person without a link": f"{round_}{_person(here)}/",
        "person of elsewhere in a round": f"{round_}{stranger}/",
        "person of a closed round": f"{world.base}r/leerscan-2026/people/{person}/",
    }


def _department(organisation: Organisation, path: str = "Zorg") -> str:
    with scope(organisation=organisation):
        return str(Department.objects.get(path=path, archived_on=None).pk)


def _person(organisation: Organisation, *, with_link: bool = False) -> str:
    """Somebody on the staff list: one who takes part in the running round, or a new one who does not."""
    with scope(organisation=organisation):
        if with_link:
            return str(Person.objects.filter(department__path="Zorg / Wijkteam Oost").earliest("number").pk)
        return str(add_people(Department.objects.get(path="Facilitair"), 1)[0].pk)
