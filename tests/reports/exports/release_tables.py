"""What a file must hold of a unit, from the raw content of the release: written apart from what makes the files."""

from typing import Any

from tests.reports.exports.readers import Cell, Table


def table_of(content: dict[str, Any] | None, status: str = "shown") -> Table:
    """`content`: as ReleaseUnit keeps it; None: hidden."""
    if content is None:
        return {("status", ""): (None, "word", None, None, None, "hidden", None)}
    n = content["n"]
    found: Table = {("status", ""): word(status, n), ("questionnaires", ""): (n, "exact", *EMPTY, n)}
    invited, response = content["invited"], content["response"]
    found["invited", ""] = (invited, "unknown" if invited is None else "exact", *EMPTY, n)
    found["response", ""] = word(response, n) if response else (None, "unknown", *EMPTY, n)
    if content["same_as"] is not None:
        found["same_as", ""] = word("", n)
    for code, s in content["scores"].items():
        found["score", code] = (s["value"], s["kind"], s["low"], s["high"], None, "", n)
    for name in ("highest", "lowest"):
        found |= {(name, item): word("", n) for item in content["named"][name]}
    compared = content["compared"]
    found |= {("own", code): word(verdict or "no_difference", n) for code, verdict in compared["own"].items()}
    for code, r in (compared["rest"] or {}).items():
        found["rest", code] = (r["difference"], "exact", None, None, r["margin"], r["verdict"] or "no_difference", n)
    return found | finer(content)


EMPTY = (None, None, None, "")


def word(said: str, n: int) -> Cell:
    return (None, "word", *EMPTY[:3], said, n)


def finer(content: dict[str, Any]) -> Table:
    found: Table = {}
    bands, items, words = content["bands"], content["items"], content["words"]
    for item, band in (bands["values"] if bands else {}).items():
        found["band", item] = (None, "band", 20 * band, 20 * band + 20, None, "", bands["n"])
    for item, value in (items["values"] if items else {}).items():
        kind = "at_least" if value == 95 else "at_most" if value == 5 else "exact"
        found["item", item] = (value, kind, *EMPTY, items["n"])
    for item, shares in (items["distribution"] if items else {}).items():
        found |= {(f"answer_{answer}", item): share(tenths, items["n"]) for answer, tenths in enumerate(shares, 1)}
    if words:
        n = words["n"]
        found |= {("agreement", code): word(said, n) for code, said in words["agreement"].items()}
        found |= {("obstacle", code): share(tenths, n) for code, tenths in words["obstacles"].items()}
        found |= {("dont_know", item): share(tenths, n) for item, tenths in words["dont_know"].items()}
    return found


SHARES = {None: (None, "few"), 0: (10, "under"), 9: (90, "at_least")}


def share(tenths: int | None, n: int) -> Cell:
    value, kind = SHARES.get(tenths) or (10 * (tenths or 0), "about")
    return (value, kind, *EMPTY, n)
