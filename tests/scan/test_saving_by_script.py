"""What the page's script sends: saved answer by answer, read with care, refused with a reason."""

import json
import time
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from questionnaires.loading import load_questionnaire
from scan.answering import drafts
from scan.answering.boxes import Sheet
from scan.models import Draft, Invitation, Round
from scan.participants import find_participant
from tests.cast import Cast
from tests.rounds import open_round, tokens
from tests.scan.asking import stored_responses

QUESTIONNAIRE = load_questionnaire("leerscan", 1)


@pytest.fixture
def running(cast: Cast) -> Round:
    return open_round(cast)


def post(client: Client, token: str, what: str, content: object) -> Any:
    body = content if isinstance(content, str) else json.dumps(content)
    return client.post(f"/a/{token}/{what}/", body, content_type="application/json")


def draft_of(round_: Round, token: str) -> Sheet:
    with scope(organisation=round_.organisation):
        return drafts.load(find_participant(token))


def test_answers_are_saved_with_their_moments(client: Client, running: Round) -> None:
    token = tokens(running)[0]
    changes = {"q01": ["4", 1000], "q40": ["x", 2000], "obstacles": [["time_pressure"], 3000], "remark": ["Ja", 4000]}
    answer = post(client, token, "save", {"changes": changes})
    assert answer.status_code == 200
    assert answer.json()["newer"] == {}
    assert abs(answer.json()["now"] - time.time() * 1000) < 60_000
    sheet = draft_of(running, token)
    assert sheet.answers == {"q01": 4, "q40": 9}
    assert (sheet.obstacles, sheet.remark) == (["time_pressure"], "Ja")
    assert sheet.moments == {"q01": 1000, "q40": 2000, "obstacles": 3000, "remark": 4000}


def test_a_late_answer_of_another_device_does_not_undo_a_newer_one(client: Client, running: Round) -> None:
    token = tokens(running)[0]
    post(client, token, "save", {"changes": {"q01": ["4", 2000], "remark": ["Nieuw", 2000]}})
    answer = post(client, token, "save", {"changes": {"q01": ["1", 1000], "q02": ["3", 1000], "remark": ["Oud", 1000]}})
    assert answer.json()["newer"] == {"q01": "4", "remark": "Nieuw"}
    assert draft_of(running, token).answers == {"q01": 4, "q02": 3}


def test_a_clock_that_is_ahead_blocks_nothing_that_comes_after(client: Client, running: Round) -> None:
    token = tokens(running)[0]
    post(client, token, "save", {"changes": {"q01": ["4", 99_999_999_999_999_999]}})
    assert draft_of(running, token).moments["q01"] <= time.time() * 1000
    assert client.post(f"/a/{token}/1/", {"q01": "2"}).status_code == 302
    assert draft_of(running, token).answers == {"q01": 2}


def test_a_form_that_was_opened_earlier_undoes_nothing(client: Client, running: Round) -> None:
    token = tokens(running)[0]
    client.post(f"/a/{token}/1/", {"q01": "2", "q02": "2"})
    shown = client.get(f"/a/{token}/1/").context["sections"][0].shown
    third = QUESTIONNAIRE.items_of_part(1)[2].id
    post(client, token, "save", {"changes": {"q01": ["5", int(time.time() * 1000)]}})
    client.post(f"/a/{token}/1/", {"q01": "2", third: "3", "shown": shown})
    assert draft_of(running, token).answers["q01"] == 5
    assert draft_of(running, token).answers[third] == 3


def test_a_closing_form_that_was_opened_earlier_undoes_nothing(client: Client, running: Round) -> None:
    token = tokens(running)[0]
    shown = client.get(f"/a/{token}/closing/").context["shown_in_closing"]
    post(client, token, "save", {"changes": {"remark": ["Later", 5], "obstacles": [["time_pressure"], 5]}})
    client.post(f"/a/{token}/closing/", {"remark": "", "shown": shown})
    assert draft_of(running, token).remark == "Later"
    assert draft_of(running, token).obstacles == ["time_pressure"]


