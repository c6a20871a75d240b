"""The forty questions as a plain Django form."""

from pathlib import Path

from django import forms

QUESTIONS = (Path(__file__).parent / "questions.txt").read_text(encoding="utf-8").splitlines()
CHOICES = [
    ("1", "Helemaal oneens"),
    ("2", "Oneens"),
    ("3", "Niet eens, niet oneens"),
    ("4", "Eens"),
    ("5", "Helemaal eens"),
    ("9", "Weet ik niet"),
]
NAMES = [f"q{number:02d}" for number in range(1, len(QUESTIONS) + 1)]
Questions = type(
    "Questions",
    (forms.Form,),
    {
        name: forms.ChoiceField(label=text, choices=CHOICES, widget=forms.RadioSelect, required=False)
        for name, text in zip(NAMES, QUESTIONS, strict=True)
    },
)
