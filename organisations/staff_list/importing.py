"""One import from upload to result: read it, choose what was unclear, apply it, or leave it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import override
from django_scopes import scope, scopes_disabled

from jobs import running
from jobs.models import Job
from jobs.progress import Progress
from organisations.models import Organisation, StaffImport, User
from organisations.staff_list.applying import apply_entries, record_import
from organisations.staff_list.fingerprint import fingerprint_of, fingerprint_of_missing
from organisations.staff_list.plan_file import plan_file
from organisations.staff_list.planning import Plan, make_plan
from organisations.staff_list.present import present_state
from organisations.staff_list.result import counts_of, emptied_of, result_of
from organisations.staff_list.tables import UnreadableError
from organisations.staff_list.understanding import Understood, remember_columns, understand

READ = "read_staff_list"
APPLY = "apply_staff_list"
KEPT_DAYS = 7
ERASED: dict[str, Any] = {"content": None, "plan_file": None}
State = StaffImport.State


def start_import(organisation: Organisation, user: User, file_name: str, content: bytes) -> StaffImport:
    staff_import = StaffImport.objects.create(
        organisation=organisation, user=user, file_name=file_name[-200:], content=content
    )
    running.request(READ, str(staff_import.pk))
    return staff_import


def newest_job(staff_import: StaffImport) -> Job | None:
    kind = APPLY if staff_import.state == State.APPLYING else READ
    return Job.objects.filter(kind=kind, key=str(staff_import.pk)).order_by("-created_at").first()


# What the HR adviser chooses. Each answers False when the import has gone on meanwhile.


def choose_columns(
    staff_import: StaffImport, fields: Mapping[int, str], sheet: str, options: Mapping[str, str] | None = None
) -> bool:
    """What the columns mean. Another sheet is looked at afresh. `options`: the mark of paths."""
    is_other_sheet = bool(sheet) and sheet != staff_import.result.get("sheet")
    kept = {"heading_row": row} if (row := staff_import.columns.get("heading_row")) else {}
    chosen = {str(index): field for index, field in fields.items()} | kept | dict(options or {})
    columns = {} if is_other_sheet else chosen
    return _read_again(staff_import, columns=columns, sheet=sheet or staff_import.sheet)


def choose_heading_row(staff_import: StaffImport, number: int) -> bool:
    """0: there are no headings. The columns are looked at afresh; nothing is remembered."""
    return _read_again(staff_import, columns={"heading_row": str(number)})


def choose_departments(staff_import: StaffImport, paths: Mapping[str, str]) -> bool:
    """Which department counts for people who have two."""
    return _read_again(
        staff_import, departments={**staff_import.departments, **paths}, columns=_columns_of(staff_import)
    )


def _columns_of(staff_import: StaffImport) -> dict[str, str]:
    """As chosen, else as shown: what another upload teaches us meanwhile changes nothing here."""
    result = staff_import.result
    shown = {str(column["index"]): column["field"] for column in result.get("columns", [])}
    row = {"heading_row": str(result["heading_row"])} if "heading_row" in result else {}
    return {**shown, **row, **staff_import.columns}


def read_again(staff_import: StaffImport) -> bool:
    return _read_again(staff_import)


def _read_again(staff_import: StaffImport, **changes: object) -> bool:
    with transaction.atomic():
        is_ours = _in_state(staff_import, State.READ, State.READING).update(state=State.READING, **changes)
        if is_ours:
            running.request(READ, str(staff_import.pk))
    return bool(is_ours)


def request_apply(staff_import: StaffImport, *, is_complete: bool) -> bool:
    """False also when there are faults left."""
    if not staff_import.result.get("counts") or staff_import.result["counts"]["faults"]:
        return False
    with transaction.atomic():
        ready = _in_state(staff_import, State.READ, State.APPLYING)
        is_ours = ready.update(state=State.APPLYING, file_is_complete=is_complete)
        if is_ours:
            running.request(APPLY, str(staff_import.pk))
    return bool(is_ours)


def cancel(staff_import: StaffImport) -> bool:
    waiting = _in_state(staff_import, State.READING, State.READ, State.UNREADABLE)
    return bool(waiting.update(**ERASED, state=State.CANCELLED, result={}, columns={}, departments={}))


def _in_state(staff_import: StaffImport, *states: StaffImport.State) -> QuerySet[StaffImport]:
    return StaffImport.objects.filter(pk=staff_import.pk, state__in=states)


# The jobs; their key is the import's id.


def read_work(key: str, progress: Progress) -> str:
    staff_import = _find(key)
    with scope(organisation=staff_import.organisation):
        if staff_import.state != State.READING or staff_import.content is None:
            return staff_import.state
        progress.report(1, 4)
        try:
            understood = _understand(staff_import, staff_import.columns)
            progress.report(3, 4)
            present = present_state(staff_import.organisation)
            plan = make_plan(understood.entries, present, staff_import.departments)
            state, shown = State.READ, _shown(staff_import, understood, plan)
        except UnreadableError as fault:
            state, shown = State.UNREADABLE, {"result": {"unreadable": fault.code, "detail": fault.detail}}
        progress.report(4, 4)
        _in_state(staff_import, State.READING).update(state=state, **shown)
        if state == State.UNREADABLE:
            _in_state(staff_import, State.UNREADABLE).update(**ERASED)
        return state


def apply_work(key: str, progress: Progress) -> str:
    """Safe to repeat: what was applied is no longer in the state for it."""
    staff_import = _find(key)
    with scope(organisation=staff_import.organisation):
        if staff_import.state != State.APPLYING or staff_import.content is None:
            return staff_import.state
        progress.report(1, 4)
        understood = _understand(staff_import, _columns_of(staff_import))
        progress.report(2, 4)

        def finish(plan: Plan) -> None:
            # Whoever lost the job to another worker stops here, and stores nothing.
            progress.report(4, 4)
            _finish(staff_import, understood, plan)

        plan = apply_entries(
            staff_import.organisation,
            understood.entries,
            staff_import.departments,
            is_complete=staff_import.file_is_complete,
            is_wanted=lambda plan: _is_as_shown(staff_import, plan),
            before_storing=finish,
        )
        if plan.is_valid and _is_as_shown(staff_import, plan):
            return State.APPLIED
        # The staff list has changed since the file was read: show what would happen now, or what is wrong.
        shown = _shown(staff_import, understood, plan)
        shown["result"]["has_changed"] = True
        _in_state(staff_import, State.APPLYING).update(state=State.READ, **shown)
        return State.READ


def _shown(staff_import: StaffImport, understood: Understood, plan: Plan) -> dict[str, Any]:
    """What is kept of a reading: for the page, and as a file."""
    columns = {str(column.index): column.field for column in understood.layout.columns}
    are_chosen = any(name.isdigit() for name in staff_import.columns)
    guessed = staff_import.result.get("guessed") if are_chosen else None
    language = (staff_import.user.language if staff_import.user else "") or staff_import.organisation.language
    with override(language):
        file = plan_file(plan)
    return {"result": result_of(understood, plan) | {"guessed": guessed or columns}, "plan_file": file}


def _is_as_shown(staff_import: StaffImport, plan: Plan) -> bool:
    result = staff_import.result
    if staff_import.file_is_complete and result.get("fingerprint_of_missing") != fingerprint_of_missing(plan):
        return False
    return bool(result.get("fingerprint") == fingerprint_of(plan))


def _understand(staff_import: StaffImport, columns: Mapping[str, str]) -> Understood:
    return understand(
        staff_import.organisation,
        bytes(staff_import.content or b""),
        sheet=staff_import.sheet,
        columns=columns,
    )


def _finish(staff_import: StaffImport, understood: Understood, plan: Plan) -> None:
    counts = counts_of(plan)
    if not staff_import.file_is_complete:
        counts |= {"still_here": counts["missing"], "missing": 0}
    emptied = [*plan.emptied, *(plan.emptied_if_complete if staff_import.file_is_complete else [])]
    result = {"counts": counts} | ({"emptied": emptied_of(emptied)} if emptied else {})
    _in_state(staff_import, State.APPLYING).update(
        **ERASED, state=State.APPLIED, applied_at=timezone.now(), columns={}, departments={}, result=result
    )
    _remember_corrections(staff_import, understood)
    record_import(staff_import.organisation, plan, staff_import.file_name, staff_import.user)


def _remember_corrections(staff_import: StaffImport, understood: Understood) -> None:
    """What somebody said a heading means, where we had thought otherwise."""
    guessed = staff_import.result.get("guessed", {})
    corrected = {
        column.key: column.field
        for column in understood.layout.columns
        if column.field != guessed.get(str(column.index), column.field)
    }
    remember_columns(staff_import.organisation, corrected)


def _find(key: str) -> StaffImport:
    with scopes_disabled():
        return StaffImport.objects.select_related("organisation", "user").get(pk=UUID(key))


def erase_old() -> None:
    """Every day: what nobody finished in a week is cancelled, and its file erased."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    with scopes_disabled():
        forgotten = StaffImport.objects.filter(created_at__lt=before, state__in=StaffImport.OPEN)
        forgotten.update(**ERASED, state=State.EXPIRED, result={}, columns={}, departments={})