@pytest.mark.parametrize(
    "content",
    [
        " ",
        "no json",
        "[]",
        "[" * 100_000,
        {"changes": []},
        {"changes": {"q01": "4"}},
        {"changes": {"q01": ["4"]}},
        {"changes": {"q01": ["6", 1]}},
        {"changes": {"q01": [4, 1]}},
        {"changes": {"q01": [["4"], 1]}},
        {"changes": {"q01": ["4", -1]}},
        {"changes": {"q01": ["4", 1.5]}},
        {"changes": {"q01": ["4", True]}},
        {"changes": {"q01": ["4", None]}},
        {"changes": {"q99": ["4", 1]}},
        {"changes": {"obstacles": ["time_pressure", 1]}},
        {"changes": {"obstacles": [["moon_phase"], 1]}},
        {"changes": {"obstacles": [[{}], 1]}},
        {"changes": {"remark": ["a\x00b", 1]}},
        {"changes": {"remark": ["\ud800", 1]}},
        {"changes": {"remark": [7, 1]}},
    ],
    ids=str,
)
def test_what_the_page_cannot_send_is_refused_and_changes_nothing(
    client: Client, running: Round, content: object
) -> None:
    token = tokens(running)[0]
    for what in ("save", "send"):
        assert post(client, token, what, content).status_code == 400
    with scope(organisation=running.organisation):
        assert not Draft.objects.exists()
        assert not Invitation.objects.filter(used=True).exists()


def test_more_than_three_obstacles_are_refused(client: Client, running: Round) -> None:
    codes = [choice["code"] for choice in running.version.content["obstacle"][:4]]
    assert post(client, tokens(running)[0], "save", {"changes": {"obstacles": [codes, 1]}}).status_code == 400


def test_where_no_remark_is_asked_none_is_taken(client: Client, running: Round) -> None:
    with scope(organisation=running.organisation):
        Round.objects.update(remark_reader="")
    assert post(client, tokens(running)[0], "save", {"changes": {"remark": ["Toch", 1]}}).status_code == 400


@pytest.mark.parametrize("sign", ["\x01", "\x7f", '"', "\\", "\u2028", "😀", "\n"])
def test_a_remark_full_of_one_odd_sign_fits_in_the_draft(client: Client, running: Round, sign: str) -> None:
    token = tokens(running)[0]
    changes = {f"q{number:02d}": ["4", 1_764_000_000_000] for number in range(1, 41)}
    changes["remark"] = [f"a{sign * 2500}b", 1_764_000_000_000]
    assert post(client, token, "save", {"changes": changes}).status_code == 200
    assert draft_of(running, token).remark.startswith("a")
    assert post(client, token, "send", {}).status_code == 200


def test_windows_line_ends_count_as_one_sign(client: Client, running: Round) -> None:
    token = tokens(running)[0]
    client.post(f"/a/{token}/closing/", {"remark": "a\r\n" * 1000})
    assert draft_of(running, token).remark == ("a\n" * 1000).strip()


def test_a_used_link_and_an_unknown_one_save_nothing(client: Client, running: Round) -> None:
    token = tokens(running)[0]
    changes = {"changes": {"q01": ["4", 1]}}
    assert post(client, token, "send", changes).status_code == 200
    assert post(client, token, "save", changes).status_code == 410
    assert post(client, "a" * 42, "save", changes).status_code == 404
    with scope(organisation=running.organisation):
        assert not Draft.objects.exists()


def test_sending_takes_what_was_not_saved_yet_along(client: Client, running: Round) -> None:
    token = tokens(running)[0]
    post(client, token, "save", {"changes": {"q01": ["4", 1], "q02": ["2", 1]}})
    answer = post(client, token, "send", {"changes": {"q02": ["3", 2], "q03": ["5", 2]}, "answers": {}})
    assert answer.status_code == 200
    with scope(organisation=running.organisation):
        (response,) = stored_responses(running)
        assert response.answers[:4] == bytes([4, 3, 5, 0])
        assert not Draft.objects.exists()


def test_sent_again_after_a_lost_answer_says_that_it_arrived_and_stores_nothing(client: Client, running: Round) -> None:
    token = tokens(running)[0]
    answers = {f"q{number:02d}": "4" for number in range(1, 41)}
    content = {"changes": {key: [value, 1] for key, value in answers.items()}, "answers": answers}
    assert post(Client(), token, "send", content).status_code == 200
    assert post(client, token, "send", content).status_code == 410
    assert "result" not in client.cookies
    again = post(client, token, "send", {**content, "again": True})
    assert again.status_code == 200
    assert client.get(f"/a/{token}/result/").context["own"] is not None
    with scope(organisation=running.organisation):
        assert len(stored_responses(running)) == 1


def test_a_lie_about_sending_again_sends_once(client: Client, running: Round) -> None:
    token = tokens(running)[0]
    content = {"changes": {"q01": ["2", 1]}, "answers": {"q01": "2"}, "again": True}
    for _turn in range(3):
        assert post(client, token, "send", content).status_code == 200
    with scope(organisation=running.organisation):
        assert [response.answers[0] for response in stored_responses(running)] == [2]


def test_without_its_csrf_value_nothing_is_saved(running: Round) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert post(strict, tokens(running)[0], "save", {"changes": {"q01": ["4", 1]}}).status_code == 403
    with scope(organisation=running.organisation):
        assert not Draft.objects.exists()
