"""Addresses that nobody has: a part of a real one is another one's, something wrong, or far too long."""

from hypothesis import strategies as st

from tests.fuzz.requests import JSON, URLENCODED, Request

PARTS = (
    "%00", "%ff%fe", "%ed%a0%80", "%zz", "%", "%2e%2e", "..", ".", "", "%2f", "%0d%0aX-A: b", "%E2%80%AE",
    "%F0%9F%98%80", "a" * 42, "a" * 3_000, "%61" * 500, "0" * 36, "00000000-0000-4000-8000-000000000000", "9" * 30,
    "-1", "0", "7", "٣", "nl", "xx", "<script>", "{{7*7}}", "'", "\\", ";", "a:b", "~", "*", "NUL", "zip", "pdf",
    "%C2%B2", "%EF%BC%91",
)  # fmt: skip
METHODS = ("GET", "GET", "POST", "HEAD", "PUT", "OPTIONS", "TRACE", "NONSENSE")


@st.composite
def mutated_paths(draw: st.DrawFn, known: list[str]) -> Request:
    address, other = draw(st.sampled_from(known)), draw(st.sampled_from(known))
    parts, others = address.split("/"), other.split("/")
    for _ in range(draw(st.integers(0, 2))):
        place = draw(st.integers(0, len(parts) - 1))
        parts[place] = draw(st.sampled_from(PARTS) | st.sampled_from(others))
    if draw(st.integers(0, 9)) == 0:
        parts.insert(draw(st.integers(0, len(parts))), draw(st.sampled_from(PARTS)))
    path = "/".join(parts)
    # A program that makes a request writes one slash in front; two would be another host.
    path = "/" + path.lstrip("/")
    kind = draw(st.sampled_from((URLENCODED, URLENCODED, JSON)))
    return Request(draw(st.sampled_from(METHODS)), path, b"{}" if kind == JSON else b"go=on", kind)
