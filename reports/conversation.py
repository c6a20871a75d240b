"""How a team talks about its results in one hour: the same for every unit, on the page, in the PDF and on slides."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Conversation:
    hour: list[tuple[str, str]]
    """Minutes, and what to do in them."""
    cautions: list[tuple[str, str]]
    """Heading and text."""


def conversation(recognise: str) -> Conversation:
    """`recognise`: what to do in the second part, which depends on what is at hand."""
    return Conversation(
        hour=[
            ("10", _("Strengths. Everybody names one moment when learning went well in the team. What helped?")),
            ("15", recognise),
            (
                "15",
                _(
                    "Choose. Which one step would help most in the coming weeks? "
                    "Everybody gets one vote; the manager votes last."
                ),
            ),
            ("15", agree()),
            (
                "5",
                _(
                    "Close. Put a date in the diary to come back to this. "
                    "Everybody says in one word how the conversation was."
                ),
            ),
        ],
        cautions=[(_("Do not go looking for who said what"), who_said_what()), (_("When it hurts"), _hurts())],
    )


def read_page_aloud() -> str:
    return _(
        "Recognise. Read page 1 aloud. What do you recognise, what surprises you? "
        "Give examples from the work, without names."
    )


def read_slide_aloud() -> str:
    return _(
        "Recognise. Read the slide “In one minute” aloud. What do you recognise, what surprises you? "
        "Give examples from the work, without names."
    )


def beside_wider_picture() -> str:
    """Where there are no figures of the own unit."""
    return _(
        "Recognise. How does learning go here: what do you recognise in the wider picture, and what is different? "
        "Give examples from the work, without names."
    )


def agree() -> str:
    return _(
        "Agree. Write down at most three agreements: who does what, when, and how you will tell that it is working."
    )


def who_said_what() -> str:
    return _(
        "Nobody has to explain an answer. A question such as “who filled this in?” breaks the promise made to "
        "everybody who answered. Ask about the work instead: when does this happen, and what would help?"
    )


def _hurts() -> str:
    return _(
        "A figure can sting, especially when it is about how the team is led. Thank people for their honesty, "
        "ask for an example of how it could go better, and choose one thing to try. If it gets too heavy, "
        "stop and ask HR to lead the next conversation."
    )
