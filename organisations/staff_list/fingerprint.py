"""By which is known that an import still does what was shown: everybody whom it touches, and what becomes of them."""

import hashlib
from collections.abc import Iterable

from organisations.staff_list.planning import Plan, Target


def fingerprint_of(plan: Plan) -> str:
    """Of what is done in any case. Days are no part of it: somebody who left "today" still has left tomorrow."""
    said = sorted(str(leaving.person.id) for leaving in plan.leaving if leaving.said_by_file)
    left_out = [(left.row, left.reason) for left in plan.left_out]
    freed = sorted(map(str, plan.freed))
    return _hash([*map(_said_of, plan.targets), said, freed, plan.new_departments, left_out, plan.unchanged])


def fingerprint_of_missing(plan: Plan) -> str:
    """Of who leaves only when the file is complete."""
    return _hash(sorted(str(leaving.person.id) for leaving in plan.leaving if not leaving.said_by_file))


def _said_of(target: Target) -> tuple[object, ...]:
    before = (target.id, target.was_path, [str(getattr(target.was, name, "")) for name in target.fields])
    values = (target.number, target.given_name, target.infix, target.family_name, target.email, target.language)
    return (*before, *values, target.is_leader, target.path)


def _hash(parts: Iterable[object]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(repr(part).encode())
    return digest.hexdigest()
