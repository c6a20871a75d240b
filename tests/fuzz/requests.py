"""Requests to one address: mostly a form as the page has it, with a few things wrong; sometimes wrong altogether."""

import json
from dataclasses import dataclass
from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

from tests.fuzz.forms import Field
from tests.fuzz.texts import RAW, anything, json_values

URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data; boundary=line"
JSON = "application/json"
OTHER_TYPES = (
    "", "text/plain", "multipart/form-data", "multipart/form-data; boundary=\x7fé", "text/xml; charset=nonsense",
    "application/x-www-form-urlencoded; charset=utf-7", "application/x-www-form-urlencoded; charset=nonsense",
    "multipart/form-data; boundary=" + "x" * 300, "application/json; charset=utf-16",
)  # fmt: skip
FILE_NAMES = (
    "lijst.csv", "../../etc/passwd", "C:\\temp\\lijst.csv", "a\x00b.csv", "x" * 1_000 + ".xlsx", "", ".", "..",
    "\u202evsc.exe", "=1+1.csv", "<b>.csv", "con", "a/b/c.csv", "\ud800.csv",
)  # fmt: skip
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Request:
    method: str
    address: str
    body: bytes = b""
    content_type: str = URLENCODED
    query: bytes = b""
    accept_language: str = "nl"

    def __repr__(self) -> str:
        query = f"?{self.query[:200]!r}" if self.query else ""
        return (
            f"{self.method} {self.address}{query} {self.content_type[:60]} {self.body[:600]!r} ({len(self.body)} bytes)"
        )


@st.composite
def filled_in(draw: st.DrawFn, fields: list[Field]) -> Pairs:
    """A form, with up to four faults in it."""
    pairs = [(each.name, draw(_value(each)) if each.options[1:] else each.value) for each in fields]
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, max(0, len(pairs) - 1)))
        what = draw(st.sampled_from(("change", "change", "change", "choose", "leave out", "again", "add", "rename")))
        name, value = pairs[place] if pairs else ("", "")
        if what == "add" or not pairs:
            pairs.append(
                (
                    draw(st.sampled_from(("q01", "remark", "next", "page", "id", "", "x" * 300, "a\x00", "__all__"))),
                    draw(anything),
                )
            )
        elif what == "leave out":
            pairs.pop(place)
        elif what == "again":
            pairs.append((name, draw(anything)))
        elif what == "rename":
            pairs[place] = (name + draw(st.sampled_from(("x", "-1", "\x00", "[]", "999999999999999999999"))), value)
        elif what == "choose":
            options = next((each.options for each in fields if each.name == name), [])
            pairs[place] = (name, draw(st.sampled_from(options or [""])))
        else:
            pairs[place] = (name, draw(anything))
    return pairs


def _value(field: Field) -> st.SearchStrategy[str]:
    return st.just(field.value) | st.sampled_from(field.options)


@st.composite
def requests(draw: st.DrawFn, method: str, address: str, forms: list[list[Field]]) -> Request:
    if method == "GET":
        return Request("GET", address, query=draw(_query(forms)), accept_language=draw(_languages))
    pairs = draw(filled_in(draw(st.sampled_from(forms)) if forms else []))
    has_file = any(each.kind == "file" for form in forms for each in form)
    kinds = (
        ("form", "form", "form", "parts", "json", "raw") if not has_file else ("parts", "parts", "parts", "form", "raw")
    )
    kind = draw(st.sampled_from(kinds))
    query = draw(st.just(b"") | st.just(b"") | _query(forms))
    if kind == "parts":
        body, content_type = draw(_parts(pairs, has_file=has_file)), MULTIPART
    elif kind == "json":
        body, content_type = draw(_json()), JSON
    elif kind == "raw":
        body = draw(st.binary(max_size=40) | st.sampled_from(RAW) | st.just(encoded(pairs)))
        content_type = draw(st.sampled_from((*OTHER_TYPES, MULTIPART, JSON, URLENCODED)))
    else:
        body, content_type = (
            encoded(pairs) + draw(st.sampled_from((b"", b"", b"", b"&%ff=%ff", b"&=", b"&a%00=b", b"=&&="))),
            URLENCODED,
        )
    return Request(method, address, body, content_type, query)


