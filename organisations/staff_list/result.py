"""What an import found, as data that is kept with it and shown: counts, names, findings, columns."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from itertools import islice
from typing import Any

from organisations.staff_list.findings import Finding
from organisations.staff_list.fingerprint import fingerprint_of, fingerprint_of_missing
from organisations.staff_list.notes import note_data
from organisations.staff_list.planning import Emptied, Plan, Target
from organisations.staff_list.understanding import Understood

SHOWN = 50
SHOWN_FINDINGS = 200
SHOWN_QUESTIONS = 100


def counts_of(plan: Plan) -> dict[str, Any]:
    left_out = Counter(left.reason for left in plan.left_out)
    return {
        "added": len(plan.added),
        "changed": len(plan.changed),
        "moved": len(plan.moved),
        "unchanged": plan.unchanged,
        "without_address": plan.without_address,
        "left_out": sum(left_out.values()),
        "left_out_by_reason": dict(left_out),
        "gone": sum(leaving.said_by_file for leaving in plan.leaving),
        "missing": sum(not leaving.said_by_file for leaving in plan.leaving),
        "new_departments": len(plan.new_departments),
        "faults": len(plan.faults),
        "corrections": len(plan.corrections),
        "questions": sum(not question.chosen for question in plan.questions),
    }


def result_of(understood: Understood, plan: Plan) -> dict[str, Any]:
    layout = understood.layout
    names = {left.row: left.name for left in plan.left_out} | {one.row: one.name for one in understood.entries.people}
    return {
        "counts": counts_of(plan),
        "sheet": understood.sheet,
        "sheets": understood.sheets,
        "heading_row": layout.heading_row,
        "first_rows": [[row.number, " · ".join(filter(None, row.cells))[:80]] for row in layout.first_rows],
        "mark": layout.mark,
        "notes": [note_data(note) for note in understood.entries.notes],
        "columns": [asdict(column) | {"letter": column.letter} for column in layout.columns],
        "added": [_named(target) | {"to": target.path} for target in plan.added[:SHOWN]],
        "changed": [_changed(target) for target in plan.changed[:SHOWN]],
        "moved": [_moved(target) for target in plan.moved[:SHOWN]],
        "left_out": [{"row": left.row, "name": left.name, "reason": left.reason} for left in plan.left_out[:SHOWN]],
        "gone": [leaving.person.label for leaving in plan.leaving if leaving.said_by_file][:SHOWN],
        "missing": [leaving.person.label for leaving in plan.leaving if not leaving.said_by_file][:SHOWN],
        "new_departments": plan.new_departments[:SHOWN],
        "faults": _findings(plan.faults, names),
        "corrections": _findings(plan.corrections, names),
        "questions": _questions(plan),
        "renamed": list(plan.renamed.items())[:SHOWN],
        "emptied": emptied_of(plan.emptied),
        "emptied_if_complete": emptied_of(plan.emptied_if_complete),
        "fingerprint": fingerprint_of(plan),
        "fingerprint_of_missing": fingerprint_of_missing(plan),
    }


def _questions(plan: Plan) -> list[dict[str, Any]]:
    """Those without an answer first, so that each save brings the next ones. `place`: the same in every reading."""
    questions = [asdict(question) | {"place": place} for place, question in enumerate(plan.questions)]
    return sorted(questions, key=lambda question: bool(question["chosen"]))[:SHOWN_QUESTIONS]


def emptied_of(departments: Iterable[Emptied]) -> list[dict[str, Any]]:
    return [asdict(emptied) for emptied in islice(departments, SHOWN)]


def _named(target: Target) -> dict[str, Any]:
    return {"row": target.row, "name": target.name, "number": target.number}


def _changed(target: Target) -> dict[str, Any]:
    changes = [
        {"field": field, "was": _shown(target.was, field), "is": _shown(target, field)} for field in target.fields
    ]
    return _named(target) | {"changes": changes}


def _shown(side: object, field: str) -> Any:
    value = getattr(side, field, None)
    return value if value is None or isinstance(value, bool | str) else str(value)


def _moved(target: Target) -> dict[str, Any]:
    return _named(target) | {"from": target.was_path, "to": target.path}


def _findings(findings: Iterable[Finding], names: Mapping[int, str]) -> list[dict[str, Any]]:
    """`names`: whom a row is about."""
    shown = islice(findings, SHOWN_FINDINGS)
    return [asdict(finding) | {"name": names.get(finding.row, "")} for finding in shown]
