"""The settings of an organisation."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from organisations import log
from organisations.access import Right
from organisations.departments import rename_root
from organisations.models import Organisation, User
from organisations.pages import member_page, user_of
from organisations.settings_forms import SettingsForm


@require_http_methods(["GET", "HEAD", "POST"])
@member_page(Right.MANAGE_ORGANISATION)
def organisation_settings(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    # A copy: a name with a fault in it should not stand in the navigation.
    form = SettingsForm(
        request.POST if request.method == "POST" else None, instance=Organisation.objects.get(pk=organisation.pk)
    )
    if request.method == "POST" and form.is_valid():
        if form.changed_data:
            save_settings(form, user_of(request))
            messages.success(request, _("The settings have been saved."))
        else:
            messages.info(request, _("Nothing was different, so nothing was saved."))
        return redirect("organisation_settings", organisation.slug)
    context = {"organisation": organisation, "form": form}
    return render(request, "organisations/settings.html", context, status=422 if form.errors else 200)


def save_settings(form: SettingsForm, by: User) -> Organisation:
    with transaction.atomic():
        organisation = form.save(commit=False)
        organisation.save(update_fields=form.changed_data)
        if "name" in form.changed_data:
            rename_root(organisation)
        with override(organisation.language):
            changed = ", ".join(_said(form, name) for name in form.changed_data)
        log.record(organisation, "change_settings", changed, by)
    return organisation


def _said(form: SettingsForm, name: str) -> str:
    """Of what is on or off also which."""
    label, value = str(form.fields[name].label), form.cleaned_data[name]
    if not isinstance(value, bool):
        return label
    return f"{label}: {_('on')}" if value else f"{label}: {_('off')}"
