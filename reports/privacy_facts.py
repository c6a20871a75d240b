"""What the privacy file says about a round, as words by placeholder: its settings and headcounts, never an answer."""

from django.conf import settings
from django.utils import translation

from measurement.disclosure import LEVELS, OPEN_LINK_MINIMUM, RULES_VERSION, threshold_of
from measurement.presentation import HIGHEST, LOWEST, MIN_INVITED_FOR_SHARE
from measurement.scoring import MIN_ANSWERED
from organisations.models import Organisation
from questionnaires.questionnaire import Questionnaire
from questionnaires.scales import scales_of
from questionnaires.versions import questionnaire_of
from reports.forecast import AskedUnit
from reports.frozen_units import FrozenUnit, frozen_units
from reports.wording import Words
from scan.facts import day
from scan.links.sealed_files import KEPT_FOR
from scan.models import Plan, Round
from scan.pack.facts import pack_facts
from scan.participants import deletion_day, last_day, today_in
from scan.preparing.participation import PlannedUnit, participation_of
from scan.remarks import fewest

# What no setting says; the file leaves a gap for each (`[missing]` in reports/texts/privacy_file.toml).
NOT_KNOWN = ("controller_address", "joint_controller", "hosting", "backup_days", "transfers", "answer_by", "signed_by")
BY_HAND = ("added_by_hand", "moves_asked", "addresses_changed", "links_sent_again")


Units = list[PlannedUnit] | list[FrozenUnit]


def units_of(round_: Round) -> Units:
    """The units with the people asked in them: planned, or as they were frozen at launch."""
    if round_.state == Round.State.DRAFT:
        return list(participation_of(round_).units)
    return frozen_units(round_)


def privacy_facts(round_: Round, units: Units, language: str) -> dict[str, str]:
    """By placeholder. What is not so, or not known, is an empty text."""
    with translation.override(language):
        facts = pack_facts(round_, language) | dict.fromkeys(NOT_KNOWN, "")
        facts |= _states(round_) | _days(round_, language) | _rules(round_) | _counts(round_, units)
        return facts | _asked(questionnaire_of(round_.version_id), Words(language, {language: facts}))


def _asked(questionnaire: Questionnaire, words: Words) -> dict[str, str]:
    return {
        "lowest_answer": words(questionnaire.scale[0].label),
        "highest_answer": words(questionnaire.scale[-1].label),
        "dont_know": words(questionnaire.dont_know),
        "open_question": words(questionnaire.open_question),
        "obstacles_question": words(questionnaire.obstacles_question),
    }


def _states(round_: Round) -> dict[str, str]:
    """Each is there or not."""
    organisation = round_.organisation
    so = {
        "draft": round_.state == Round.State.DRAFT,
        "open": round_.state == Round.State.OPEN,
        "closed": round_.state == Round.State.CLOSED,
        "launched": round_.state != Round.State.DRAFT,
        "legitimate_interest": round_.legal_basis == Round.Basis.LEGITIMATE_INTEREST,
        "public_task": round_.legal_basis == Round.Basis.PUBLIC_TASK,
        "is_or": organisation.council == Organisation.Council.OR,
        "is_mr": organisation.council == Organisation.Council.MR,
        "is_pvt": organisation.council == Organisation.Council.PVT,
        "second_factor": organisation.requires_second_factor,
        "https": settings.BASE_URL.startswith("https://"),
    }
    return {code: "yes" if is_so else "" for code, is_so in so.items()}


def _days(round_: Round, language: str) -> dict[str, str]:
    return {
        "last_day": day(last_day(round_), language),
        "deletion_date": day(deletion_day(round_), language),
        "deleted_on": day(round_.answers_deleted_on, language),
        "today": day(today_in(round_.organisation), language),
    }


def _rules(round_: Round) -> dict[str, str]:
    questionnaire = questionnaire_of(round_.version_id)
    scales = scales_of(questionnaire).all().values()
    return {
        "reference": round_.reference,
        "council_short": round_.organisation.council,
        "questionnaire": f"{questionnaire.code} {questionnaire.number}",
        "rules_version": RULES_VERSION,
        "obstacle_count": str(len(questionnaire.obstacles)),
        "fewest_items": str(min(len(items) for items in scales)),
        "min_answered": str(MIN_ANSWERED),
        "min_invited": str(MIN_INVITED_FOR_SHARE),
        "low": str(LOWEST),
        "high": str(HIGHEST),
        "remarks_from": str(fewest(round_)),
        "open_link_minimum": str(max(round_.k, OPEN_LINK_MINIMUM)),
        "others": str(round_.k - 1),
        "sheet_days": str(KEPT_FOR.days),
    } | {f"from_{level}": str(threshold_of(level, round_.k)) for level in LEVELS}


def _counts(round_: Round, units: Units) -> dict[str, str]:
    asked: list[AskedUnit] = list(units)
    people = sum(unit.staff_count + unit.leader_count for unit in asked)
    plan = Plan.objects.filter(round=round_).first() or Plan()
    counts = {name: getattr(plan, name) for name in BY_HAND}
    return {
        "people": str(people) if people else "",
        "by_hand": "yes" if any(counts.values()) else "",
    } | {name: str(count) for name, count in counts.items()}
