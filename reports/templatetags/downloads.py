"""Which files with figures there are of a unit: for a template that several pages include."""

from collections.abc import ItemsView

from django import template

from reports.exports.formats import FORMATS, Format

register = template.Library()


@register.simple_tag
def unit_formats() -> ItemsView[str, Format]:
    return FORMATS.items()
