import base64
import uuid
from typing import Any

import pytest

from scan.tokens import TOKEN_LENGTH, invitation_id_of, key_from, link_of, token_of

KEY_A, KEY_B = "a" * 40, "b" * 40


@pytest.fixture(autouse=True)
def _own_key(settings: Any) -> None:
    settings.SCAN_KEY, settings.SCAN_KEY_FALLBACKS = KEY_A, []


def test_a_token_leads_back_to_its_invitation() -> None:
    for _ in range(50):
        invitation_id = uuid.uuid4()
        assert invitation_id_of(token_of(invitation_id)) == invitation_id


def test_a_token_is_the_same_every_time_so_that_a_reminder_can_repeat_it() -> None:
    invitation_id = uuid.uuid4()
    assert token_of(invitation_id) == token_of(invitation_id)


def test_a_token_holds_small_letters_and_digits_only() -> None:
    token = token_of(uuid.uuid4())
    assert len(token) == TOKEN_LENGTH
    assert set(token) <= set("abcdefghijklmnopqrstuvwxyz234567")


def test_a_token_in_capitals_is_good_too() -> None:
    invitation_id = uuid.uuid4()
    assert invitation_id_of(token_of(invitation_id).upper()) == invitation_id


def test_no_other_letter_at_any_place_makes_a_good_token() -> None:
    token = token_of(uuid.uuid4())
    genuine = invitation_id_of(token)
    for place in range(len(token)):
        for letter in "a7q":
            forged = token[:place] + letter + token[place + 1 :]
            # The last letter holds one bit that base32 does not use: it changes nothing but the writing.
            if forged != token and place < len(token) - 1:
                assert invitation_id_of(forged) is None
            assert invitation_id_of(forged) in (None, genuine)


def test_the_proof_of_one_invitation_is_no_proof_of_another() -> None:
    one, other = uuid.uuid4(), uuid.uuid4()
    raw = base64.b32decode(token_of(one).upper() + "=" * 6)
    forged = base64.b32encode(other.bytes + raw[16:]).decode().rstrip("=").lower()
    assert invitation_id_of(forged) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a" * (TOKEN_LENGTH - 1),
        "a" * TOKEN_LENGTH,
        "a" * (TOKEN_LENGTH + 1),
        "1" * TOKEN_LENGTH,
        "=" * TOKEN_LENGTH,
        " " * TOKEN_LENGTH,
        "é" * TOKEN_LENGTH,
        "\x00" * TOKEN_LENGTH,
        "ａ" * TOKEN_LENGTH,
        "../" * 14,
        "a" * 100_000,
    ],
)
def test_other_text_is_no_token(text: str) -> None:
    assert invitation_id_of(text) is None


def test_a_genuine_token_with_spaces_around_it_is_refused() -> None:
    assert invitation_id_of(" " + token_of(uuid.uuid4())) is None


def test_a_token_made_with_another_key_is_refused(settings: Any) -> None:
    token = token_of(uuid.uuid4())
    settings.SCAN_KEY = KEY_B
    assert invitation_id_of(token) is None


def test_an_old_key_among_the_fallbacks_still_opens_its_links(settings: Any) -> None:
    invitation_id = uuid.uuid4()
    old = token_of(invitation_id)
    settings.SCAN_KEY, settings.SCAN_KEY_FALLBACKS = KEY_B, ["c" * 40, KEY_A]
    assert invitation_id_of(old) == invitation_id
    assert token_of(invitation_id) != old
    assert invitation_id_of(token_of(invitation_id)) == invitation_id


def test_the_key_of_the_website_makes_no_links(settings: Any) -> None:
    invitation_id = uuid.uuid4()
    before = token_of(invitation_id)
    settings.SECRET_KEY = "d" * 40
    assert token_of(invitation_id) == before


def test_a_key_from_a_token_depends_on_the_link_and_on_the_purpose() -> None:
    one, other = token_of(uuid.uuid4()), token_of(uuid.uuid4())
    keys = {key_from(token, purpose) for token in (one, other) for purpose in ("draft", "own result")}
    assert len(keys) == 4
    assert {len(key) for key in keys} == {32}
    assert key_from(one, "draft") == key_from(one, "draft")


def test_a_link_is_the_address_of_the_installation_with_the_token(settings: Any) -> None:
    settings.BASE_URL = "https://scan.example.test"
    invitation_id = uuid.uuid4()
    assert link_of(invitation_id) == f"https://scan.example.test/a/{token_of(invitation_id)}/"


def test_a_token_has_one_way_of_writing_only() -> None:
    """The last sign holds three bits: three other signs would decode to the same."""
    token = token_of(uuid.UUID(int=7))
    signs = "abcdefghijklmnopqrstuvwxyz234567"
    genuine = [sign for sign in signs if invitation_id_of(token[:-1] + sign)]
    assert genuine == [token[-1]]
