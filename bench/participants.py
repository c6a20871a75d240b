"""What a participant does, with Leerscan and with a bare form."""

import json
import time
from itertools import batched
from urllib.parse import urlencode

from bench.client import Request, Walk

ITEMS = [f"q{number:02d}" for number in range(1, 41)]
ANSWERS = {item: str(number % 5 + 1) for number, item in enumerate(ITEMS)}
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
FIELDS = urlencode(ANSWERS).encode()


def with_leerscan(token: str, parts: list[list[str]]) -> Walk:
    """The start page, the page with all questions, what its script saves and sends, and the own result."""
    home = f"/a/{token}/"
    yield Request("GET", home)
    yield Request("GET", f"{home}1/")
    for three in in_threes(parts):
        yield saving(token, three)
    yield sending(token)
    yield Request("GET", f"{home}result/")


def in_threes(parts: list[list[str]]) -> list[tuple[str, ...]]:
    """After every three answers, and at the end of a part."""
    return [three for items in parts for three in batched(items, 3, strict=False)]


def saving(token: str, items: tuple[str, ...]) -> Request:
    changes = {item: [ANSWERS[item], _now()] for item in items}
    return Request("POST", f"/a/{token}/save/", _packed({"changes": changes}), JSON)


def sending(token: str) -> Request:
    """With the questions after the last part, which were not saved yet."""
    changes = {"obstacles": [["time_pressure"], _now()], "remark": ["Meer tijd om na te praten.", _now()]}
    content = {"changes": changes, "answers": ANSWERS, "again": False}
    return Request("POST", f"/a/{token}/send/", _packed(content), JSON)


def with_a_bare_form() -> Walk:
    yield Request("GET", "/form/")
    yield Request("POST", "/form/", FIELDS, FORM, expects=302)
    yield Request("GET", "/thanks/")


def storing() -> Request:
    return Request("POST", "/store/", FIELDS, FORM)


def _now() -> int:
    return time.time_ns() // 1_000_000


def _packed(content: object) -> bytes:
    """As the browser writes it: without spaces."""
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()
