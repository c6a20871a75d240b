"""What addresses are made of: the two languages."""

from django.urls import register_converter


class Language:
    regex = "nl|en"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Language, "language")
