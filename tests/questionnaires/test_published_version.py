"""A published version never changes: what was asked in a round stays what was asked."""

import pytest

from questionnaires.loading import read_questionnaire
from questionnaires.models import QuestionnaireVersion
from questionnaires.questionnaire import Questionnaire
from questionnaires.versions import ChangedVersionError, hash_of, published, questionnaire_of

# When this fails, a file in questionnaires/data/leerscan/1/ was changed. Do NOT put the new hash here: a published
# version never changes, for rounds were held with it. Put the files back, copy the folder to the next number, make the
# change there, and add that version's hash below.
HASHES = {1: "91ba96d278bcad2237d60443edf8cfd56ddf2e0cca4959dbe348e5ff75f9e552"}

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("number", "sha256"), HASHES.items())
def test_a_published_version_has_not_changed(number: int, sha256: str) -> None:
    assert hash_of(read_questionnaire("leerscan", number)) == sha256


def test_publishing_makes_one_row_and_finds_it_again() -> None:
    first = published()
    second = published("leerscan", first.number)
    assert first.pk == second.pk
    assert QuestionnaireVersion.objects.count() == 1
    assert (first.code, first.number) == ("leerscan", max(HASHES))


def test_the_row_holds_what_the_files_held() -> None:
    row = QuestionnaireVersion.objects.get(pk=published("leerscan", 1).pk)
    assert row.content == read_questionnaire("leerscan", 1)
    assert hash_of(row.content) == row.sha256 == HASHES[1]


def test_changed_files_of_a_published_version_are_refused() -> None:
    row = published("leerscan", 1)
    QuestionnaireVersion.objects.filter(pk=row.pk).update(sha256="0" * 64)
    with pytest.raises(ChangedVersionError, match=r"leerscan/1 differs.*leerscan/2"):
        published("leerscan", 1)
    assert QuestionnaireVersion.objects.get().sha256 == "0" * 64


def test_the_questionnaire_of_a_row_comes_from_the_row() -> None:
    row = published("leerscan", 1)
    fresh = questionnaire_of(row.pk)
    assert fresh == Questionnaire.from_content("leerscan", 1, read_questionnaire("leerscan", 1))


def test_a_hash_depends_on_content_and_not_on_the_order_of_keys() -> None:
    assert hash_of({"a": 1, "b": [1, 2]}) == hash_of({"b": [1, 2], "a": 1})
    assert hash_of({"a": [1, 2]}) != hash_of({"a": [2, 1]})
    assert hash_of({"a": "é"}) != hash_of({"a": "e"})
