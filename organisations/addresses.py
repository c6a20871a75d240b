"""E-mail addresses: written in one way, so that one mailbox is one address."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.encoding import punycode


def plain_address(text: str) -> str:
    """Lower case; the domain as mail servers write it, so that look-alike letters in it make no second address."""
    local, at, domain = text.strip().lower().rpartition("@")
    try:
        return f"{local}{at}{punycode(unicodedata.normalize('NFKC', domain)).lower()}"
    except UnicodeError:  # no domain at all; is_address says so
        return f"{local}{at}{domain}"


def is_address(text: str) -> bool:
    if len(text) > 254:
        return False
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


class AddressField(forms.EmailField):
    """An address as we keep it; what is checked is what is kept."""

    def to_python(self, value: Any) -> str:
        return plain_address(super().to_python(value) or "")
