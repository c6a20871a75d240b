"""Bring a staff list in from the command line."""

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from jobs.arguments import a_path
from organisations.commands import InputError, OwnCommand
from organisations.staff_list.fields import Field
from organisations.staff_list.findings import Finding, Kind
from organisations.staff_list.loading import Loaded, Told, import_file
from organisations.staff_list.notes import note_text
from organisations.staff_list.planning import Emptied, Target
from organisations.staff_list.wording import field_name, place, problem, reason, remedy


class Command(OwnCommand):
    help = "Bring a staff list (CSV or XLSX) in: all of it, or nothing when there are faults (exit code 1)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("organisation", help="its name, or its short name in addresses")
        parser.add_argument("file", type=a_path, help="CSV or XLSX as the HR system exports it")
        parser.add_argument("--create", action="store_true", help="make the organisation when there is none")
        parser.add_argument("--dry-run", action="store_true", help="show what would change, store nothing")
        parser.add_argument("--complete", action="store_true", help="whoever is not in the file has left")
        parser.add_argument(
            "--department-of",
            action="append",
            default=[],
            metavar="NUMBER=PATH",
            help="the department that counts for somebody with two (staff number or address)",
        )
        parser.add_argument("--sheet", default="", metavar="NAME", help="the sheet of the workbook to read")
        parser.add_argument(
            "--column",
            action="append",
            default=[],
            metavar="HEADING=FIELD",
            help=f"what a column holds: {', '.join(Field.values)}; nothing after the = sign: not used",
        )

    def work(self, options: dict[str, Any]) -> None:
        told = Told(options["sheet"], _columns(options["column"]), _choices(options["department_of"]))
        done = import_file(
            options["organisation"],
            options["file"],
            told,
            create=options["create"],
            dry_run=options["dry_run"],
            is_complete=options["complete"],
        )
        self._columns(done)
        self._list(_("Look at this first"), [note_text(note) for note in done.understood.entries.notes])
        self._people(done, is_complete=options["complete"])
        self._findings(done)
        if not done.plan.is_valid:
            raise InputError(_("Nothing was changed. Correct the faults in the file and import it again."))
        if options["dry_run"]:
            self.stdout.write(_("No faults. This was a dry run: nothing was stored."))
        else:
            self.stdout.write(_("The staff list of %(name)s is up to date.") % {"name": done.organisation.name})

    def _columns(self, done: Loaded) -> None:
        if done.understood.sheet:
            self.stdout.write(_("Sheet: %(name)s") % {"name": done.understood.sheet})
        if others := [name for name in done.understood.sheets if name != done.understood.sheet]:
            self.stdout.write(_("Not read: %(names)s (choose with --sheet)") % {"names": ", ".join(others)})
        for column in done.understood.layout.columns:
            meaning = Field(column.field).label if column.field else _("not used")
            self.stdout.write(f"{column.letter} {column.heading}: {meaning}")

    def _people(self, done: Loaded, *, is_complete: bool) -> None:
        plan = done.plan
        self._list(_("Added"), [f"{_named(target)}: {_path(target.path)}" for target in plan.added])
        self._list(_("Changed"), [f"{_named(target)}: {_fields(target)}" for target in plan.changed])
        self._list(
            _("Moved"), [f"{_named(target)}: {target.was_path or '/'} → {_path(target.path)}" for target in plan.moved]
        )
        self._list(_("Left out"), [f"{_row(left.row)} {left.name}: {reason(left.reason)}" for left in plan.left_out])
        gone = [leaving.person.label for leaving in plan.leaving if leaving.said_by_file or is_complete]
        self._list(_("Has left"), gone)
        missing = [leaving.person.label for leaving in plan.leaving if not leaving.said_by_file and not is_complete]
        self._list(_("On our staff list but not in the file (they stay)"), missing)
        self._list(_("New departments"), plan.new_departments)
        self._list(_("Called otherwise here"), [f"{was} → {_path(now)}" for was, now in plan.renamed.items()])
        emptied = [*plan.emptied, *(plan.emptied_if_complete if is_complete else [])]
        self._list(_("Nobody is left in"), [_with_managers(each) for each in emptied])
        self.stdout.write(_("Unchanged: %(count)s") % {"count": plan.unchanged})

    def _findings(self, done: Loaded) -> None:
        self._list(_("Put right"), [_sentence(finding) for finding in done.plan.corrections])
        self._list(_("Faults"), [_sentence(finding) for finding in done.plan.faults])
        for question in done.plan.questions:
            if not question.chosen:
                options = ", ".join(f'--department-of "{question.key}={path}"' for _row, path in question.options)
                self.stdout.write(_("%(name)s: add one of %(options)s") % {"name": question.name, "options": options})

    def _list(self, title: str, lines: list[str]) -> None:
        self.stdout.write(f"{title}: {len(lines)}")
        for line in lines:
            self.stdout.write(f"  {line}")


def _choices(texts: list[str]) -> dict[str, str]:
    choices = {}
    for text in texts:
        key, equals, path = text.partition("=")
        if not equals or not key.strip() or not path.strip():
            raise InputError(
                _("“%(text)s” names no department; write number=department, such as 10059=Care / Night shift.")
                % {"text": text}
            )
        choices[key.strip()] = path.strip()
    return choices


def _columns(texts: list[str]) -> dict[str, str]:
    columns = {}
    for text in texts:
        heading, equals, meaning = (part.strip() for part in text.rpartition("="))
        if not equals or not heading or (meaning and meaning not in Field.values):
            raise InputError(
                _("“%(text)s” says of no column what it holds; write heading=field, with one of: %(fields)s.")
                % {"text": text, "fields": ", ".join(Field.values)}
            )
        columns[heading] = meaning
    return columns


def _with_managers(emptied: Emptied) -> str:
    if not emptied.managers:
        return emptied.path
    names = ", ".join(emptied.managers)
    return _("%(path)s (has a role for it: %(names)s)") % {"path": emptied.path, "names": names}


def _named(target: Target) -> str:
    return f"{_row(target.row)} {target.name}"


def _path(path: str) -> str:
    """The organisation itself has none."""
    return path or "/"


def _row(number: int) -> str:
    return _("row %(row)s") % {"row": number}


def _fields(target: Target) -> str:
    return ", ".join(field_name(name) for name in target.fields)


def _sentence(finding: Finding) -> str:
    value = f" “{finding.value}”" if finding.value and finding.kind != Kind.TWO_DEPARTMENTS else ""
    return f"{place(finding)}:{value} {problem(finding)} {_remedy(finding)}"


def _remedy(finding: Finding) -> str:
    """On screen a column is chosen below; here it is said with an option."""
    if finding.kind == Kind.NO_COLUMN:
        return _('Say which one it is: --column "HEADING=%(field)s".') % {"field": finding.other}
    if finding.kind == Kind.NO_NUMBERS:
        return _('If it is not: --column "%(heading)s=". We then go by address and name.') % {"heading": finding.column}
    return remedy(finding)
