"""The import of a staff list."""

from django_scopes import scope

from organisations.models import Organisation, StaffImport
from tests.walk.roles import HR, WRONG_METHOD, Expected, World, for_otto, for_roles

SENT_ON = for_roles("hr_advisor", status=302)
ELSEWHERE = for_otto(302)
BASE = "o/<slug:organisation>/staff-list/"
IMPORT = BASE + "<uuid:import_id>/"

EXPECTED: Expected = {
    BASE: {
        # A form without a file is shown again.
        "staff list": (HR, for_roles("hr_advisor", status=422)),
        "staff list of other organisation": (for_otto(), for_otto(422)),
    },
    BASE + "template/": {"staff list template": (HR, WRONG_METHOD)},
    IMPORT: {
        "staff import": (HR, WRONG_METHOD),
        "staff import of other organisation": (for_otto(), WRONG_METHOD),
        "staff import of elsewhere": (for_roles("hr_advisor", status=404), WRONG_METHOD),
    },
    IMPORT + "plan/": {
        "plan of staff import": (HR, WRONG_METHOD),
        "plan of staff import of other organisation": (for_otto(), WRONG_METHOD),
        "plan of staff import of elsewhere": (for_roles("hr_advisor", status=404), WRONG_METHOD),
    },
    IMPORT + "columns/": {"staff import columns": (WRONG_METHOD, SENT_ON)},
    IMPORT + "departments/": {
        "staff import departments": (WRONG_METHOD, SENT_ON),
        "staff import departments of other organisation": (WRONG_METHOD, ELSEWHERE),
    },
    IMPORT + "apply/": {
        "staff import apply": (WRONG_METHOD, SENT_ON),
        "staff import apply of elsewhere": (WRONG_METHOD, for_roles("hr_advisor", status=404)),
    },
    IMPORT + "cancel/": {"staff import cancel": (WRONG_METHOD, SENT_ON)},
}


def addresses(world: World) -> dict[str, str]:
    here = f"{world.base}staff-list/"
    mine = f"{here}{_import(world.cast.organisation)}/"
    foreign_id = _import(world.cast.other_organisation)
    other = f"{world.other_base}staff-list/{foreign_id}/"
    return {
        "staff list": here,
        "staff list of other organisation": f"{world.other_base}staff-list/",
        "staff list template": f"{here}template/",
        "staff import": mine,
        "staff import of other organisation": other,
        "staff import of elsewhere": f"{here}{foreign_id}/",
        "plan of staff import": f"{here}{_import(world.cast.organisation, is_read=True)}/plan/",
        "plan of staff import of other organisation": (
            f"{world.other_base}staff-list/{_import(world.cast.other_organisation, is_read=True)}/plan/"
        ),
        "plan of staff import of elsewhere": f"{here}{_import(world.cast.other_organisation, is_read=True)}/plan/",
        "staff import columns": f"{mine}columns/",
        "staff import departments": f"{mine}departments/",
        "staff import departments of other organisation": f"{other}departments/",
        "staff import apply": f"{mine}apply/",
        "staff import apply of elsewhere": f"{here}{foreign_id}/apply/",
        "staff import cancel": f"{mine}cancel/",
    }


def _import(organisation: Organisation, *, is_read: bool = False) -> str:
    """One that waits to be read, or that was read; no job works on it here."""
    state = StaffImport.State.READ if is_read else StaffImport.State.READING
    with scope(organisation=organisation):
        made = StaffImport.objects.create(
            organisation=organisation, file_name="lijst.csv", content=b"Naam;Afdeling", plan_file=b"x", state=state
        )
    return str(made.pk)
