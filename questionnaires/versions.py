"""Publish a questionnaire version: what was asked in a round never changes afterwards."""

import hashlib
import json
from functools import cache
from uuid import UUID

from questionnaires.loading import LEERSCAN, newest_questionnaire_number, read_questionnaire
from questionnaires.models import QuestionnaireVersion
from questionnaires.questionnaire import Questionnaire


class ChangedVersionError(Exception):
    """The files of a published version were changed; a reworded item starts a new version."""


def hash_of(content: object) -> str:
    packed = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(packed.encode()).hexdigest()


def published(code: str = LEERSCAN, number: int | None = None) -> QuestionnaireVersion:
    """The row of this version (default: the newest), made from the data files at its first use."""
    number = newest_questionnaire_number(code) if number is None else number
    content = read_questionnaire(code, number)
    sha256 = hash_of(content)
    version, _ = QuestionnaireVersion.objects.get_or_create(
        code=code, number=number, defaults={"sha256": sha256, "content": content}
    )
    if version.sha256 != sha256:
        raise ChangedVersionError(
            f"questionnaires/data/{code}/{number} differs from the version that was published. "
            f"Put the files back, or copy them to {code}/{number + 1} and change them there."
        )
    return version


@cache  # there are few
def questionnaire_of(version_id: UUID) -> Questionnaire:
    """The questionnaire of a published version, from the database; it never changes, so it is kept in memory."""
    version = QuestionnaireVersion.objects.get(pk=version_id)
    return Questionnaire.from_content(version.code, version.number, version.content)
