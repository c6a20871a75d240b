"""The form of an organisation's own words: a field for each word in each language."""

from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from questionnaires.texts import DEFAULT_WORDS, LANGUAGES
from scan.words.own_words import GROUPS, Words, given_words, looks_plural

MAX_WORD = 60
LANGUAGE_NAMES = {"nl": gettext_lazy("Dutch"), "en": gettext_lazy("English")}


@dataclass(frozen=True)
class Row:
    """One word on the page."""

    field: forms.BoundField
    example: str
    looks_plural: bool


class WordsForm(forms.Form):
    def __init__(self, words: Words, data: QueryDict | None = None) -> None:
        super().__init__(data)
        for language in LANGUAGES:
            for key, usual in DEFAULT_WORDS[language].items():
                self.fields[f"{language}-{key}"] = forms.CharField(
                    label=_("Instead of “%(word)s”") % {"word": usual},
                    required=False,
                    max_length=MAX_WORD,
                    initial=words.get(language, {}).get(key, ""),
                    widget=forms.TextInput(attrs={"placeholder": usual, "lang": language}),
                )

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """As filled in, faulty fields left out; before anything is filled in, as they are."""
        values = {name: field.initial for name, field in self.fields.items()}
        if self.is_bound:
            self.full_clean()
            values = self.cleaned_data
        found: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
        for name, value in values.items():
            language, _dash, key = name.partition("-")
            found[language][key] = " ".join(str(value or "").split())
        return given_words(found)

    def sections(self) -> list[tuple[str, str, list[tuple[str, list[Row]]]]]:
        """(language, its name, [(heading, rows)]) for the page."""
        words = self.words
        return [
            (
                language,
                str(LANGUAGE_NAMES[language]),
                [
                    (
                        str(heading),
                        [
                            Row(
                                self[f"{language}-{key}"],
                                text.in_language(language, words),
                                looks_plural(key, words[language].get(key, ""), language),
                            )
                            for key, text in examples.items()
                        ],
                    )
                    for heading, examples in GROUPS
                ],
            )
            for language in LANGUAGES
        ]
