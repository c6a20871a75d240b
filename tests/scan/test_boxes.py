import uuid

import pytest

from scan.answering.boxes import DRAFT_BYTES as SIZE
from scan.answering.boxes import NONCE_BYTES, Sheet, lock, unlock
from scan.tokens import token_of

SHEET = Sheet({"q01": 4, "q02": 9}, ["time_pressure"], "Wij leren het meest van fouten — échte fouten.")


@pytest.fixture
def token() -> str:
    return token_of(uuid.uuid4())


def test_the_same_link_opens_the_box(token: str) -> None:
    assert unlock(lock(SHEET, token, "draft", SIZE), token, "draft") == SHEET


def test_an_empty_sheet_goes_in_and_out(token: str) -> None:
    assert unlock(lock(Sheet(), token, "draft", SIZE), token, "draft") == Sheet()


def test_another_link_does_not_open_it(token: str) -> None:
    assert unlock(lock(SHEET, token, "draft", SIZE), token_of(uuid.uuid4()), "draft") is None


def test_another_purpose_does_not_open_it(token: str) -> None:
    assert unlock(lock(SHEET, token, "draft", SIZE), token, "own result") is None


def test_a_changed_byte_anywhere_makes_the_box_unreadable(token: str) -> None:
    box = lock(SHEET, token, "draft", SIZE)
    for place in range(len(box)):
        changed = bytes([*box[:place], box[place] ^ 1, *box[place + 1 :]])
        assert unlock(changed, token, "draft") is None


@pytest.mark.parametrize("length", [0, 1, NONCE_BYTES - 1, NONCE_BYTES, NONCE_BYTES + 15, NONCE_BYTES + 16])
def test_a_cut_box_is_unreadable_and_no_fault(token: str, length: int) -> None:
    assert unlock(lock(SHEET, token, "draft", SIZE)[:length], token, "draft") is None


def test_the_box_holds_nothing_readable(token: str) -> None:
    box = lock(SHEET, token, "draft", SIZE)
    for readable in (b"q01", b"answers", b"time_pressure", b"leren", b"remark"):
        assert readable not in box


def test_the_same_sheet_looks_different_every_time(token: str) -> None:
    boxes = {lock(SHEET, token, "draft", SIZE) for _ in range(100)}
    assert len({box[:NONCE_BYTES] for box in boxes}) == 100
    assert len({box[NONCE_BYTES:] for box in boxes}) == 100
