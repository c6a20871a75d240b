"""The slides to talk with: they are the same for every unit, and hold no figures."""

from django.utils.translation import gettext as _

from reports.slides.deck import Paragraph, Slide, TableSlide, TextSlide, cell

AGREEMENTS = 3
AGREEMENT_HEIGHT = 104.0


def conversation_slides(*, has_own_figures: bool) -> list[Slide]:
    return [_hour(has_own_figures=has_own_figures), _care(), _agreements()]


def parts_of_the_hour(*, has_own_figures: bool) -> list[tuple[str, str]]:
    """Minutes, and what to do in them."""
    recognise = (
        _(
            "Recognise. Read the slide “In one minute” aloud. What do you recognise, what surprises you? "
            "Give examples from the work, without names."
        )
        if has_own_figures
        else _(
            "Recognise. How does learning go here: what do you recognise in the wider picture, and what is different? "
            "Give examples from the work, without names."
        )
    )
    return [
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
    ]


def agree() -> str:
    return _(
        "Agree. Write down at most three agreements: who does what, when, and how you will tell that it is working."
    )


def who_said_what() -> str:
    return _(
        "Nobody has to explain an answer. A question such as “who filled this in?” breaks the promise made to "
        "everybody who answered. Ask about the work instead: when does this happen, and what would help?"
    )


def _hour(*, has_own_figures: bool) -> Slide:
    return TableSlide(
        title=_("Talk about it: one hour"),
        name="Talk",
        head=(_("Minutes"), _("What you do")),
        rows=tuple((cell(minutes), cell(text)) for minutes, text in parts_of_the_hour(has_own_figures=has_own_figures)),
        widths=(0.12, 0.88),
        message=_("A conversation of one hour in five parts"),
        figures=frozenset({0}),
        notes=who_said_what(),
    )


def _care() -> Slide:
    hurts = _(
        "A figure can sting, especially when it is about how the team is led. Thank people for their honesty, "
        "ask for an example of how it could go better, and choose one thing to try. If it gets too heavy, "
        "stop and ask HR to lead the next conversation."
    )
    return TextSlide(
        title=_("How we talk about this"),
        columns=(
            (Paragraph(_("Do not go looking for who said what"), "heading"), Paragraph(who_said_what())),
            (Paragraph(_("When it hurts"), "heading"), Paragraph(hurts)),
        ),
    )


def _agreements() -> Slide:
    empty = tuple(cell("") for _column in range(4))
    return TableSlide(
        title=_("Our agreements"),
        name="Agreements",
        head=(_("Who"), _("What"), _("When"), _("How we can tell it is working")),
        rows=(empty,) * AGREEMENTS,
        widths=(0.18, 0.34, 0.16, 0.32),
        message=_("Room for three agreements"),
        row_height=AGREEMENT_HEIGHT,
        notes=agree(),
    )