_languages = st.sampled_from(("nl", "en", "xx", "nl;q=abc", "\xff", "a-" * 500, "*", ""))


@st.composite
def _query(draw: st.DrawFn, forms: list[list[Field]]) -> bytes:
    names = [each.name for form in forms for each in form]
    known = (
        "page",
        "search",
        "department",
        "left",
        "action",
        "theme",
        "organisation",
        "language",
        "q",
        "next",
        "from",
        "sort",
        "order",
    )
    pairs = draw(st.lists(st.tuples(st.sampled_from([*known, *names]), anything), max_size=3))
    return encoded([(name, value[:3_000]) for name, value in pairs]) + draw(
        st.sampled_from((b"", b"", b"&%ff=%zz", b"&page=%ed%a0%80", b"&&;=", b"%00"))
    )


def encoded(pairs: Pairs) -> bytes:
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs).encode()


def _quoted(text: str) -> str:
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"))


@st.composite
def _parts(draw: st.DrawFn, pairs: Pairs, *, has_file: bool) -> bytes:
    lines = [
        f'--line\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in pairs
        if name != "file"
    ]
    for _ in range(draw(st.sampled_from((1, 1, 1, 0, 2))) if has_file else draw(st.sampled_from((0, 0, 1)))):
        name = draw(st.sampled_from(FILE_NAMES))
        kind = draw(st.sampled_from(("text/csv", "", "text/csv; charset=nonsense", "multipart/mixed; boundary=b")))
        extra = draw(
            st.sampled_from(
                ("", "", "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: nonsense\r\n")
            )
        )
        content = draw(anything | st.just("Naam;Afdeling\r\nBos;Zorg\r\n"))
        head = f'--line\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        lines.append(f"{head}Content-Type: {kind}\r\n{extra}\r\n{content}\r\n")
    whole = "".join(lines).encode("utf-8", "surrogatepass") + b"--line--\r\n"
    fault = draw(st.sampled_from(("", "", "", "cut", "no end", "no header")))
    if fault == "cut":
        return whole[: draw(st.integers(0, len(whole)))]
    if fault == "no header":
        return whole.replace(
            b"Content-Disposition: form-data; ",
            draw(
                st.sampled_from((b"", b"Content-Disposition\x00: form-data; ", b"Content-Disposition: " + b"x" * 2_000))
            ),
            1,
        )
    return whole[: -len(b"--line--\r\n")] if fault == "no end" else whole


@st.composite
def _json(draw: st.DrawFn) -> bytes:
    """As the pages' own script sends it, with faults; or any JSON; or none."""
    moment = st.sampled_from((0, 1_700_000_000_000, 10**13, 10**30, -1, 1.5, True, None, "1"))
    value = (
        st.sampled_from(
            ("1", "5", "x", "", 1, None, [], ["hierarchy"], ["hierarchy"] * 9, "\ud800", "a\x00b", "x" * 5_000)
        )
        | json_values
    )
    names = st.sampled_from(("q01", "q40", "q41", "obstacles", "remark", "remark", "")) | st.text(max_size=4)
    pair = st.tuples(value, moment) | json_values
    content = {
        "changes": draw(st.dictionaries(names, pair, max_size=4) | json_values),
        "answers": draw(st.dictionaries(names, value, max_size=3) | json_values),
        "again": draw(st.sampled_from((True, False, 1, "true", None))),
    }
    whole = json.dumps(draw(st.just(content) | st.just(content) | json_values)).encode()
    return draw(
        st.sampled_from(
            (
                whole,
                whole,
                whole,
                whole[:-1],
                b"\xef\xbb\xbf" + whole,
                whole.replace(b'"', b"'"),
                b"[" * 100_000,
                b"1" * 5_000,
                b"NaN",
            )
        )
    )
